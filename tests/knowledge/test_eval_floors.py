"""What the evaluation data beside the project must not fall below; skipped, and said so, where it is absent."""

import pytest

from bench import evalsets
from knowledge.answering import find
from knowledge.matcher import Index

pytestmark = pytest.mark.skipif(not evalsets.present(), reason=evalsets.MISSING)


def test_questions_find_their_entries_and_answers_are_right() -> None:
    first = five = right = wrong = count = 0
    for name in evalsets.SETS:
        index = Index.build(evalsets.entries(name, multi=True), [])
        for question in evalsets.questions(name):
            finding = find(question.query, index)
            ranked = [each.id for each in finding.ranked]
            count += 1
            first += ranked[:1] != [] and ranked[0] in question.expect
            five += not question.expect.isdisjoint(ranked)
            right += finding.entry is not None and finding.entry.id in question.expect
            wrong += finding.entry is not None and finding.entry.id not in question.expect
    assert first / count >= 0.84
    assert five / count >= 0.96
    assert (right + wrong) / count >= 0.50
    assert right / (right + wrong) >= 0.95


def test_what_is_outside_the_knowledge_base_is_not_answered() -> None:
    index = Index.build(evalsets.entries("dvc_rasa", multi=True), [])
    assert [each.query for each in evalsets.negatives() if find(each.query, index).entry] == []


def test_twins_are_told_apart() -> None:
    index = Index.build(evalsets.entries("twins", multi=True), [])
    confused = [
        each.query
        for each in evalsets.questions("twins")
        if (entry := find(each.query, index).entry) and entry.id in each.forbidden
    ]
    assert len(confused) <= 1
