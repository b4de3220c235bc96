"""Typed facts in a text: document references, congresses, years, ordinals; facts must agree, words may differ."""

import re
from dataclasses import dataclass

from knowledge.letters import clean, fold
from knowledge.references import KIND_WORDS, DocumentRef, references

_OF_TERMS = ("dai hoi", "dh", "khoa", "nhiem ky", "lan thu")
_TERM = re.compile(
    rf"\b(?:{'|'.join(_OF_TERMS)})(?:\s+(?:dai bieu|toan quoc|dang bo|dang|lan|thu))*"
    r"(?:\s+|(?=\d|[ivx]{2}))"  # "khoaXIV", but "khoai" is a vegetable
    r"(?P<number>[ivx]{1,6}|\d{1,2})\b(?!\s*(?:nam|thang|ngay|tuoi|nguoi|[/%.-]\s*\d))"
)
# These begin with plain letters and look back behind them: so they are found many times faster.
_ANY_YEAR = re.compile(r"((?:19|20)(?<![\d/.,]\d\d)\d\d)(?![\d%]|[.,]\d)")
_DATE_YEAR = re.compile(r"\d[/.-]((?:19|20)\d\d)(?!\d)")
_ORDINAL = re.compile(r"thu (?<!\wthu )(?<!lan thu )(nhat|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi|\d{1,2})\b")
_PLENUM = re.compile(
    r"\b(?:hoi nghi(?: lan thu)?|trung uong|tw)\s+(?P<number>[ivx]{1,5}|\d{1,2})\b(?!\s*[/-]\s*\d)"
)
_ORDINALS = {
    word: at
    for at, word in enumerate(("nhat", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"), 1)
} | {"tu": 4}
_ROMAN_LETTER = re.compile(r"[ivx]\b(?:(?<=[vx])|(?<=[ivx]i)|(?<=\bi))")
_DIGIT = re.compile(r"\d")
_ROMAN_NUMBER = re.compile(r"(?:khoa|hoi|dh|ky|thu|bieu|quoc|bo|dang|lan|nghi|uong|tw)\s*[ivx]{1,6}\b")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states exactly. `rest` is the cleaned text with each reference as "nghị quyết 57" and each
    congress as "đại hội 14"; `without` is the cleaned text with the references taken out."""

    references: tuple[DocumentRef, ...]
    terms: frozenset[int]
    years: frozenset[int]
    ordinals: frozenset[int]
    rest: str
    without: str

    @property
    def states(self) -> bool:
        """Whether there are any: most texts state nothing exactly."""
        return bool(self.references or self.terms or self.years or self.ordinals)


def facts(text: str) -> Facts:
    """Every typed fact in a text, which may be raw."""
    cleaned = clean(text)
    bare = fold(cleaned)
    has_digits = _DIGIT.search(bare) is not None
    is_roman = _ROMAN_LETTER.search(bare) is not None and _ROMAN_NUMBER.search(bare) is not None
    if not (has_digits or is_roman or _ORDINAL.search(bare)):  # as most texts
        return Facts((), frozenset(), frozenset(), frozenset(), cleaned, cleaned)
    named: list[DocumentRef] = []
    rest, without = [], []
    at = 0
    for start, end, found in references(cleaned, bare) if has_digits else ():
        named += found
        rest += [
            cleaned[at:start],
            " ".join(f"{KIND_WORDS.get(ref.kind or '', 'văn bản')} {ref.number}" for ref in found),
        ]
        without += [cleaned[at:start], " "]
        at = end
    rest.append(cleaned[at:])
    without.append(cleaned[at:])
    remaining = "".join(without)
    flat = fold(remaining) if named else bare
    return Facts(
        tuple(named),
        _terms(flat) if has_digits or is_roman else frozenset(),
        _years(flat),
        frozenset(_ORDINALS.get(word) or int(word) for word in _ORDINAL.findall(flat)),
        _terms_in_digits("".join(rest)) if is_roman else "".join(rest),
        remaining,
    )


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if not _ROMAN.fullmatch(text):
        return None
    values = [{"i": 1, "v": 5, "x": 10}[char] for char in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _terms(flat: str) -> frozenset[int]:
    if not any(word in flat for word in _OF_TERMS):
        return frozenset()
    return frozenset(number for match in _TERM.finditer(flat) if (number := _number(match["number"])))


def _years(flat: str) -> frozenset[int]:
    if "19" not in flat and "20" not in flat:
        return frozenset()
    return frozenset(int(year) for pattern in (_ANY_YEAR, _DATE_YEAR) for year in pattern.findall(flat))


def _terms_in_digits(text: str) -> str:
    bare = fold(text)
    for pattern in (_TERM, _PLENUM):
        at = 0
        parts: list[str] = []
        for match in pattern.finditer(bare):
            if not match["number"].isdigit() and (number := _number(match["number"])):
                parts += [text[at : match.start("number")], str(number)]
                at = match.end("number")
        if parts:
            text = "".join([*parts, text[at:]])
            bare = fold(text)
    return text
