"""What a headline, or a line that somebody types, says about a document: its number, kind, date, issuer, title. Pure.

Only what stands there: a date that cannot be, or lies ahead, is none. Numbers come out in their usual form
("57-NQ/TW", "71/NQ-CP", "18/2025/NQ-HĐND"), however they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.document_words import (
    CODES,
    ISSUER,
    KIND,
    is_half,
    issuer_of_body,
    issuer_said,
    kind_of_code,
    kind_said,
    number_from,
)
from knowledge.documents import Level
from knowledge.exchange import inference
from knowledge.normalise import words

FIRST_YEAR = 1930
LONGEST = 2_000  # characters that are looked at

_NUMBER = (
    r"(?<![\w/.,-])(?P<at>\d{1,5})(?:\s?/\s?(?P<year>(?:19|20)\d\d))?"
    rf"(?:\s?[-–—‑/]\s?(?P<code>{CODES})\s?[-–—‑/]\s?(?P<body>[a-zđ]{{2,14}}\d{{0,2}}(?:-[a-zđ]{{2,10}})?)"
    r"|\s?/\s?(?P<assembly>(?:ubtv)?qh)\s?(?P<term>\d{1,2}))(?![\w/])"
)
_DAY = (
    r"(?<![\d/.-])(?P<day>\d{1,2})(?:\s?[/.-]\s?|\s+tháng\s+)(?P<month>\d{1,2})(?:\s?[/.-]\s?|,?\s+năm\s+)"
    r"(?P<of>\d{4})(?!\d)"
)
_SO = r"(?:\bsố\b)?[\s:.]*"
_LEAD = re.compile(
    r"(?:\W*\([\w. ]{2,30}\)\s*[-–—:]?)?"  # "(Chinhphu.vn) -"
    r"(?:\W*\b(?:toàn văn|nguyên văn|infographics?|giới thiệu|công bố|ban hành|văn bản|xem|tải về)\b\W*)*"
    rf"(?:\W*(?P<issuer>{ISSUER})(?:\s*:|\s+(?:vừa\s+|đã\s+|mới\s+|chính thức\s+)*(?:ký\s+)?ban hành)\s+"
    # A body that nothing else tells; "sẽ ban hành" is not there yet.
    rf"|(?!\W*(?:{KIND}|\d))[^,.;:]{{2,60}}?(?<!sẽ)(?<!chưa)(?<!sắp)(?<!đề nghị)(?<!dự kiến)(?<!không)(?<!trình)(?<!cần)"
    rf"(?<!việc)(?<!phải)\s+(?:ký\s+)?ban hành\s+(?={KIND}))?\W*",
    re.IGNORECASE,
)
_WITH_KIND = re.compile(
    rf"(?P<kind>{KIND})(?:\s+(?:của\s+)?(?P<issuer>{ISSUER}))?[\s:,]*{_SO}{_NUMBER}", re.IGNORECASE
)
_BARE = re.compile(rf"{_SO}{_NUMBER}", re.IGNORECASE)
# "Kế hoạch hóa", "Luật sư" are other words; "Nghị quyết 57 đi vào cuộc sống" is about a document, and is none itself.
_KIND_ALONE = re.compile(
    rf"(?P<kind>{KIND})\b(?!\s+(?:hóa|hoá|sư|viên|gia|này|trên)\b)(?![\s:]*(?:số\s*)?\d)", re.IGNORECASE
)
# What begins a document's name also where it has no number; "Báo cáo …" and "Thông báo …" begin other things as well.
_NAMING = frozenset(
    ("Nghị quyết", "Chỉ thị", "Kết luận", "Kế hoạch", "Chương trình hành động", "Nghị định", "Thông tư", "Luật", "Quy định",
     "Pháp lệnh", "Hướng dẫn", "Quyết định", "Đề án")
)  # fmt: skip
_DAY_AFTER = re.compile(rf"[\s,(]*(?:(?:ban hành|ký)\s+)?(?:ngày\s+)?{_DAY}[\s)]*", re.IGNORECASE)
_ISSUER_AFTER = re.compile(
    rf"[\s,(]*(?:(?:của|do)\s+)?(?P<issuer>{ISSUER})(?:\s+ban hành)?[\s)]*", re.IGNORECASE
)
# A body that we do not know, up to where something else begins.
_BODY_AFTER = re.compile(
    r"[\s,(]*(?:của|do)\s+(?P<issuer>[^\W\d_][^,.;:–()]{2,80}?)(?:\s+ban hành)?"
    r"(?=\s+(?:về|v/v|ngày|quy định|thực hiện|sửa đổi|triển khai)\b|\s*[,.;:–()]|\s+-\s|$)",
    re.IGNORECASE,
)
_TERM_AFTER = re.compile(
    r"[\s,(]*(?:(?:Đảng\s+)?khó[aá]\s+[IVXLC\d]+|năm\s+(?:19|20)\d\d)\b[\s)]*", re.IGNORECASE
)
# "Nghị quyết Đại hội đại biểu Đảng bộ …", "Kế hoạch năm 2026 về …": a title as a whole
_WHOLE = re.compile(r"\s+(?:Đại hội|năm\s+\d{4})\b", re.IGNORECASE)
_ABOUT = re.compile(r"[\s,;:.–—-]*(?:(?:về việc|về|v/v)(?!\w))?[\s:.–—-]*", re.IGNORECASE)
_ANY_NAME = re.compile(rf"(?:(?P<kind>{KIND})[\s:,]*)?{_SO}{_NUMBER}", re.IGNORECASE)
_ANY_DAY = re.compile(_DAY, re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…;])\s+")
_PUBLISHING = re.compile(rf"(?:(?P<issuer>{ISSUER})\s+)?(?:đã\s+|vừa\s+)*(?:ký\s+)?ban hành", re.IGNORECASE)
_APPLIED = re.compile(r"(?:thực hiện|triển khai|quán triệt|thay thế|căn cứ|theo)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognised:
    """title     what is left without the name: "Phát triển kinh tế tư nhân"; "" where the name is all there is; the whole
              text where there is no name
    itself    whether the text is a document's own name; else it mentions one, or is none at all
    """

    title: str
    number: str | None = None
    kind: str | None = None
    issued_on: date | None = None
    issuer: str | None = None
    level: Level | None = None
    itself: bool = False


def recognise(text: str, summary: str = "", *, today: date) -> Recognised:
    """What a title says; its summary fills in what the title of a document leaves open."""
    text, summary = _tidy(text), _tidy(summary)
    found = _name(text, today) or _mentioned(text, today)
    if found.itself:
        found = _completed(found, summary, today)
    issuer = found.issuer or issuer_of_body(found.number)
    return replace(
        found,
        issuer=issuer,
        level=inference.level(found.number, issuer or "") if found.number or issuer else None,
    )


def says_only_its_name(title: str, number: str | None) -> bool:
    """Whether a title says nothing beyond the name of its document: "Kết luận số 210-KL/TW ngày 12/11/2025"."""
    if not number or (found := _name(_tidy(title), date.max)) is None:
        return False
    return not found.title and found.number == number


def topics_in(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of the known topics that the text names word for word."""
    said = f" {words(text)} "
    return tuple(topic for topic in known if str(words(topic)) and f" {words(topic)} " in said)


def _name(text: str, today: date) -> Recognised | None:
    """The text as a document's own name; None where it does not begin with one."""
    lead = _LEAD.match(text)
    before, start = (lead["issuer"], lead.end()) if lead else (None, 0)
    if found := _WITH_KIND.match(text, start):
        kind, number = kind_said(found["kind"]), number_from(found)
        before = found["issuer"] or before
    elif found := _BARE.match(text, start):
        kind, number = kind_of_code(found["code"], found["body"]) or "", number_from(found)
    elif found := _KIND_ALONE.match(text, start):
        kind, number = kind_said(found["kind"]), ""
        if kind not in _NAMING:
            return None
    else:
        return None
    day, issuer, end = _after(text, found.end(), today)
    issuer = issuer or (issuer_said(before) if before else None)
    if not number and _WHOLE.match(text, found.end()):
        end = found.start()
    about = _ABOUT.match(text, end)
    rest = text[about.end() if about else end :].strip(" ,.;:–—-\"“”'()[]|")
    if not number and not issuer and len(rest.split()) < 3:  # "Kế hoạch năm mới"
        return None
    if not kind and (again := _KIND_ALONE.match(rest)):  # "294-QĐ/TW: Quy định thi hành Điều lệ Đảng"
        kind = kind_said(again["kind"])
    return Recognised(_capital(rest), number or None, kind or None, day, issuer, itself=True)


def _after(text: str, at: int, today: date) -> tuple[date | None, str | None, int]:
    """Day and issuer that stand right behind a document's kind and number, in any order, and where they end."""
    day: date | None = None
    issuer: str | None = None
    for _ in range(4):
        if found := _DAY_AFTER.match(text, at):
            day = day or _day(found, today)
        elif found := _TERM_AFTER.match(text, at):
            pass
        elif not issuer and (found := _issuer_after(text, at)):
            issuer = issuer_said(found["issuer"])
        else:
            break
        at = found.end()
    return day, issuer, at


def _issuer_after(text: str, at: int) -> re.Match[str] | None:
    known, any_body = _ISSUER_AFTER.match(text, at), _BODY_AFTER.match(text, at)
    if known and not (is_half(known["issuer"]) and any_body):
        return known
    return any_body


def _mentioned(text: str, today: date) -> Recognised:
    """The first document that a text names somewhere, with what stands behind it."""
    found = _ANY_NAME.search(text)
    if not found:
        return Recognised(text)
    kind = kind_said(found["kind"]) if found["kind"] else kind_of_code(found["code"], found["body"])
    day, issuer, _ = _after(text, found.end(), today)
    return Recognised(text, number_from(found), kind, day, issuer)


def _completed(found: Recognised, summary: str, today: date) -> Recognised:
    """With what the summary says of the same document: in the sentence that tells of its number."""
    for sentence in _SENTENCE.split(summary):
        for name in _ANY_NAME.finditer(sentence):
            if not _is_it(found, name, sentence):
                continue
            day, issuer, _ = _after(sentence, name.end(), today)
            said = _PUBLISHING.search(sentence)
            if said and said["issuer"]:
                issuer = issuer or issuer_said(said["issuer"])
            days = [each for each in _ANY_DAY.finditer(sentence) if _day(each, today)]
            if day is None and said and len(days) == 1:
                day = _day(days[0], today)
            return replace(
                found,
                number=found.number or number_from(name),
                kind=found.kind or (kind_said(name["kind"]) if name["kind"] else None),
                issued_on=found.issued_on or day,
                issuer=found.issuer or issuer,
            )
    return found


def _is_it(found: Recognised, name: re.Match[str], sentence: str) -> bool:
    """Whether a number in the summary is the document's: the same one, or one of its kind that nothing is done after."""
    if found.number:
        return number_from(name) == found.number
    kind = kind_said(name["kind"]) if name["kind"] else kind_of_code(name["code"], name["body"])
    return kind == found.kind and not _APPLIED.search(sentence[: name.start()])


def _day(found: re.Match[str], today: date) -> date | None:
    try:
        day = date(int(found["of"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR and day <= today else None


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text[:LONGEST].split()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
