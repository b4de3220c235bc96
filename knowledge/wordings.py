"""A question in somebody's words: as much of it as may be kept, and the one form of all its spellings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.masking import mask
from knowledge.normalise import words

LONGEST = 500  # characters kept of a question
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it may be kept: masked, and the one form of all its spellings."""

    text: str
    same: str


def question(text: str) -> Question:
    text = kept(text)
    return Question(text, same(text))


def kept(text: str, longest: int = LONGEST) -> str:
    """On one line, masked. Control characters first: one inside a phone number would hide the number."""
    return mask(" ".join(_CONTROL.sub(" ", text).split()))[:longest]


def same(text: str) -> str:
    """One form for every spelling of a question: without case, accents, punctuation."""
    return " ".join(words(text).folded)
