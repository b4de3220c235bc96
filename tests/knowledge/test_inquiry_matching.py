"""What is one inquiry: the same in other words, and nothing that differs in what it asks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knowledge.inquiries import Inquiry
from knowledge.inquiry_groups import Group
from knowledge.inquiry_matching import alike
from knowledge.matcher import Index
from knowledge.wordings import same
from tests.knowledge.small_base import index

ALIKE = (
    ("Bao giờ có lịch cắt điện thôn Đông?", "lich cat dien thon dong bao gio co"),
    ("Thôn 3 bao giờ làm đường bê tông?", "khi nào thôn 3 làm đường bê tông"),
    ("Hộ nghèo được hỗ trợ gì khi xây nhà?", "hộ nghèo xây nhà được hỗ trợ những gì"),
    ("Khi nào thu phí rác?", "bao giờ thì thu phí rác ạ"),
    ("Ai được vay vốn ưu đãi?", "những ai được vay vốn ưu đãi"),
    ("Đường liên thôn Bình An bao giờ sửa?", "BAO GIỜ SỬA ĐƯỜNG LIÊN THÔN BÌNH AN"),
    ("giá vàng hôm nay", "Gia vang hom nay???"),
)
APART = (
    ("Bao giờ có lịch cắt điện thôn Đông?", "Bao giờ có lịch cắt nước thôn Đông?"),
    ("Lịch tiếp công dân của xã vào ngày nào?", "Lịch họp dân của xã vào ngày nào?"),
    ("Thủ tục cấp đổi sổ đỏ mất bao lâu?", "Thủ tục cấp mới sổ đỏ mất bao lâu?"),
    ("Thôn 3 bao giờ làm đường bê tông?", "Thôn 4 bao giờ làm đường bê tông?"),
    ("Hộ nghèo được hỗ trợ gì khi xây nhà?", "Hộ cận nghèo được hỗ trợ gì khi xây nhà?"),
    ("Ai được vay vốn ưu đãi?", "Ai không được vay vốn ưu đãi?"),
    ("Khi nào thu phí rác?", "Khi nào thu gom rác?"),
    ("Đăng ký tạm trú ở đâu?", "Đăng ký tạm vắng ở đâu?"),
    ("Đường liên thôn Bình An bao giờ sửa?", "Cầu liên thôn Bình An bao giờ sửa?"),
    ("Hội nghị đối thoại năm nay tổ chức ở đâu?", "Hội nghị đối thoại năm nay tổ chức khi nào?"),
    ("Nhà ở thôn Thượng bị mất nước ba ngày nay", "Nhà ở thôn Hạ bị mất nước ba ngày nay"),
    ("Tiền hỗ trợ học phí kỳ 1 bao giờ nhận", "Tiền hỗ trợ học phí kỳ 2 bao giờ nhận"),
    ("giá vàng hôm nay", "giá xăng hôm nay"),
    ("Nghị quyết 57 dành bao nhiêu ngân sách?", "Nghị quyết 68 dành bao nhiêu ngân sách?"),
)
INDEX, EMPTY = index(), Index.build((), ())


def group(key: int, *texts: str) -> Group:
    when = datetime(2026, 11, 23, tzinfo=UTC)
    asked = tuple(Inquiry(key * 10 + at, key, text, same(text), "net", when) for at, text in enumerate(texts))
    return Group(key, "open", None, "", None, "", None, True, None, None, asked)


OTHERS = (group(7, "Chợ họp vào những ngày nào?"), group(8, "Ai phụ trách nhà văn hóa?"))


@pytest.mark.parametrize("background", [INDEX, EMPTY], ids=["beside a knowledge base", "alone"])
@pytest.mark.parametrize(("asked", "again"), ALIKE)
def test_the_same_in_other_words_is_one(asked: str, again: str, background: Index) -> None:
    found = alike(again, (*OTHERS, group(9, asked)), background)
    assert found
    assert found.key == 9


@pytest.mark.parametrize("background", [INDEX, EMPTY], ids=["beside a knowledge base", "alone"])
@pytest.mark.parametrize(("asked", "other"), APART)
def test_what_asks_something_else_stays_apart(asked: str, other: str, background: Index) -> None:
    assert alike(other, (*OTHERS, group(9, asked)), background) is None
    assert alike(asked, (*OTHERS, group(9, other)), background) is None


def test_a_wording_that_has_joined_counts_as_well() -> None:
    found = alike(
        "ngày nào thì chợ họp", (group(9, "Chợ họp vào những ngày nào?", "Ngày nào thì chợ họp"),), EMPTY
    )
    assert found


def test_where_nothing_has_been_asked_nothing_is_alike() -> None:
    assert alike("Chợ họp vào những ngày nào?", (), INDEX) is None
