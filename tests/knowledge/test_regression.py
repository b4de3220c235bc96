"""Our own questions over our own small knowledge base: fails when the matcher gets worse."""

from typing import Any

import pytest

from knowledge.answering import Finding, Thresholds, find
from knowledge.conversation import find_after
from knowledge.matcher import Index
from tests.knowledge import small_base

_ASKED = [line for line in small_base.lines() if "query" in line]
_QUERIES = [line for line in _ASKED if "after" not in line]
_FOLLOW_UPS = [line for line in _ASKED if "after" in line]


@pytest.fixture(scope="module")
def index() -> Index:
    return small_base.index()


@pytest.mark.parametrize(
    "line", [each for each in _QUERIES if each["outcome"]], ids=lambda each: each["query"]
)
def test_outcome(index: Index, line: dict[str, Any]) -> None:
    _is_as_expected(find(line["query"], index), line)


@pytest.mark.parametrize("line", _FOLLOW_UPS, ids=lambda each: f"{each['after']['number']}: {each['query']}")
def test_outcome_of_a_follow_up(index: Index, line: dict[str, Any]) -> None:
    after = line["after"]
    [document] = [
        each.key
        for each in small_base.documents()
        if each.number == after["number"] and str(each.issued_on) == after["issued_on"]
    ]
    _is_as_expected(find_after(line["query"], index, Thresholds(), document), line)


def _is_as_expected(finding: Finding, line: dict[str, Any]) -> None:
    if line["outcome"] == "not answer":
        assert finding.outcome != "answer"
    else:
        assert finding.outcome == line["outcome"]
    if finding.entry:
        assert finding.entry.id in line["expect"]


def test_nearly_every_question_finds_its_entry_first(index: Index) -> None:
    inside = [line for line in _QUERIES if line["expect"]]
    missed = [
        line["query"] for line in inside if index.ranked(line["query"], 1)[:1] == [] or
        index.ranked(line["query"], 1)[0].id not in line["expect"]
    ]  # fmt: skip
    assert len(missed) <= 1, missed


def test_no_question_is_answered_wrongly(index: Index) -> None:
    wrong = [
        line["query"]
        for line in _QUERIES
        if (entry := find(line["query"], index).entry) and entry.id not in line["expect"]
    ]
    assert wrong == []
