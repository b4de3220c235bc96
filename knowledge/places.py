"""The province or commune behind a level ("HĐND tỉnh Phú Thọ", "Đảng ủy phường 3"), told from what is said next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from knowledge.letters import both_forms, fold
from knowledge.tables import table

_LEVEL = re.compile(r"\s+(?P<level>tinh|thanh pho|tp\b\.?|xa|phuong|huyen|dac khu)(?!\w)")
_PROVINCIAL = ("tinh", "thanh pho", "tp", "tp.")
_NUMBER = re.compile(r"\s+(?P<number>\d{1,2})(?!\w|\s*[/.-]\s*\d)")
_WORD = re.compile(r"\s+([^\W\d_]+|\d+)")
_LOOKED_AT = 5  # words: a name of two, and what may begin behind it


def place_at(cleaned: str, bare: str, at: int) -> tuple[int, str | None] | None:
    """Where a level and its name end in a clean text, given with accents and without, and the name, folded; no name where
    the level stands alone ("Đảng ủy phường nói gì"), which may be any. None where there is no level at this place."""
    level = _LEVEL.match(bare, at)
    if not level:
        return None
    end = level.end()
    if level["level"] in _PROVINCIAL and (province := _provinces().match(bare, end)):
        return province.end(), " ".join(re.findall("[a-z]+", province[0]))
    if level["level"] == "phuong" and (numbered := _NUMBER.match(bare, end)):
        return numbered.end(), numbered["number"].lstrip("0") or "0"
    ends = _words_after(bare, end)
    name = _syllables(cleaned, end, ends)
    if not name:
        return end, None
    return ends[name - 1], " ".join(bare[end : ends[name - 1]].split())


def _words_after(text: str, at: int) -> list[int]:
    """Where each of the next words ends; up to the first comma."""
    found: list[int] = []
    while len(found) < _LOOKED_AT and (word := _WORD.match(text, at)):
        at = word.end()
        found.append(at)
    return found


def _syllables(cleaned: str, start: int, ends: list[int]) -> int:
    """How many of the words belong to the name: none, one or two."""
    accents = not cleaned.isascii()
    words = [both_forms(cleaned[begin:end].strip()) for begin, end in zip([start, *ends], ends, strict=False)]
    forms = [(mark or bare) if accents else bare for bare, mark in words]
    endings = _endings(accents)
    if not forms or forms[0].isdigit() or endings.begin(forms, 0):
        return 0
    return 1 if len(forms) == 1 or forms[1].isdigit() or endings.begin(forms, 1) else 2


@dataclass(frozen=True, slots=True)
class _Endings:
    """knowledge/data/places.json, for text with accents or without: words that end a name, those that do as its first,
    those that do before another, and phrases."""

    words: frozenset[str]
    at_first: frozenset[str]
    in_company: frozenset[str]
    phrases: frozenset[tuple[str, ...]]

    def begin(self, said: list[str], at: int) -> bool:
        """Whether the name ends before the word at this place, its first (0) or its second (1)."""
        if self._surely(said, at) or (at == 0 and said[0] in self.at_first):
            return True
        if said[at] not in self.in_company:
            return False
        return self._surely(said, at + 1) if at + 1 < len(said) else at == 0

    def _surely(self, said: list[str], at: int) -> bool:
        return (
            said[at] in self.words
            or tuple(said[at : at + 2]) in self.phrases
            or (said[at].isdigit() and at > 0)
        )


@cache
def _endings(accents: bool) -> _Endings:
    data, after = table("places"), table("follow_up")

    def forms(*names: str) -> frozenset[str]:
        return frozenset(_form(word, accents) for name in names for word in data[name])

    phrases = [each.split() for each in (*data["phrases"], *after["aspects"], *after["questions"])]
    starred = ("ends with accents", "ends at first with accents")
    return _Endings(
        forms("ends", *(["ends with accents"] if accents else [])),
        forms("ends at first with accents") if accents else frozenset(),
        forms("ends in company", *(["ends at first with accents"] if accents else starred)),
        frozenset(tuple(_form(word, accents) for word in each[:2]) for each in phrases if len(each) > 1)
        - {tuple(_form(word, accents) for word in name.lower().split()) for name in data["names"]},
    )


def _form(word: str, accents: bool) -> str:
    bare, mark = both_forms(word)
    return (mark or bare) if accents else bare


@cache
def _provinces() -> re.Pattern[str]:
    names = sorted((fold(name.lower()) for name in table("places")["provinces"]), key=len, reverse=True)
    between = r"(?:\s+|\s*[-–]\s*)"
    return re.compile(rf"\s+(?:{'|'.join(between.join(name.split()) for name in names)})(?!\w)")
