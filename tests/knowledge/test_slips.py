import pytest

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
