"""What is no question for the knowledge base: small talk, and messages that a person must handle.

The vocabulary is knowledge/data/triage.json (which says how it is written) and small_talk.json.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.letters import fold
from knowledge.normalise import Words, words
from knowledge.phrases import Phrase, Vocabulary, occurs
from knowledge.tables import table

Sensitive = Literal["complaint", "denunciation", "emergency"]

_READ = 10_000  # characters of a message that are looked at
_SENTENCES = 500  # of a message; what follows counts as one more
_LONGEST_SMALL_TALK = 14  # words
_SMALL_TALK_READ = 300  # characters; more than so many words have, smileys and all
# A sentence keeps its end: then a message of one sentence is read once, by the matcher and here.
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Triage:
    """`phrases`: by one of the lists that they need, each with its kind."""

    vocabulary: Vocabulary
    phrases: Mapping[str, list[tuple[str, Phrase]]]


def sensitive(text: str) -> Sensitive | None:
    """Whether the message must go to people instead of the knowledge base: the gravest kind of its sentences.

    A question about the rules on complaints, denunciations or rescue is a question like any other.
    """
    found: set[Sensitive] = set()
    for sentence in filter(None, _SENTENCE_END.split(text[:_READ], _SENTENCES)):
        kind = _of_sentence(words(sentence))
        if kind == "emergency":
            return kind
        if kind:
            found.add(kind)
    return "denunciation" if "denunciation" in found else "complaint" if found else None


def speaks_of_danger(text: str) -> bool:
    """Whether the text has words of an emergency, also where it asks about the rules or is typed without accents."""
    return not _kinds(words(fold(text.lower()))).isdisjoint(("always", "emergency"))


def small_talk(text: str) -> str | None:
    """The key of the small talk that the whole message is ("greeting", "thanks" …), else None."""
    if len(text) > _SMALL_TALK_READ:
        return None
    said = words(text)
    if not 0 < len(said.folded) <= _LONGEST_SMALL_TALK:
        return None
    # Without accents on either side: a thank-you with a slip in its accents is a thank-you all the same.
    places = _small_talk().places(Words(said.clean, said.folded, ("",) * len(said.folded)))
    around = places.get("address", set()) | places.get("greeting", set())
    for key in table("small_talk"):
        if key != "address" and key in places and _covers(places[key], around, len(said.folded)):
            return str(key)
    return None


def _kinds(said: Words) -> set[str]:
    triage = _triage()
    places = triage.vocabulary.places(said)
    return {
        kind for name in places for kind, phrase in triage.phrases.get(name, ()) if occurs(phrase, places)
    }


def _of_sentence(said: Words) -> Sensitive | None:
    found = _kinds(said)
    if "always" in found:
        return "emergency"
    if "rules" in found:
        return None
    event = "topics" not in found
    if event and "emergency" in found:
        return "emergency"
    if "asking" in found:
        return None
    if "wants to denounce" in found or (
        event and "wants to complain" not in found and "denunciation" in found
    ):
        return "denunciation"
    return "complaint" if "wants to complain" in found or (event and "complaint" in found) else None


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
    kinds = data.keys() - {"how to read this", "lists", "fixed"}
    all_phrases = [(kind, vocabulary.phrase(pattern)) for kind in kinds for pattern in data[kind]]
    uses = Counter(name for _, phrase in all_phrases for name in phrase.words)
    phrases: dict[str, list[tuple[str, Phrase]]] = {}
    for kind, phrase in all_phrases:
        # By the list that fewest others need: most texts do not have it.
        phrases.setdefault(min(phrase.words, key=lambda name: (uses[name], name)), []).append((kind, phrase))
    return _Triage(vocabulary, phrases)


@cache
def _small_talk() -> Vocabulary:
    return Vocabulary(table("small_talk"))
