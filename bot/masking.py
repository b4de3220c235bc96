"""Phone numbers, citizen ids, e-mails and card numbers out of text, before anything lasting sees it. Pure.

Numbers of documents, years, dates and sums of money stay: they are what people ask about.
"""

from __future__ import annotations

import re

PHONE, CITIZEN_ID, EMAIL, CARD, NUMBER = (
    "[số điện thoại]",
    "[số căn cước]",
    "[e-mail]",
    "[số thẻ]",
    "[dãy số]",
)

# Every repetition has an end: a long message must not cost more than its length.
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")

_ALONE = r"(?<![\d+])(?<!\d[ .\-–])"  # not the middle of a longer number
_YEAR = r"(?:19|20)\d\d"
_SMALL = rf"(?:{_YEAR}|[1-9]\d?)"
_UNIT = r"(?:đ|đồng(?! chí)|vnđ|vnd|usd|nghìn|ngàn|triệu|tỷ|tỉ)(?![\w/])"
_KEPT = re.compile(
    "("
    r"(?<!\d)(?<!\d[.\-])\d{1,2}([./\-])\d{1,2}\2\d{4}(?!\d)"  # 22.12.2024
    rf"|{_ALONE}(?!84\b){_SMALL}(?:[ \-–]{{1,3}}{_SMALL}){{1,30}}(?![ .\-–]?\d)"  # 2021-2025; nghị quyết 57 59 66 68 70
    # 84.500.000.000, but 84.912.345.678 is a telephone
    rf"|{_ALONE}(?!84\.[35789]\d\d\.\d{{3}}\.(?!000)\d{{3}}(?!\.?\d))[1-9]\d{{0,2}}(?:\.\d{{3}}){{1,6}}(?![.\-–]?\d)"
    rf"|{_ALONE}[1-9]\d{{0,18}}(?: \d{{3}}){{0,6}}[ \u00a0]?{_UNIT}"  # 1 000 000 000 đồng
    ")",
    re.IGNORECASE,
)
# Digits as people type numbers: 0912 345 678, 0912.345.678, +84-912-345-678, (024) 3825 1234; what is invisible or a
# space of another kind comes along when a number is copied. A comma and a slash separate numbers.
_BETWEEN = r"[ \t\u00a0\u2000-\u200f\u202a-\u202f\u2060\ufeff.\-‐-—_()]{0,3}"
_RUN = re.compile(rf"(?:\(\+?(?=\d{{2,4}}\))|\+)?\d(?:{_BETWEEN}\d){{8,}}")


def mask(text: str) -> str:
    """The text with each of them replaced by its kind in brackets."""
    masked, end = [], 0
    text = _EMAIL.sub(EMAIL, text)
    for kept in _KEPT.finditer(text):
        masked += [_RUN.sub(_kind, text[end : kept.start()]), kept.group()]
        end = kept.end()
    return "".join((*masked, _RUN.sub(_kind, text[end:])))


def _kind(run: re.Match[str]) -> str:
    """What nine digits or more are."""
    digits = re.sub(r"\D", "", run.group())
    if _is_phone(digits):
        return PHONE
    if len(digits) == 12 and digits.startswith("0"):
        return CITIZEN_ID
    if 13 <= len(digits) <= 19 and _luhn(digits):
        return CARD
    several = [digits[start : start + 10] for start in range(0, len(digits), 10)]
    return " ".join(PHONE for _ in several) if all(map(_is_phone, several)) else NUMBER


def _is_phone(digits: str) -> bool:
    if digits.startswith(("84", "0084")):
        return 10 <= len(digits.removeprefix("00")) <= 12
    return digits.startswith("0") and len(digits) in {10, 11}


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if position % 2 else 1) for position, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
