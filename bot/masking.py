"""Phone numbers, citizen ids, e-mails and card numbers out of text, before anything lasting sees it. Pure.

Numbers of documents, years, dates and sums of money stay: they are what people ask about.
"""

from __future__ import annotations

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Digits in groups, as people type numbers: 0912 345 678, 0912.345.678, +84-912-345-678. A comma or a slash is not among
# the separators, so 57/2025 and 01/01/2026 are no candidates.
_DIGITS = re.compile(r"(?<![\w/])\+?\d(?:[ .\-–]?\d){7,22}(?![\w/]|-[A-ZĐ])")
_MONEY_OR_DATE = re.compile(
    r"\d{1,3}(?:\.\d{3})+|\d{1,2}[.\-]\d{1,2}[.\-]\d{4}(?:[ \-–]+\d{1,2}[.\-]\d{1,2}[.\-]\d{4})?|\d{4}[ \-–]+\d{4}"
)

PHONE, CITIZEN_ID, EMAIL, CARD, NUMBER = (
    "[số điện thoại]",
    "[số căn cước]",
    "[e-mail]",
    "[số thẻ]",
    "[dãy số]",
)


def mask(text: str) -> str:
    """The text with each of them replaced by its kind in brackets."""
    return _DIGITS.sub(_mask_digits, _EMAIL.sub(EMAIL, text))


def _mask_digits(found: re.Match[str]) -> str:
    written = found.group()
    digits = re.sub(r"\D", "", written)
    if _is_phone(written, digits):
        return PHONE
    if _MONEY_OR_DATE.fullmatch(written):
        return written
    if len(digits) == 12:
        return CITIZEN_ID
    if 13 <= len(digits) <= 19 and _luhn(digits):
        return CARD
    return NUMBER if len(digits) >= 9 else written


def _is_phone(written: str, digits: str) -> bool:
    if written.startswith("+") or digits.startswith("84"):
        return digits.startswith("84") and 10 <= len(digits) <= 12
    return digits.startswith("0") and len(digits) in {10, 11}


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if position % 2 else 1) for position, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
