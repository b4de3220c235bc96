"""What is no question for the knowledge base: small talk, and messages that a person must handle.

The vocabulary is knowledge/data/triage.json (which says how it is written) and small_talk.json.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.normalise import Words, words
from knowledge.phrases import Phrase, Vocabulary, occurs
from knowledge.tables import table

Sensitive = Literal["complaint", "denunciation", "emergency"]

_READ = 10_000  # characters of a message that are looked at
_SENTENCES = 500  # of a message; what follows counts as one more
_LONGEST_SMALL_TALK = 14  # words
_SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n+")


@dataclass(frozen=True, slots=True)
class _Triage:
    """`phrases`: kind, then the list that a phrase begins with, to the phrases."""

    vocabulary: Vocabulary
    phrases: Mapping[str, Mapping[str, list[Phrase]]]


def sensitive(text: str) -> Sensitive | None:
    """Whether the message must go to people instead of the knowledge base: the gravest kind of its sentences.

    A question about the rules on complaints, denunciations or rescue is a question like any other.
    """
    found: set[Sensitive] = set()
    for sentence in _SENTENCE_END.split(text[:_READ], _SENTENCES):
        kind = _of_sentence(words(sentence))
        if kind == "emergency":
            return kind
        if kind:
            found.add(kind)
    return "denunciation" if "denunciation" in found else "complaint" if found else None


def small_talk(text: str) -> str | None:
    """The key of the small talk that the whole message is ("greeting", "thanks" …), else None."""
    said = words(text)
    if not said.folded or len(said.folded) > _LONGEST_SMALL_TALK:
        return None
    # Without accents on either side: a thank-you with a slip in its accents is a thank-you all the same.
    places = _small_talk().places(Words(said.clean, said.folded, ("",) * len(said.folded)))
    around = places.get("address", set()) | places.get("greeting", set())
    for key in table("small_talk"):
        if key != "address" and key in places and _covers(places[key], around, len(said.folded)):
            return str(key)
    return None


def _of_sentence(said: Words) -> Sensitive | None:
    triage = _triage()
    places = triage.vocabulary.places(said)

    def has(kind: str) -> bool:
        phrases = triage.phrases[kind]
        return any(occurs(phrase, places) for first in places for phrase in phrases.get(first, ()))

    if has("always"):
        return "emergency"
    if has("rules"):
        return None
    event = not has("topics")
    if event and has("emergency"):
        return "emergency"
    if has("asking"):
        return None
    if has("wants to denounce") or (event and not has("wants to complain") and has("denunciation")):
        return "denunciation"
    return "complaint" if has("wants to complain") or (event and has("complaint")) else None


def _covers(spans: set[tuple[int, int]], around: set[tuple[int, int]], size: int) -> bool:
    """Whether spans and what may stand around them, end to end, are the whole message, one span at least."""
    without, having = {0}, set[int]()
    for at in range(size):
        for start, end in around:
            if start == at and at in without:
                without.add(end)
            if start == at and at in having:
                having.add(end)
        if at in without or at in having:
            having.update(end for start, end in spans if start == at)
    return size in having


@cache
def _triage() -> _Triage:
    data = table("triage")
    vocabulary = Vocabulary(data["lists"], data["fixed"])
    phrases: dict[str, dict[str, list[Phrase]]] = {}
    for kind in data.keys() - {"how to read this", "lists", "fixed"}:
        of_kind = phrases[kind] = {}
        for pattern in data[kind]:
            phrase = vocabulary.phrase(pattern)
            of_kind.setdefault(phrase.first, []).append(phrase)
    return _Triage(vocabulary, phrases)


@cache
def _small_talk() -> Vocabulary:
    return Vocabulary(table("small_talk"))
