"""A schedule as staff type it in one message: when, and after it whatever else they decide; what cannot be read is named.

"thứ Hai hàng tuần 07:30, cấp xã, chủ đề Đất đai, đơn vị Xã Bình Minh, chỉ nhóm, không cần duyệt, tên: Bản tin tuần". Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.audience.unit_names import Names
from bot.audience.units import Unit
from bot.errors import InputError
from bot.exchange.forms import folded
from bot.texts import digests as texts
from knowledge.catalogue import LEVELS, topic_key
from knowledge.documents import Level
from knowledge.normalise import fold
from scheduler import schedule_words
from scheduler.schedules import LONGEST_AHEAD, LONGEST_VALID, Schedule

LONGEST = 500  # characters
LONGEST_NAME = 80
KNOWN_TOPICS = 8  # named where one is not known

_OPTION = re.compile(
    r"[\s,;.]*(?<!\w)(?:"
    r"(?P<name>(?:dat )?ten(?: la)?\s*:)"
    r"|(?P<levels>(?:cap van ban|van ban cap|cap)\b)"
    r"|(?P<topics>(?:chu de|linh vuc)\b)"
    r"|(?P<unit>(?:cho |o |thuoc )?don vi\b)"
    r"|(?P<everybody>(?:gui )?(?:cho )?(?:ca )?nhom va ca nhan\b)"
    r"|(?P<groups>(?:chi )?(?:gui )?(?:cho )?(?:cac )?nhom\b)"
    r"|(?P<private>(?:chi )?(?:gui )?(?:cho )?(?:cac )?ca nhan\b)"
    r"|(?P<automatic>(?:gui )?tu dong(?: gui| duyet)?\b|(?:gui )?khong can duyet\b)"
    r"|(?P<approved>(?:phai|can) duyet(?: truoc)?(?: khi gui)?\b)"
    r"|(?P<most_asked>(?:kem )?cau hoi (?:duoc hoi )?nhieu(?: nhat)?\b)"
    r"|(?P<poll>(?:kem )?khao sat\b)"
    r"|(?:ban thao )?truoc (?P<ahead_hours>\d{1,3}) ?(?:gio|tieng|h)\b"
    r"|(?:han|trong vong) (?P<valid_hours>\d{1,3}) ?(?:gio|tieng|h)\b"
    r")[\s:]*",
    re.IGNORECASE,
)
_WITH_WORDS = ("name", "levels", "topics", "unit")


def read(
    text: str, names: Names, topics: Sequence[str], today: date, base: Schedule | None = None
) -> Schedule:
    """`base` is what is to be changed: of it stays what the text does not say. Raises InputError with what to write."""
    if len(text) > LONGEST:
        raise InputError(texts.LINE_TOO_LONG.format(limit=LONGEST))
    text = " ".join(text.split())
    when, said = _parts(text)
    values: dict[str, Any] = {}
    for option, words in said:
        values |= _value(option, words, names, topics)
    if when or base is None:
        values["rule"] = schedule_words.parse(when, today)
    if base is not None:
        return replace(base, **values)
    name = values.pop("name", "") or texts.SCHEDULE_NAME.format(words=schedule_words.said(values["rule"]))
    return Schedule(name[:LONGEST_NAME], values.pop("rule"), **values)


def _parts(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The words that say when, and each option with the words that belong to it."""
    flat = fold(text)
    found = [*_OPTION.finditer(flat)]
    when = [text[: found[0].start()] if found else text]
    said = []
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        option = next(name for name, value in match.groupdict().items() if value is not None)
        words = text[match.end() : end].strip(" ,;.")
        if option in _WITH_WORDS:
            said.append((option, words))
        else:
            said.append((option, match[option]))
            when.append(words)
    return " ".join(part for part in (each.strip(" ,;.") for each in when) if part), said


def _value(option: str, words: str, names: Names, topics: Sequence[str]) -> dict[str, Any]:
    match option:
        case "name":
            if not 0 < len(words) <= LONGEST_NAME:
                raise InputError(texts.NAME_LENGTH.format(limit=LONGEST_NAME))
            return {"name": words}
        case "levels":
            return {"levels": levels_in(words)}
        case "topics":
            return {"topics": _topics(words, topics)}
        case "unit":
            return {"unit": only(names.exactly(words) or names.within(words), words)}
        case "everybody" | "groups" | "private":
            return {"audience": "all" if option == "everybody" else option}
        case "automatic" | "approved":
            return {"automatic": option == "automatic"}
        case "ahead_hours":
            return {option: _hours(words, 0, LONGEST_AHEAD, texts.AHEAD_HOURS)}
        case "valid_hours":
            return {option: _hours(words, 1, LONGEST_VALID, texts.VALID_HOURS)}
    return {option: True}  # the question asked most, a poll


def levels_in(words: str) -> tuple[Level, ...]:
    """ "xã, tỉnh", "TW và tỉnh", in the order in which they rank. Raises InputError."""
    known = {folded(level): level for level in LEVELS} | {"tw": LEVELS[0]}
    found = []
    for part in re.split(r"[,;]|\s+(?:và|va)\s+", words):
        if folded(part) not in known:
            raise InputError(texts.UNKNOWN_LEVEL.format(text=part.strip(), known=", ".join(LEVELS)))
        found.append(known[folded(part)])
    return tuple(level for level in LEVELS if level in found)


def _topics(words: str, topics: Sequence[str]) -> tuple[str, ...]:
    """A comma may belong to the name: "Khoa học, công nghệ"."""
    known = {topic_key(topic): topic for topic in topics}
    found: list[str] = []
    for part in words.split(";"):
        whole = topic_key(part) in known
        found += [part] if whole else re.split(r",|\s+(?:và|va)\s+", part)
    unknown = [each.strip() for each in found if topic_key(each) not in known]
    if unknown or not words:
        some = "; ".join(list(known.values())[:KNOWN_TOPICS]) or texts.NO_TOPICS
        raise InputError(texts.UNKNOWN_TOPIC.format(text=", ".join(unknown) or words, known=some))
    return tuple(dict.fromkeys(known[topic_key(each)] for each in found))


def only(found: Sequence[Unit], words: str) -> int:
    """The key of the one unit that these words name. Raises InputError."""
    if len(found) != 1:
        form = texts.SEVERAL_UNITS if found else texts.UNKNOWN_UNIT
        raise InputError(form.format(text=words, count=len(found)))
    return found[0].key


def _hours(words: str, least: int, most: int, told: str) -> int:
    if not least <= int(words) <= most:
        raise InputError(told.format(most=most))
    return int(words)
