"""What knowledge/explanation.py tells, in sentences for staff."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.texts import explaining as texts
from bot.texts.numbers import decimal

_CANDIDATES = 3
_OTHERS = 5  # of the words that mean the same
_LEAST = 0.05  # of a score or an effect that is worth a line
_BY_NUMBER = ("facts", "ambiguous")  # another phrasing would not change it
_NOT_MATCHED = ("sensitive", "small_talk", "documents", "unknown_document")  # decided without the candidates


def in_words(why: Mapping[str, Any]) -> str:
    lines = [*_question(why), "", _result(why)]
    shown = [
        each for at, each in enumerate(why["candidates"][:_CANDIDATES]) if not at or each["score"] >= _LEAST
    ]
    if shown and why["decided_by"] not in _NOT_MATCHED:
        lines += ["", texts.CANDIDATES]
        for at, candidate in enumerate(shown, 1):
            lines += _candidate(at, candidate, is_answer=candidate["id"] == why["answer"])
        if why["outcome"] != "answer" and why["decided_by"] not in _BY_NUMBER:
            lines += ["", texts.ADVICE]
    return "\n".join(lines)


def _question(why: Mapping[str, Any]) -> Iterator[str]:
    if why["read_as"] != why["text"]:
        yield texts.READ_AS.format(text=why["read_as"])
    yield texts.MEANT.format(text=why["meant"] or texts.EMPTY)
    yield from (texts.SHORT_FORM.format(**each) for each in why["short_forms"])
    yield from (texts.SLIP.format(**each) for each in why["slips"])
    for unit in why["units"]:
        if others := [other for other in unit["same_as"] if other != unit["words"]]:
            more = texts.MORE if len(others) > _OTHERS else ""
            yield texts.SAME_AS.format(words=unit["words"], others=", ".join(others[:_OTHERS]) + more)
    for document in why["facts"]["documents"]:
        known = (
            texts.AMBIGUOUS if document["ambiguous"] else texts.KNOWN if document["known"] else texts.UNKNOWN
        )
        yield texts.DOCUMENT.format(text=document["text"], known=known)
    for name, line in texts.NUMBERS.items():
        if values := why["facts"][name]:
            yield line.format(values=", ".join(map(str, values)))


def _result(why: Mapping[str, Any]) -> str:
    decided_by, least = why["decided_by"], why["thresholds"]
    first = why["candidates"][0] if why["candidates"] else {"unspoken": []}
    if decided_by == "answer":
        decided_by = "above_answer" if why["outcome"] == "answer" else "below_answer"
    elif decided_by == "suggest":
        decided_by = "below_suggest"
    reason = texts.REASONS[decided_by].format(
        score=decimal(why["score"], 2),
        least=decimal(least["suggest" if decided_by == "below_suggest" else "answer"], 2),
        words=", ".join(first["unspoken"]) or texts.NOT_ALL,
    )
    return texts.RESULT.format(outcome=texts.OUTCOME[why["outcome"]], reason=reason)


def _candidate(at: int, candidate: Mapping[str, Any], is_answer: bool) -> Iterator[str]:
    yield texts.CANDIDATE.format(
        at=at, score=decimal(candidate["score"], 2), question=candidate["question"], id=candidate["id"]
    )
    if candidate["matched"] != candidate["question"]:
        yield texts.BY_PHRASING.format(text=candidate["matched"])
    if candidate["shared"]:
        yield texts.SHARED.format(words=", ".join(candidate["shared"]))
    if candidate["shared_parts"]:
        yield texts.SHARED_PARTS.format(
            words=", ".join(texts.SHARED_PART.format(**each) for each in candidate["shared_parts"])
        )
    if candidate["unspoken"]:
        unspoken = texts.UNSPOKEN_BUT_ANSWERED if is_answer else texts.UNSPOKEN
        yield unspoken.format(words=", ".join(candidate["unspoken"]))
    if candidate["refused_by"]:
        yield texts.REFUSED[candidate["refused_by"]]
    yield texts.SCORES.format(scores=_scores(candidate["features"]))


def _scores(features: Sequence[Mapping[str, Any]]) -> str:
    effects = {each["name"]: each["effect"] for each in features}
    sums = {subject: sum(effects[name] for name in names) for subject, names in texts.SUBJECTS.items()}
    return "; ".join(
        texts.SCORE.format(name=subject, effect=decimal(effect, signed=True))
        for subject, effect in sorted(sums.items(), key=lambda each: -each[1])
        if abs(effect) >= _LEAST
    )
