"""Numbers in the words in which they are read in the north: mốt, tư, lăm, linh, nghìn. Pure."""

from __future__ import annotations

import re

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_HUNDRED, _TEN, _TENS, _EMPTY_TEN, _POINT = "trăm", "mười", "mươi", "linh", "phẩy"
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}  # hai mươi mốt, hai mươi tư, hai mươi lăm
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_LONGEST = 15  # digits: what is longer is no amount, and is read digit by digit
_READ_AS_ONE = 3  # digits after the comma that are read as one number: "ba phẩy hai mươi lăm"


def cardinal(number: int) -> str:
    """ "một trăm linh năm"."""
    return " ".join(_words(number))


def written(figures: str) -> str:
    """A number as it stands, with zeros in front: "01" is "không một"."""
    if len(figures) > _LONGEST:
        return digits(figures)
    zeros = len(figures) - len(figures.lstrip("0")) if figures.strip("0") else len(figures) - 1
    return " ".join((*[DIGITS[0]] * zeros, cardinal(int(figures))))


def decimal(whole: str, part: str) -> str:
    """ "ba phẩy năm" of "3" and "5"; "ba phẩy không năm" of "3" and "05"."""
    after = written(part) if len(part) <= _READ_AS_ONE else digits(part)
    return f"{written(whole)} {_POINT} {after}"


def digits(figures: str) -> str:
    """One by one, as telephone numbers are read."""
    return " ".join(DIGITS[int(figure)] for figure in figures if figure.isdigit())


def year(number: int) -> str:
    """As announcers read it in full: 2024 ends in "hai mươi bốn"."""
    said = cardinal(number)
    return f"{said.removesuffix(_AFTER_TENS[4])}{DIGITS[4]}" if said.endswith(_AFTER_TENS[4]) else said


def month(number: int) -> str:
    """Tháng tư is never "tháng bốn"."""
    return _AFTER_TENS[4] if number == 4 else cardinal(number)


def day(number: int, early: str) -> str:
    """ "mùng hai" up to the tenth; `early` is the word before."""
    return f"{early} {cardinal(number)}" if number <= 10 else cardinal(number)


def roman(figures: str) -> int:
    """0 for what is no Roman number."""
    if not figures or not _ROMAN.fullmatch(figures):
        return 0
    values = [_ROMAN_VALUES[figure] for figure in figures]
    return sum(
        -value if value < following else value
        for value, following in zip(values, (*values[1:], 0), strict=True)
    )


def _words(number: int) -> list[str]:
    if number < 1000:
        return _below_thousand(number, full=False)
    for value, name in _SCALES:
        if number >= value:
            above, rest = divmod(number, value)
            return [*_words(above), name, *_rest(rest)]
    raise AssertionError(number)


def _rest(number: int) -> list[str]:
    """What follows a scale: its hundreds are always said, "hai nghìn không trăm hai mươi lăm"."""
    if number == 0:
        return []
    if number < 1000:
        return _below_thousand(number, full=True)
    value, name = next((value, name) for value, name in _SCALES if number >= value)
    above, rest = divmod(number, value)
    return [*_below_thousand(above, full=True), name, *_rest(rest)]


def _below_thousand(number: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    said = [DIGITS[hundreds], _HUNDRED] if hundreds or full else []
    if rest == 0 and said:
        return said
    return [*said, *_below_hundred(rest, linked=bool(said))]


def _below_hundred(number: int, *, linked: bool) -> list[str]:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return [_EMPTY_TEN, DIGITS[ones]] if linked else [DIGITS[ones]]
    if tens == 1:
        return [_TEN, *([_AFTER_TENS[5] if ones == 5 else DIGITS[ones]] if ones else [])]
    return [DIGITS[tens], _TENS, *([_AFTER_TENS.get(ones, DIGITS[ones])] if ones else [])]
