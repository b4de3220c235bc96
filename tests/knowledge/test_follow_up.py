"""What reads as a follow-up, what the document shown before makes of it, and that it never gets in the way."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from bench import evalsets
from knowledge.answering import Finding, Thresholds, find
from knowledge.conversation import find_after
from knowledge.follow_up import FollowUp, read
from knowledge.matcher import Cited, Index, Indexed

SURE = Thresholds()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("còn mục tiêu thì sao?", "mục tiêu"), ("Còn mục tiêu thì sao ạ", "mục tiêu"), ("thế còn kinh phí?", "kinh phí"),
        ("vậy còn lộ trình thì thế nào", "lộ trình"), ("the con kinh phi", "kinh phi"), ("ai thực hiện?", "ai thực hiện"),
        ("Dạ cho em hỏi thêm ai thực hiện ạ", "ai thực hiện"), ("vậy khi nào có hiệu lực", "khi nào có hiệu lực"),
        ("kinh phí", "kinh phí"), ("muc tieu den nam 2030 la gi", "muc tieu den nam 2030 la gi"),
        ("còn hiệu lực không", "còn hiệu lực không"), ("mục tiêu thì sao", "mục tiêu"), ("toàn văn", "toàn văn"),
        ("có mấy nhóm giải pháp", "có mấy nhóm giải pháp"), ("kinh phí của phường ai chi", "kinh phí của phường ai chi"),
        ("thế kinh phí lấy từ đâu", "kinh phí lấy từ đâu"), ("kinh phi lay tu dau", "kinh phi lay tu dau"),
    ],
)  # fmt: skip
def test_what_can_be_asked_of_any_document_leans_on_the_last_one(text: str, asked: str) -> None:
    assert read(text) == FollowUp(asked, leans=True)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("còn giáo viên thì sao", "giáo viên"), ("thế còn hộ kinh doanh cá thể?", "hộ kinh doanh cá thể"),
        ("thế còn nhận hồ sơ không", "nhận hồ sơ không"), ("giáo viên mầm non thì ntn", "giáo viên mầm non"),
        ("con giao vien thi sao", "con giao vien"),
    ],
)  # fmt: skip
def test_another_thing_is_asked_on(text: str, asked: str) -> None:
    assert read(text) == FollowUp(asked, leans=False)


@pytest.mark.parametrize(
    ("text", "asked", "noun"),
    [
        ("nghị quyết này có mục tiêu gì", "có mục tiêu gì", "nghị quyết"),
        ("NQ đó ai thực hiện?", "ai thực hiện", "nghị quyết"),
        ("mục tiêu của văn bản này là gì ạ", "mục tiêu của là gì", ""), ("nghi quyet nay noi gi", "noi gi", "nghị quyết"),
        ("kinh phí thực hiện nghị quyết lấy từ đâu", "kinh phí thực hiện lấy từ đâu", "nghị quyết"),
        ("còn mục tiêu nghị quyết thì sao", "mục tiêu", "nghị quyết"), ("chỉ thị này", "", "chỉ thị"),
        ("thế còn kế hoạch ấy thì kinh phí bao nhiêu", "kinh phí bao nhiêu", "kế hoạch"),
    ],
)  # fmt: skip
def test_pointing_at_a_document_says_how_it_is_called(text: str, asked: str, noun: str) -> None:
    assert read(text) == FollowUp(asked, leans=True, noun=noun)


@pytest.mark.parametrize(
    "text",
    [
        "", "???", "còn nghị quyết 68 thì sao?", "thế còn 18-NQ/TW", "văn kiện đại hội XIV có gì mới", "xin chào",
        "còn nhận hồ sơ không", "còn vé không ạ", "nếu tôi vắng mặt thì sao", "khi nghỉ hưu thì thế nào",
        "con bao nhieu tuoi thi duoc di hoc", "nghi quyet do ai ban hanh va ai thuc hien o xa",  # "do" is no "đó"
        "ke hoach day hoc nam nay",  # "day" is no "đấy"
        "nhà văn hóa thôn có wifi miễn phí không", "giấy tờ đăng ký khai sinh", "còn", "thế còn", "thì sao", "còn thì sao",
        "mục tiêu phát triển doanh nghiệp tư nhân", "kinh phí làm đường thôn 3", "giá vàng hôm nay bao nhiêu",
        "còn " + "rất " * 40 + "nhiều thì sao", "còn" * 3000,
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_a_question_of_its_own_is_no_follow_up(text: str) -> None:
    assert read(text) is None


# What becomes of it

NQ57 = Cited(1, "57-NQ/TW", "Nghị quyết", "Khoa học, công nghệ", "Bộ Chính trị", date(2024, 12, 22))
NQ68 = Cited(2, "68-NQ/TW", "Nghị quyết", "Kinh tế tư nhân", "Bộ Chính trị", date(2025, 5, 4))
OLD18 = Cited(3, "18-NQ/TW", "Nghị quyết", "Tổ chức bộ máy", "Ban Chấp hành Trung ương", date(2017, 10, 25))
NEW18 = Cited(4, "18-NQ/TW", "Nghị quyết", "Đất đai", "Ban Chấp hành Trung ương", date(2022, 6, 16))
TWIN = Cited(5, "3-KH/ĐU", "Kế hoạch", "Chuyển đổi số", "Đảng ủy xã", None)
OTHER_TWIN = Cited(6, "3-KH/ĐU", "Kế hoạch", "Giảm nghèo", "Đảng ủy xã", None)
UNNUMBERED = Cited(7, None, "Văn kiện", "Báo cáo chính trị", "Đảng bộ xã", None)


def entry(key: int, question: str, document: Cited | None, *phrasings: str) -> Indexed:
    return Indexed(key, f"e{key}", question, phrasings, "Theo văn bản.", document)


ENTRIES = (
    entry(1, "Nghị quyết 57 đặt mục tiêu gì đến năm 2030?", NQ57, "mục tiêu của nghị quyết 57"),
    entry(2, "Nghị quyết 57 dành bao nhiêu kinh phí cho khoa học?", NQ57, "kinh phí theo nghị quyết 57"),
    entry(3, "Nghị quyết 68 đặt mục tiêu gì đến năm 2030?", NQ68, "mục tiêu của nghị quyết 68"),
    entry(4, "Hộ kinh doanh được hỗ trợ những gì?", NQ68, "hỗ trợ hộ kinh doanh"),
    entry(5, "Nghị quyết 18 năm 2017 đặt mục tiêu gì?", OLD18),
    entry(6, "Nghị quyết 18 năm 2022 đặt mục tiêu gì?", NEW18),
    entry(7, "Kế hoạch 3 về chuyển đổi số đặt mục tiêu gì?", TWIN),
    entry(8, "Kế hoạch 3 về giảm nghèo đặt mục tiêu gì?", OTHER_TWIN),
    entry(9, "Báo cáo chính trị của Đảng bộ xã nêu nhiệm vụ gì?", UNNUMBERED),
    entry(10, "Thư viện xã mở cửa lúc nào?", None),
    entry(11, "Chi bộ có nhiệm vụ gì khi chuyển đổi số?", None),
    entry(12, "Nhà văn hóa thôn có cho mượn phòng họp không?", None),
    entry(13, "Lịch tiếp công dân của xã là ngày nào?", None),
    entry(14, "Đăng ký khai sinh cần giấy tờ gì?", None),
    entry(15, "Bảo hiểm y tế hộ gia đình mua ở đâu?", None),
)
DOCUMENTS = (NQ57, NQ68, OLD18, NEW18, TWIN, OTHER_TWIN, UNNUMBERED)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(ENTRIES, DOCUMENTS)


def after(document: Cited, text: str, index: Index) -> Finding:
    return find_after(text, index, SURE, document.key)


def answered(finding: Finding) -> str | None:
    assert (finding.outcome == "answer") == (finding.entry is not None)
    return finding.entry.id if finding.entry else None


@pytest.mark.parametrize(("document", "id"), [(NQ57, "e1"), (NQ68, "e3"), (OLD18, "e5"), (NEW18, "e6")])
def test_a_follow_up_is_answered_from_the_document_shown_last(index: Index, document: Cited, id: str) -> None:
    for text in ("còn mục tiêu thì sao?", "nghị quyết này đặt mục tiêu gì", "con muc tieu thi sao"):
        finding = after(document, text, index)
        assert (answered(finding), finding.about) == (id, document)


def test_without_a_document_it_is_the_question_that_it_was(index: Index) -> None:
    assert answered(find("còn mục tiêu thì sao?", index)) is None
    assert answered(find_after("còn mục tiêu thì sao?", index, SURE, 4711)) is None


@pytest.fixture(scope="module")
def funded() -> Index:
    """Only one document says where the money comes from: nothing else is alike."""
    said = (
        entry(1, "Kinh phí thực hiện Nghị quyết 57 lấy từ đâu?", NQ57, "Nguồn vốn cho khoa học"),
        entry(2, "Nghị quyết 68 đặt mục tiêu gì?", NQ68),
        *ENTRIES[9:],
    )
    return Index.build(said, DOCUMENTS)


@pytest.mark.parametrize(
    "text",
    [
        "kinh phí",
        "kinh phi",
        "kinh phí thực hiện lấy từ đâu",
        "kinh phí thực hiện nghị quyết lấy từ đâu",
        "còn kinh phí?",
    ],
)
def test_what_any_document_could_be_asked_is_answered_for_the_one_that_is_talked_about_only(
    funded: Index, text: str
) -> None:
    alone = find(text, funded)
    assert (alone.outcome, alone.suggestions[0].id) == ("suggest", "e1")
    assert find(text, funded, group=True).outcome != "answer"
    assert answered(after(NQ57, text, funded)) == "e1"
    other = after(NQ68, text, funded)
    assert (other.outcome, other.about) == ("none", NQ68)
    unknown = find_after(text, funded, SURE, "nghị quyết 99")
    assert (unknown.outcome != "answer", unknown.unknown_document) == (True, "nghị quyết 99")
    assert "e1" not in [each.id for each in unknown.suggestions]


def test_what_an_entry_asks_word_for_word_is_answered() -> None:
    index = Index.build([entry(1, "Kinh phí thực hiện lấy từ đâu?", NQ57), *ENTRIES[9:]], DOCUMENTS)
    assert answered(find("kinh phí thực hiện lấy từ đâu", index)) == "e1"
    assert after(NQ68, "kinh phí thực hiện lấy từ đâu", index).outcome != "answer"


def test_after_a_document_that_is_not_there_what_stands_on_its_own_is_answered(index: Index) -> None:
    for text, id in (
        ("thư viện xã mở cửa lúc nào", "e10"),
        ("thế còn hỗ trợ hộ kinh doanh thì sao", "e4"),
        ("nghị quyết 68 đặt mục tiêu gì", "e3"),
    ):
        assert answered(find_after(text, index, SURE, "nghị quyết 99")) == id
    assert find_after("nghị quyết này", index, SURE, "nghị quyết 99").unknown_document == "nghị quyết 99"
    assert find_after("chỉ thị này nói gì", index, SURE, "nghị quyết 99").unknown_document is None


def test_once_it_is_there_it_is_answered_from(index: Index) -> None:
    assert answered(find_after("còn mục tiêu thì sao", index, SURE, "nghị quyết 57")) == "e1"


def test_what_stands_on_its_own_is_answered_as_ever(index: Index) -> None:
    for text in (
        "nghị quyết 68 đặt mục tiêu gì",
        "hộ kinh doanh được hỗ trợ những gì",
        "thư viện xã mở cửa lúc nào",
    ):
        assert find_after(text, index, SURE, NQ57.key) == find(text, index)
    assert answered(after(NQ57, "thế còn hỗ trợ hộ kinh doanh thì sao", index)) == "e4"
    assert find_after("xin chào", index, SURE, NQ57.key).small_talk == "greeting"
    assert [each.key for each in after(NQ57, "nghị quyết 68", index).documents] == [NQ68.key]


def test_a_document_that_is_called_otherwise_is_not_the_one(index: Index) -> None:
    assert after(NQ57, "chỉ thị này đặt mục tiêu gì", index).about is None


def test_where_only_another_document_answers_it_is_offered_and_not_given(index: Index) -> None:
    """Else "this resolution" would be answered out of another one."""
    alone = find("kinh phí theo nghị quyết", index)
    assert alone.entry is None or alone.entry.id == "e2"
    for text in ("kinh phí?", "nghị quyết này dành bao nhiêu kinh phí"):
        assert after(NQ68, text, index).outcome != "answer"


def test_two_readings_are_both_offered() -> None:
    """Each stands for itself: about this document, and about everything."""
    entries = (
        entry(1, "Nghị quyết 57 hỗ trợ doanh nghiệp nhỏ những gì?", NQ57, "hỗ trợ doanh nghiệp nhỏ nghị quyết 57"),
        entry(2, "Hỗ trợ doanh nghiệp nhỏ thì sao?", NQ68, "hỗ trợ doanh nghiệp nhỏ"),
    )  # fmt: skip
    index = Index.build(entries, DOCUMENTS)
    text = "thế còn hỗ trợ doanh nghiệp nhỏ?"
    assert answered(find(text, index)) == "e2"
    finding = after(NQ57, text, index)
    assert (finding.outcome, [each.id for each in finding.suggestions]) == ("suggest", ["e1", "e2"])


def test_of_two_documents_that_nothing_tells_apart_none_is_taken(index: Index) -> None:
    for document in (TWIN, OTHER_TWIN):
        finding = after(document, "còn mục tiêu thì sao?", index)
        assert finding.outcome != "answer"
        assert finding.suggestions[0].question.endswith("đặt mục tiêu gì?")


def test_a_document_without_a_number_can_only_suggest(index: Index) -> None:
    finding = after(UNNUMBERED, "còn nhiệm vụ thì sao?", index)
    assert (finding.outcome, finding.suggestions[0].id) == ("suggest", "e9")


def test_what_asks_for_the_document_itself_opens_it(index: Index) -> None:
    for text in ("nghị quyết này", "toàn văn", "nghị quyết này nói về gì"):
        finding = after(NEW18, text, index)
        assert (finding.documents, finding.outcome) == ((NEW18,), "none")


def test_it_is_opened_without_a_number_too(index: Index) -> None:
    assert after(UNNUMBERED, "nội dung của văn bản này là gì", index).documents == (UNNUMBERED,)


def test_nothing_found_says_about_which_document(index: Index) -> None:
    finding = after(OLD18, "văn bản này còn hiệu lực không", index)
    assert (finding.outcome, finding.suggestions, finding.about) == ("none", (), OLD18)
    assert after(NQ68, "ai giám sát?", index).about == NQ68


def test_small_talk_behind_an_opener_is_no_question_about_the_document(index: Index) -> None:
    for text in ("thế còn bạn thì sao", "còn cảm ơn thì sao", "thế còn chào thì sao", "còn không thì sao"):
        assert answered(after(NQ57, text, index)) is None


# On the evaluation sets: three documents at random before each question


def test_no_question_of_its_own_is_answered_otherwise_after_a_document() -> None:
    if not evalsets.present():
        pytest.skip(evalsets.MISSING)
    dice = random.Random(20261122)
    known = [
        Cited(at, row["number"], "Nghị quyết", row["title"], row["issuer"] or "", _day(row["issued_on"]))
        for at, row in enumerate(evalsets.records("documents.jsonl"), 1)
    ]
    changed: list[str] = []
    for name in ("dvc_rasa", "edu_parent", "twins"):
        entries = [replace(each, document=dice.choice(known)) for each in evalsets.entries(name, multi=True)]
        index = Index.build(entries, known)
        queries = [each.query for each in evalsets.questions(name)]
        unlike = [text for text in queries if read(text) is None]
        forced = [
            f"thế còn {text.rstrip('?. ')} thì sao" for text in dice.sample(queries, min(40, len(queries)))
        ]
        for text in (
            *(each for each in queries if read(each)),
            *dice.sample(unlike, min(40, len(unlike))),
            *forced,
        ):
            alone = find(text, index).entry
            for document in dice.sample(known, 3):
                found = find_after(text, index, SURE, document.key).entry
                changed += [text] if found and (alone is None or found.id != alone.id) else []
                changed += [text] if alone and found is None else []
    assert len(changed) <= 2, changed


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
