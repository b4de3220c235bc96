"""A text as it is read out: numbers, dates, amounts and short forms in words. Pure.

Each step leaves words where it found figures, so that no later step finds them again. What is not known is left as it
stands, and `unread` names it: a wrong word from a loudspeaker cannot be taken back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.files.syllables import is_syllable
from bot.texts import loudspeaker as texts
from bot.texts import short_forms
from scheduler import spoken_documents
from scheduler.spoken_numbers import cardinal, day, decimal, digits, month, roman, written, year

_NO_ISSUERS: Mapping[str, str] = MappingProxyType({})
_DASH = "[-–—]"


def read(text: str, issuers: Mapping[str, str] = _NO_ISSUERS) -> str:
    """ "ngày 22/12/2024" as "ngày hai mươi hai tháng mười hai năm hai nghìn không trăm hai mươi bốn"."""
    text = _plain(text)
    text = _SPECIAL.sub(lambda match: texts.SPECIAL[match[0]], text)
    text = spoken_documents.read(text, issuers)
    for pattern, said in _STEPS:
        text = pattern.sub(said, text)
    return _tidy(text)


def unread(text: str) -> tuple[str, ...]:
    """Short forms that are left in what `read` gave: somebody has to know how they are said."""
    if text.isupper():
        return ()  # all of it is written so
    found = (match[0] for match in _CAPITALS.finditer(text))
    strange = (word for word in found if word not in short_forms.KNOWN_AS_THEY_ARE and not is_syllable(word))
    return tuple(dict.fromkeys(strange))


def _plain(text: str) -> str:
    """On one line, without addresses of pages and without pictures."""
    text = _ADDRESS.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(" " if _is_picture(letter) else letter for letter in text).split())


def _is_picture(letter: str) -> bool:
    return unicodedata.category(letter) in ("So", "Cf", "Sk", "Co", "Cn", "Cs") and letter not in texts.UNITS


def _tidy(text: str) -> str:
    text = _SYMBOL.sub(lambda match: f" {texts.SYMBOLS[match[0].strip()]} ", text)
    text = re.sub(rf"(?<=\w)\s*/\s*(?=\w)|(?<=\w){_DASH}(?=\s)", ", ", text)
    return re.sub(r"\s+([,.;:!?])", r"\1", " ".join(re.sub(r"[<>|*_#]+", " ", text).split()))


# Numbers


def _number(figures: str) -> str:
    """ "2.500.000", "3,5", "05": however they are written."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figures):
        figures = figures.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", figures):
        figures = figures.replace(",", "")
    whole, _, part = figures.replace(".", ",").partition(",")
    if part:
        return decimal(whole, part)
    if len(whole) == 4 and whole[:2] in ("19", "20"):
        return year(int(whole))
    return written(whole)


def _with_dots(match: re.Match[str]) -> str:
    """ "2 500 000": a unit may follow."""
    return (match["sign"] or "") + re.sub(r"\s", ".", match["number"])


def _signed(match: re.Match[str]) -> str:
    said = _number(match["number"])
    return f"{texts.MINUS} {said}" if match["sign"] else said


def _plain_number(match: re.Match[str]) -> str:
    figures = match["number"]
    if re.fullmatch(r"\d+(?:,\d{1,2}){2,}", figures) or ("," in figures and _in_a_place(match)):
        return ", ".join(written(each) for each in figures.split(","))
    if re.fullmatch(r"\d+\.\d{1,2}(?:\.\d{1,2})*", figures) and (
        figures.count(".") > 1 or _in_a_place(match)
    ):
        return f" {texts.POINT} ".join(written(each) for each in figures.split("."))
    return _signed(match)


def _with_unit(match: re.Match[str]) -> str:
    return f"{_signed(match)} {texts.UNITS[match['unit']]}"


def _after_a_word(match: re.Match[str]) -> str:
    """The USD of "2,5 tỷ USD"."""
    return f"{match['word']} {texts.UNITS[match['unit']]}"


def _percent(match: re.Match[str]) -> str:
    return f"{_signed(match)} {texts.PERCENT}"


def _ordinal(match: re.Match[str]) -> str:
    return f"{match['word']} {ordinal(int(match['number']))}"


def ordinal(number: int) -> str:
    """ "nhất", "hai", "ba", "tư", "năm" …"""
    return {1: texts.FIRST, 4: texts.FOURTH}.get(number) or cardinal(number)


def _roman(match: re.Match[str]) -> str:
    figures, before = match["roman"], _before(match)
    cued = before.lower() in texts.BEFORE_ROMAN
    shouted = before.isupper() and len(before) > 1
    if not (number := roman(figures)) or not (
        cued or (len(figures) > 1 and not (shouted and is_syllable(figures)))
    ):
        return match[0]
    said = ordinal(number) if before.lower() == texts.ORDINAL else cardinal(number)
    return f"{said} {texts.OF_YEAR.format(year=year(int(match['year'])))}" if match["year"] else said


def _telephone(match: re.Match[str]) -> str:
    return digits(match["number"])


# Days


def _day_month_year(match: re.Match[str]) -> str:
    if not _is_day(int(match["day"]), int(match["month"])):
        return match[0]
    number = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
    return f"{_day_of(match)} {texts.OF_YEAR.format(year=year(number))}"


def _day_of(match: re.Match[str]) -> str:
    """ "ngày mùng hai tháng chín"; "ngày" is said once."""
    early = "" if match["word"] and match["word"].lower() == texts.EARLY else texts.EARLY
    return (
        f"{match['word'] or texts.DAY} {day(int(match['day']), early).strip()} "
        f"{texts.MONTH} {month(int(match['month']))}"
    )


def _month_year(match: re.Match[str]) -> str:
    number, word = int(match["month"]), match["word"]
    if not 1 <= number <= 12:
        return match[0]
    said = cardinal(number) if word and word.lower() != texts.MONTH else month(number)
    return f"{word or texts.MONTH} {said} {texts.OF_YEAR.format(year=year(int(match['year'])))}"


def _part_or_day(match: re.Match[str]) -> str:
    """ "30/4" is a day, "2/3 số hộ" a part, "45/50 đại biểu" so many out of so many."""
    above, below, after = int(match["day"]), int(match["month"]), match["after"] or ""
    led = _before(match).lower() in texts.BEFORE_A_DAY or match.string.startswith(
        f" {texts.TO} ", match.end()
    )
    likely = (
        above >= below or (above, below) in texts.FAMOUS_DAYS or "0" in (match["day"][0], match["month"][0])
    )
    if _is_day(above, below) and (match["word"] or (not after and (led or likely))):
        return _day_of(match) + after
    return f"{_share(above, below)}{after}"


def _part(match: re.Match[str]) -> str:
    return _share(int(match["above"]), int(match["below"]))


def _share(above: int, below: int) -> str:
    """ "một phần tư", "hai phần ba"; "bốn mươi lăm trên năm mươi"."""
    if above == 1 or (above <= 10 and below <= 10):
        return f"{cardinal(above)} {texts.PARTS} {texts.FOURTH if below == 4 else cardinal(below)}"
    return f"{cardinal(above)} {texts.OUT_OF} {cardinal(below)}"


def _first_of_days(match: re.Match[str]) -> str:
    """The 25 of "25–27/11"."""
    return f"{match['word'] or texts.DAY} {day(int(match['day']), texts.EARLY)} {texts.TO} "


def _said_date(match: re.Match[str]) -> str:
    return _day_of(match) if _is_day(int(match["day"]), int(match["month"])) else match[0]


def _iso(match: re.Match[str]) -> str:
    return f"{texts.DAY} {int(match[3])}/{int(match[2])}/{match[1]}"


def _years(match: re.Match[str]) -> str:
    """A school year is no stretch of time "from … to …"."""
    linked = (
        ","
        if re.search(rf"{texts.SCHOOL_YEAR}\s*$", match.string[: match.start()], re.IGNORECASE)
        else f" {texts.TO}"
    )
    return f"{year(int(match[1]))}{linked} {year(int(match[2]))}"


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if hour > 24 or minute > 59:
        return match[0]
    said = f"{cardinal(hour)} {texts.HOUR}"
    return f"{said} {cardinal(minute)} {texts.MINUTE}" if minute else said


def _named_month(match: re.Match[str]) -> str:
    return f"{match['word']} {month(int(match['month']))}"


def _is_day(number: int, of_month: int) -> bool:
    return 1 <= number <= 31 and 1 <= of_month <= 12


def _before(match: re.Match[str]) -> str:
    """The word before."""
    found = _LAST_WORD.search(match.string[: match.start()])
    return found[0] if found else ""


def _in_a_place(match: re.Match[str]) -> bool:
    return _before(match).lower() in texts.BEFORE_A_PLACE


def _each(match: re.Match[str]) -> str:
    return f" {texts.EACH} {texts.UNITS.get(match['unit'], match['unit'])}"


def _any_of(words: Mapping[str, str] | tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|</?[A-Za-z][^<>]{0,80}>")
_LAST_WORD = re.compile(r"\w+(?=[\s(“\"]*$)")
_CAPITALS = re.compile(r"(?<![\w&-])[A-ZĐƯ][A-ZĐƯ&-]*[A-ZĐƯ](?![\w&-])")
_SPECIAL = re.compile(rf"(?<![\w/.-])(?:{_any_of(texts.SPECIAL)})(?![\w/])")
_SYMBOL = re.compile(r"&|(?<=\w)\s*[=+×]\s*(?=\w)")

_SIGN = r"(?<![\w.,/])(?P<sign>(?<!\w)[-−](?=\d))?"
_AMOUNT = rf"{_SIGN}(?P<number>\d+(?:[.,]\d+)*)"
_THREES = r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3}){2,}|\d{1,3}(?:[\u00a0\u202f]\d{3})+)(?!\d)"
_WORD_OF_DAY = rf"(?:(?P<word>(?i:{texts.DAY}|{texts.EARLY}))\s+)?"
_WORD_OF_MONTH = rf"(?:\b(?P<word>(?i:{texts.MONTH}|{texts.QUARTER}))\s+)?"
_ALONE = r"(?<![\w/.,-])"
_DAY, _MONTH, _YEAR = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})", r"(?:19|20)\d\d"
_NO_MORE = r"(?![\w/]|[.,-]\d)"

_Step = tuple[re.Pattern[str], Callable[[re.Match[str]], str] | str]


def _step(pattern: str, said: Callable[[re.Match[str]], str] | str) -> _Step:
    return re.compile(pattern), said


_STEPS: tuple[_Step, ...] = (
    _step("[½¼¾]", lambda match: texts.FRACTIONS[match[0]]),
    _step(r"[≥≤><±](?=\s*\d)", lambda match: f" {texts.SYMBOLS[match[0]]} "),
    # Telephones, before anything takes their figures for numbers
    _step(
        r"(?<![\w./,])(?P<number>(?:\+84|0)(?:[ .-]?\d){8,10}|1[89]00(?:[ .-]?\d){4,6})(?![\w/])", _telephone
    ),
    _step(rf"(?i:(?<={texts.CALL} )|(?<={texts.LINE} ))(?P<number>\d{{3,5}}){_NO_MORE}", _telephone),
    # Days
    _step(rf"(?:(?i:{texts.DAY})\s+)?(?<![\w-])({_YEAR})-(\d\d)-(\d\d)(?![\w-])", _iso),
    _step(rf"{_WORD_OF_DAY}{_ALONE}{_DAY}\s*{_DASH}\s*(?=\d{{1,2}}/\d{{1,2}}(?!\d))", _first_of_days),
    _step(rf"(?<=\d/\d)\s*{_DASH}\s*(?=\d)|(?<=\d/\d\d)\s*{_DASH}\s*(?=\d)", f" {texts.TO} "),
    _step(
        rf"{_WORD_OF_DAY}{_ALONE}{_DAY}[/.-]{_MONTH}[/.-](?P<year>\d{{4}}|\d\d)(?![\w/]|[.-]\d)",
        _day_month_year,
    ),
    _step(rf"{_WORD_OF_MONTH}{_ALONE}{_MONTH}\s?[/-]\s?(?P<year>{_YEAR}){_NO_MORE}", _month_year),
    _step(rf"{_WORD_OF_DAY}{_ALONE}{_DAY}\s+(?i:{texts.MONTH})\s+{_MONTH}(?![\w/])", _said_date),
    _step(
        rf"{_WORD_OF_DAY}{_ALONE}{_DAY}/{_MONTH}(?![\w/]|[.,]\d)(?P<after>\s+(?:{_any_of(texts.AFTER_A_PART)})\b)?",
        _part_or_day,
    ),
    _step(rf"{_ALONE}(?P<above>\d{{1,9}})/(?P<below>\d{{1,9}}){_NO_MORE}", _part),
    _step(rf"(?P<word>\b(?i:{texts.MONTH}))\s+0?(?P<month>4)(?![\w/.,]\d|\d)", _named_month),
    _step(rf"{_ALONE}({_YEAR})\s*{_DASH}\s*({_YEAR})(?![\w/]|[.,]\d)", _years),
    _step(r"(?<![\w/.,:-])(?P<hour>\d{1,2})(?:\s?[hg:]\s?(?P<minute>\d\d)(?![\w:])|h(?!\w))", _time),
    # Amounts
    _step(rf"(?<=[\d%])\s*{_DASH}\s*(?=\d)", f" {texts.TO} "),
    _step(r"(?<=\d):(?=\d)", f" {texts.OUT_OF} "),
    _step(_SIGN + _THREES, _with_dots),
    _step(rf"{_AMOUNT}\s?%", _percent),
    _step(rf"{_AMOUNT}\s?(?P<unit>{_any_of(texts.UNITS)})(?!\w)", _with_unit),
    _step(rf"\b(?P<word>{_any_of(texts.LARGE)})\s(?P<unit>{_any_of(texts.UNITS)})(?!\w)", _after_a_word),
    _step(rf"(?<=[^\W\d_%])/(?P<unit>{_any_of(texts.BELOW)})(?!\w)", _each),
    _step(r"(?<!\w)(?P<unit>(?:k|c)?m[²³23])(?!\w)", lambda match: texts.UNITS[match["unit"]]),
    # Numbers that count nothing
    _step(rf"(?<![\w-])(?P<roman>[IVXL]+)(?:/(?P<year>{_YEAR}))?(?![\w-])", _roman),
    _step(rf"(?P<word>\b(?i:{texts.ORDINAL}))\s+(?P<number>\d{{1,3}})(?![\w/.,]\d|\d)", _ordinal),
    _step(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])-?(?=\d)", " "),
    _step(_AMOUNT, _plain_number),
    _step(r"(?P<sign>(?!))?(?P<number>\d+)", _signed),  # whatever is still left
    # Words
    _step(
        rf"(?<!\w)(?P<short>{_any_of(texts.BEFORE_NAMES)})(?:\.\s*|\s+)(?=[^\W\d_])",
        lambda match: f"{texts.BEFORE_NAMES[match['short']]} ",
    ),
    _step(
        rf"(?<![\w&-])(?:{_any_of(short_forms.SHORT)})(?![\w&])", lambda match: short_forms.SHORT[match[0]]
    ),
)
