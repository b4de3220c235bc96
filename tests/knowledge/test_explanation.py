import json
from typing import Any

import pytest

from knowledge.answering import Thresholds, find
from knowledge.explanation import explain
from knowledge.matcher import Index
from tests.knowledge import small_base


@pytest.fixture(scope="module")
def index() -> Index:
    return small_base.index()


def test_an_answer_is_explained(index: Index) -> None:
    why: dict[str, Any] = explain("mức đóng đảng phí", index)
    assert (why["outcome"], why["answer"], why["decided_by"]) == ("answer", "dang-phi", "answer")
    assert [each["word"] for each in why["words"]] == ["muc", "dong", "dang", "phi"]
    assert all(0 <= each["weight"] <= 1 for each in why["words"])
    first = why["candidates"][0]
    assert first["id"] == "dang-phi"
    assert first["shared_words"] == ["muc", "dong", "dang", "phi"]
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
        ("nghị quyết 999", "unknown_document"),
        ("cháy nhà rồi cứu với", "sensitive"),
    ],
)
def test_what_decided(index: Index, text: str, reason: str) -> None:
    assert explain(text, index)["decided_by"] == reason


def test_a_score_below_a_stricter_threshold_is_a_suggestion(index: Index) -> None:
    why = explain("mức đóng đảng phí", index, Thresholds(answer=1.1))
    assert (why["outcome"], why["decided_by"], why["thresholds"]["answer"]) == ("suggest", "answer", 1.1)


def test_raw_typing_is_shown_as_it_was_read(index: Index) -> None:
    why = explain("mucws ddongs ddangr phis", index)
    assert why["read_as"] == "mức đóng đảng phí"
    assert why["score"] == find("mucws ddongs ddangr phis", index).score
