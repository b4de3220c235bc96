import json
from typing import Any

import pytest

from knowledge.answering import Thresholds, find
from knowledge.explanation import explain
from knowledge.matcher import Index, Indexed
from tests.knowledge import small_base


@pytest.fixture(scope="module")
def index() -> Index:
    return small_base.index()


def test_an_answer_is_explained(index: Index) -> None:
    why: dict[str, Any] = explain("mức đóng đảng phí", index)
    assert (why["outcome"], why["answer"], why["decided_by"]) == ("answer", "dang-phi", "answer")
    assert [each["word"] for each in why["words"]] == ["mức", "đóng", "đảng", "phí"]
    assert all(0 <= each["weight"] <= 1 for each in why["words"])
    first = why["candidates"][0]
    assert first["id"] == "dang-phi"
    assert first["matched"] == "mức đóng đảng phí của cán bộ"
    assert (first["shared"], first["missing"], first["unspoken"]) == (["mức đóng đảng phí"], [], [])
    assert first["score"] >= why["thresholds"]["answer"]
    effects = [abs(each["effect"]) for each in first["features"]]
    assert effects == sorted(effects, reverse=True)
    json.dumps(why)


def test_the_effects_explain_the_order(index: Index) -> None:
    candidates = explain("mức đóng đảng phí", index)["candidates"]
    totals = [sum(each["effect"] for each in candidate["features"]) for candidate in candidates]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("chào bạn", "small_talk"),
        ("công thức nấu phở bò", "suggest"),
        ("", "nothing_alike"),
        ("bao nhiêu", "too_little"),
        ("nghị quyết 999", "unknown_document"),
        ("cháy nhà rồi cứu với", "sensitive"),
    ],
)
def test_what_decided(index: Index, text: str, reason: str) -> None:
    assert explain(text, index)["decided_by"] == reason


def test_a_question_that_leaves_its_document_open(index: Index) -> None:
    funds = Indexed(900, "kp", "Kinh phí thực hiện Nghị quyết 57 lấy từ đâu?", (), "Ngân sách.", None)
    why = explain("kinh phí thực hiện lấy từ đâu", index.with_changes([funds]))
    assert (why["outcome"], why["decided_by"], why["candidates"][0]["id"]) == ("suggest", "open", "kp")


def test_an_emergency_that_is_answered(index: Index) -> None:
    bite = Indexed(900, "cho-can", "Bị chó cắn phải làm gì?", (), "Rửa vết thương.", None)
    why = explain("bị chó cắn phải làm gì", index.with_changes([bite]))
    assert (why["outcome"], why["decided_by"], why["answer"]) == ("answer", "urgent", "cho-can")


def test_a_score_below_a_stricter_threshold_is_a_suggestion(index: Index) -> None:
    why = explain("mức đóng đảng phí", index, Thresholds(answer=1.1))
    assert (why["outcome"], why["decided_by"], why["thresholds"]["answer"]) == ("suggest", "answer", 1.1)


def test_raw_typing_is_shown_as_it_was_read(index: Index) -> None:
    why = explain("mucws ddongs ddangr phis", index)
    assert why["read_as"] == "mức đóng đảng phí"
    assert why["score"] == find("mucws ddongs ddangr phis", index).score


def test_what_the_question_became(index: Index) -> None:
    why = explain("bhyt hgđ mua o ddau, nq 57 mucj tieu 2030 dc khong z", index)
    assert {"written": "bhyt", "means": "bảo hiểm y tế"} in why["short_forms"]
    assert why["facts"]["documents"][0]["known"]
    assert why["facts"]["years"] == [2030]

    why = explain("mua bhyt ho gia dinhh o dau", index)
    assert why["slips"] == [{"typed": "dinhh", "read": "dinh"}]
    assert why["meant"] == "mua bảo hiểm y tế ho gia dinh o dau"
    meanings = {each["words"]: each["same_as"] for each in why["units"]}
    assert "nơi nào" in meanings["o dau"]
    assert meanings["mua"] == [] or "sắm" in meanings["mua"]


def test_why_a_sure_candidate_is_only_suggested(index: Index) -> None:
    lenient = Thresholds(answer=0.05)
    why = explain("mức đóng đảng phí năm 1999", index, lenient)
    assert (why["outcome"], why["decided_by"]) == ("suggest", "facts")
    assert why["candidates"][0]["refused_by"] == "facts"
    assert "1999" in " ".join(why["candidates"][0]["unspoken"])
    why = explain("ai đóng đảng phí thay cho chồng tôi", index, lenient)
    assert why["decided_by"] in ("unspoken", "words")
    assert why["candidates"][0]["unspoken"] != []


def test_a_number_that_two_documents_have_is_told(index: Index) -> None:
    why = explain("nghị quyết 18 bàn về việc gì", index, Thresholds(answer=0.05))
    assert (why["decided_by"], why["candidates"][0]["refused_by"]) == ("ambiguous", "ambiguous")


def test_part_of_a_word_is_told(index: Index) -> None:
    why = explain("lệ phí", index)
    parts = [each for candidate in why["candidates"] for each in candidate["shared_parts"]]
    assert {"part": "phí", "word": "lệ phí"} in parts


def test_what_an_entry_only_mentions_is_told(index: Index) -> None:
    assert explain("công nhân", index)["decided_by"] == "mentioned"
