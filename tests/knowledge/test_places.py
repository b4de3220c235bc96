"""Of "HĐND tỉnh Phú Thọ nói gì" the name: real provinces and communes, and what people ask behind a level."""

import pytest

from knowledge.answering import find
from knowledge.letters import clean, fold
from knowledge.matcher import Cited, Index, Indexed
from knowledge.numbers import facts
from knowledge.places import place_at


def read(text: str) -> tuple[str | None, str]:
    """The name, and what is left."""
    cleaned = " " + clean(text)
    found = place_at(cleaned, fold(cleaned), 0)
    assert found
    return found[1], cleaned[found[0] :].strip()


@pytest.mark.parametrize(
    "asked",
    [
        "", "là gì", "về chuyển đổi số", "nói gì", "nói về gì", "có hiệu lực khi nào", "có gì mới", "ban hành năm 2025",
        "quy định gì", "yêu cầu gì", "năm 2025", "năm nào", "ngày 12/3/2025", "do ai ký", "đã ban hành", "sẽ làm gì",
        "thì sao", "bao gồm những gì", "nêu nội dung gì", "để làm gì", "mục tiêu gì", "nội dung là gì", "nhiệm vụ gì",
        "ra sao", "giải pháp nào", "ở đâu", "như thế nào", "mình đặt mục tiêu gì", "này nói gì", "nhà", "ta", "khóa XI",
        "với ai", "được ban hành khi nào", "2025", "đặt mục tiêu gì", "kinh phí lấy từ đâu", "hướng dẫn gì",
    ],
)  # fmt: skip
def test_a_level_alone_has_no_name(asked: str) -> None:
    """With accents and without; what is asked stays."""
    for level in ("phường", "xã", "tỉnh", "huyện", "thành phố", "TP."):
        assert read(f"{level} {asked}") == (None, clean(asked))
        assert read(fold(f"{level} {asked}")) == (None, fold(clean(asked)))


@pytest.mark.parametrize(
    "name",
    [
        "xã Tân Quy", "phường Quy Nhơn", "tỉnh Quảng Ninh", "tỉnh Sơn La", "tỉnh Hà Nam", "tỉnh Nam Định", "tỉnh Thanh Hóa",
        "thành phố Đà Nẵng", "thành phố Hà Nội", "thành phố Huế", "thành phố Hồ Chí Minh", "tỉnh Bà Rịa - Vũng Tàu",
        "tỉnh Thừa Thiên Huế", "thành phố Vinh", "xã Nội Bài", "xã Chợ Mới", "xã Cờ Đỏ", "xã Con Cuông", "xã Yên Thế",
        "phường Cửa Nam", "phường Từ Liêm", "xã Nhà Bè", "xã Năm Căn", "xã Minh Hóa", "xã La Hiên", "xã Văn Bàn",
        "xã Như Thanh", "phường Bảo Lộc", "xã Đề Thám", "phường Đồ Sơn", "phường Ô Môn", "xã Tả Van", "xã Khổng Lào",
        "phường 3", "phường 12", "đặc khu Phú Quốc", "phường Láng", "xã Ea Knốp", "phường Ba Đình", "huyện Đô Lương",
    ],
)  # fmt: skip
def test_a_name_is_whole_and_what_is_asked_stays(name: str) -> None:
    _, place = clean(name).removeprefix("thành ").removeprefix("đặc ").split(" ", 1)
    expected = fold(place).replace(" - ", " ")
    for asked in (
        "",
        "là gì",
        "nói gì",
        "về chuyển đổi số",
        "có hiệu lực khi nào",
        "năm 2025",
        "mục tiêu gì",
    ):
        assert read(f"{name} {asked}") == (expected, asked)
        # "Cờ Đỏ nói gì" is "co do noi gi" then, and may be a shorter name: which fits all the same.
        found, left = read(fold(f"{name} {asked}"))
        assert found
        assert f"{found} {left}" == f"{expected} {fold(asked)}"
        assert expected.startswith(found)


@pytest.mark.parametrize("name", ["xã Nậm Có", "xã Mường Và", "xã Chế Là", "phường La Gi"])
def test_a_name_that_is_a_word_without_its_accents_or_behind_another(name: str) -> None:
    assert read(name) == (fold(name.lower()).split(" ", 1)[1], "")


def test_both_say_which_document_it_is_and_what_is_asked() -> None:
    (ref,) = facts("nghị quyết 18 của HĐND tỉnh Sơn La nói gì").references
    assert (ref.issuer, ref.place, ref.text) == ("hdnd", "son la", "nghị quyết 18 của hđnd tỉnh sơn la")
    asked = facts("nghị quyết 12 của đảng ủy phường về chuyển đổi số")
    assert asked.references[0].place is None
    assert asked.rest == "nghị quyết 12 về chuyển đổi số"


OURS = Cited(1, "12-NQ/ĐU", "Nghị quyết", "Chuyển đổi số", "Đảng ủy phường Thử", None)


@pytest.fixture(scope="module")
def index() -> Index:
    asked = (
        "Mục tiêu Nghị quyết 12-NQ/ĐU của Đảng ủy phường là gì?", "Thư viện xã mở cửa lúc nào?",
        "Bảo hiểm y tế hộ gia đình mua ở đâu?", "Đăng ký khai sinh cần giấy tờ gì?",
    )  # fmt: skip
    return Index.build(
        [
            Indexed(at, f"e{at}", text, (), "Theo văn bản.", None if at else OURS)
            for at, text in enumerate(asked)
        ],
        [OURS],
    )


@pytest.mark.parametrize(
    "text",
    [
        "mục tiêu nghị quyết 12-NQ/ĐU là gì", "mục tiêu nghị quyết 12 của đảng ủy phường là gì",
        "muc tieu nghi quyet 12 cua dang uy phuong la gi", "mục tiêu nghị quyết 12 của đảng ủy phường Thử là gì",
    ],
)  # fmt: skip
def test_an_entry_that_says_only_the_level_is_about_the_document_of_the_commune(
    index: Index, text: str
) -> None:
    found = find(text, index)
    assert (found.outcome, found.entry and found.entry.id) == ("answer", "e0")


@pytest.mark.parametrize(
    "text", ["nghị quyết 12 của đảng ủy phường nói gì", "nghi quyet 12 cua dang uy phuong la gi"]
)
def test_the_level_alone_opens_it(index: Index, text: str) -> None:
    assert find(text, index).documents == (OURS,)


def test_that_of_another_commune_is_not_it(index: Index) -> None:
    found = find("mục tiêu nghị quyết 12 của đảng ủy phường Ba Đình là gì", index)
    assert (found.outcome == "answer", found.unknown_document) == (
        False,
        "nghị quyết 12 của đảng ủy phường ba đình",
    )
