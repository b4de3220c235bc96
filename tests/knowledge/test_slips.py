import pytest

from knowledge.candidates import Indexed
from knowledge.matcher import Index
from tests.knowledge import small_base


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("đăng ký khai sihn", "dang ki khai sinh"),
        ("bảo hieem y tế", "bao hiem y te"),
        ("tiếp coong dân", "tiep cong dan"),
        ("sinhhoạt chi bộ", "sinh hoat chi bo"),
        ("mưa bão", "mua bao"),
        ("thuốc lào", "thuoc lao"),
        ("vaccine", "vaccine"),
    ],
)
def test_slips_are_undone_and_real_words_left_alone(typed: str, meant: str) -> None:
    assert str(small_base.index().query(typed).words) == meant


def test_lost_accents_are_unknown_where_the_neighbours_know_better() -> None:
    entries = [Indexed(1, "dogs", "Tiêm phòng dại cho chó ở đâu?", (), "", None)]
    index = Index.build(entries, [])
    assert index.query("tiêm phong dại cho chó ở đâu").words.marked[1] == ""
    assert index.query("phong dại cho chó").words.marked[0] == "phong"
    moved = Indexed(2, "wind", "Phong trào thi đua là gì?", (), "", None)
    assert index.with_changes([moved]).query("tiêm phong dại cho chó").words.marked[1] == "phong"
