"""Small words make another question: such an entry is a suggestion, never the answer."""

import pytest

from knowledge.answering import find
from knowledge.candidates import Indexed
from knowledge.explanation import explain
from knowledge.matcher import Index

BASE = Index.build(
    [
        Indexed(at, id, question, phrasings, answer, None)
        for at, (id, question, phrasings, answer) in enumerate(
            (
                ("fee", "Trường hợp nào phải nộp lệ phí trước bạ?", ("ai phải nộp lệ phí trước bạ",), "Người có tài sản."),
                ("home", "Ai được mua nhà ở xã hội?", ("đối tượng được mua nhà ở xã hội",), "Mười hai nhóm người."),
                ("member", "Đảng viên không được làm những gì?", ("những điều đảng viên không được làm",), "Có 19 điều."),
                ("child", "Trẻ em dưới 6 tuổi khám bệnh có mất tiền không?", ("trẻ dưới 6 tuổi khám bệnh",), "Không mất."),
                ("old", "Người từ 80 tuổi trở lên được trợ cấp gì?", ("80 tuổi nhận trợ cấp gì",), "Mỗi tháng một khoản"),
                ("build", "Trước khi xây nhà phải xin phép ai?", ("trước khi xây nhà xin phép ở đâu",), "Ủy ban xã."),
                ("clinic", "Khám trái tuyến được chi trả bao nhiêu?", ("mức hưởng khi khám trái tuyến",), "Bốn phần mười."),
                ("waste", "Rác thải xây dựng đổ ở đâu?", ("chỗ đổ rác xây dựng",), "Ở bãi của phường."),
            ),
            1,
        )
    ],
    [],
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("ai phải nộp lệ phí trước bạ", "fee"),
        ("tôi có phải nộp lệ phí trước bạ không", "fee"),  # "không" asks
        ("những điều đảng viên không được làm", "member"),
        ("dang vien ko duoc lam gi", "member"),
        ("trẻ dưới 6 tuổi khám bệnh có mất tiền không", "child"),
        ("người 80 tuổi được trợ cấp gì", "old"),  # "from 80" has 80 itself
        ("người trên 80 tuổi được trợ cấp gì", "old"),
        ("trước khi xây nhà phải xin phép ai", "build"),
        ("mức hưởng khi khám trái tuyến", "clinic"),
        # Turned round:
        ("mức hưởng khi khám đúng tuyến", None),
        ("sau khi xây nhà phải xin phép ai", None),
        ("ai không phải nộp lệ phí trước bạ", None),
        ("ai ko phai nop le phi truoc ba", None),
        ("ai không được mua nhà ở xã hội", None),
        ("những điều đảng viên được làm", None),
        ("trẻ em trên 6 tuổi khám bệnh có mất tiền không", None),
        ("trẻ em 6 tuổi khám bệnh có mất tiền không", None),
        ("tre tu 6 tuoi kham benh", None),
        ("người dưới 80 tuổi được trợ cấp gì", None),
    ],
)
def test_what_small_words_make_of_a_question(text: str, id: str | None) -> None:
    entry = find(text, BASE).entry
    assert (entry and entry.id) == id


def test_staff_are_told_why() -> None:
    assert explain("ai không được mua nhà ở xã hội", BASE)["decided_by"] == "turned"
