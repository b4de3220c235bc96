"""Which questions are about one thing, in whatever words."""

from __future__ import annotations

import pytest

from knowledge.bursts import Wording, about, bursts
from knowledge.wordings import same


def wording(text: str, people: int = 1) -> Wording:
    return Wording(text, same(text), people)


MERGING = (
    "Bao giờ thì sáp nhập các thôn?",
    "khi nào sáp nhập thôn vậy ạ",
    "sap nhap thon khi nao",
    "thôn mình có sáp nhập không, bao giờ sáp nhập thôn",
)
OTHERS = (
    "nước sinh hoạt bị đục phải báo ai",
    "lịch cắt điện tuần này",
    "nghị quyết 99 nói gì",
    "nghị quyết 98 nói gì",
    "hội thi năm 2026 mở khi nào",
    "hội thi năm 2027 mở khi nào",
)


def test_what_is_about_one_thing_is_together_and_the_rest_apart() -> None:
    found = bursts(map(wording, (*OTHERS, *MERGING)))
    assert sorted(len(each.wordings) for each in found) == [1, 1, 1, 1, 1, 1, 4]


def test_people_are_counted_and_the_most_asked_stands_first() -> None:
    [merging] = [each for each in bursts([wording(MERGING[0], 2), wording(MERGING[1], 5)]) if each.people > 1]
    assert merging.people == 7
    assert [each.text for each in merging.wordings] == [MERGING[1], MERGING[0]]
    assert about(merging, map(wording, (MERGING[2], *OTHERS))) == [wording(MERGING[2])]


@pytest.mark.parametrize("texts", [(), ("",), ("?", "!!"), ("…", "của và thì"), ("a" * 500, "b " * 250)])
def test_nothing_to_compare_is_no_trouble(texts: tuple[str, ...]) -> None:
    assert sum(len(each.wordings) for each in bursts(map(wording, texts))) == len(texts)
