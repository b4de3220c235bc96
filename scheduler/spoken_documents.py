"""Document numbers as they are read: "57-NQ/TW" is "Nghị quyết số năm mươi bảy của Trung ương". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.texts import loudspeaker as texts
from scheduler.spoken_numbers import cardinal, written, year

_KINDS = "|".join(sorted(map(re.escape, set(texts.KINDS.values())), key=len, reverse=True))
_SHORT_KINDS = "|".join(sorted(map(re.escape, texts.KINDS), key=len, reverse=True))
_NUMBERED = re.compile(
    rf"(?:\b(?P<kind>(?i:{_KINDS})|{_SHORT_KINDS})\s+)?(?P<so>\b(?i:số)\s*:?\s*)?"
    r"(?<![\w/.,-])(?P<number>\d{1,5})(?P<letter>[a-z])?(?:/(?P<year>(?:19|20)\d\d))?[-/]"
    r"(?P<suffix>[A-ZĐƯ][\w&]+(?:[-/.][A-ZĐƯ][\w&]*)*)(?![\w/-])"
)
# "NQ 57", "NQ57", "CT số 01": a kind in short, and only where a number follows.
_SHORT_KIND = re.compile(rf"(?<![\w-])(?P<kind>{_SHORT_KINDS})(?P<gap>\s*)(?=\d|\s+số\s*\d)")
_TERM = re.compile(r"(?P<body>\D+?)(?P<term>\d{1,2})")
# Whoever issued it is named all the same: "… ngày 22/12/2024 của Bộ Chính trị".
_ISSUER_FOLLOWS = re.compile(
    rf"\s*(?:,?\s*(?:ngày|{texts.ISSUED})\b[^.;]{{0,80}}?)?\s*,?\s{texts.OF_DOCUMENT}\b"
)


def read(text: str, issuers: Mapping[str, str]) -> str:
    """`issuers` has who issued a document, by its number, where that is known better than its number tells."""

    def said(match: re.Match[str]) -> str:
        kind, body = _suffix(match["suffix"])
        if not (kind or body):
            return match[0]
        named = match["kind"] or ("" if match["so"] else kind or texts.A_DOCUMENT)
        issuer = issuers.get(match[0].rpartition(" ")[2], body)
        follows = _ISSUER_FOLLOWS.match(match.string, match.end())
        parts = (
            texts.KINDS.get(named, named),
            texts.NUMBER,
            written(match["number"]),
            match["letter"],
            texts.OF_YEAR.format(year=year(int(match["year"]))) if match["year"] else "",
            f"{texts.OF_DOCUMENT} {issuer}" if issuer and not follows else "",
        )
        return " ".join(part for part in parts if part)

    text = _NUMBERED.sub(said, text)
    return _SHORT_KIND.sub(lambda match: texts.KINDS[match["kind"]] + (match["gap"] or " "), text)


def _suffix(suffix: str) -> tuple[str, str]:
    """The kind and the body that a suffix names; "" for what it does not, or not surely ("TU": which one?)."""
    first, *others = re.split(r"[-/.]", suffix)
    kind = texts.KINDS.get(first, "")
    bodies = (found for part in (others if kind else (first, *others)) if (found := _body(part)))
    return kind, next(bodies, "")


def _body(part: str) -> str:
    if part in texts.BODIES:
        return texts.BODIES[part]
    found = _TERM.fullmatch(part)  # the Quốc hội of a term: "QH15"
    if found and found["body"] in texts.BODIES:
        return f"{texts.BODIES[found['body']]} {texts.TERM.format(number=cardinal(int(found['term'])))}"
    return ""
