"""Of a closed poll: the "Báo cáo dư luận xã hội" for the leaders, and its numbers as a table. Only what the page shows too:
what is hidden there is hidden here. Remarks and proposals are left for people to write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import InputError
from bot.files import documents, workbooks
from bot.files.official import Block, Chart, Grid, Letterhead, Paper, Paragraph
from bot.model import Tx
from bot.texts import survey_report as texts
from bot.texts.numbers import counted, decimal
from surveys import polls, published, results, surveys, trends
from surveys.polls import Poll
from surveys.results import QuestionResult, Results, WayResult
from surveys.suppression import LEAST
from surveys.surveys import Survey
from surveys.trends import Earlier

MEDIA_TYPES = {"docx": documents.MEDIA_TYPE, "xlsx": workbooks.MEDIA_TYPE}
FOLDER = "du-luan"
WORDS_SHOWN = 30  # of a question; the table has all
_WIDE = (5, 2, 2)
Cell = str | int


@dataclass(frozen=True, slots=True)
class Found:
    """earlier  by the number of a question: where it was asked before"""

    poll: Poll
    survey: Survey
    results: Results
    earlier: Mapping[int, Sequence[Earlier]]


def find(tx: Tx, code: str, now: datetime) -> Found:
    """Raises InputError: no such poll, or it still runs."""
    poll = polls.by_code(tx, code)
    survey = surveys.by_key(tx, poll.survey) if poll else None
    if poll is None or survey is None:
        raise InputError(texts.NOT_FOUND.format(code=code))
    found = published.of(tx, poll, now)
    if found is None:
        raise InputError(texts.NOT_CLOSED.format(title=poll.title))
    asked = enumerate(poll.questions, 1)
    before = {number: trends.earlier(tx, poll, one, now) for number, one in asked if one.kind != "open"}
    return Found(poll, survey, found, before)


def file_name(poll: Poll, form: str) -> str:
    return texts.FILE_NAMES[form].format(code=poll.code)


# The report


def paper(found: Found, head: Letterhead, timezone: ZoneInfo) -> Paper:
    about = tuple(line.format(title=found.poll.title) for line in texts.ABOUT)
    return Paper(head, about, tuple(_blocks(found, timezone)), tuple(_recipients(head)))


def _blocks(found: Found, timezone: ZoneInfo) -> Iterator[Block]:
    yield from _about(found, timezone)
    yield Paragraph(texts.PART_RESULTS, "heading")
    if not found.results.anything:
        yield Paragraph(texts.NO_RESULTS.format(least=LEAST))
    for number, question in enumerate(found.poll.questions, 1):
        if question.kind != "open" and found.results.anything:
            yield from _question(found, number, timezone)
    yield Paragraph(texts.PART_WORDS, "heading")
    yield from _words(found)
    yield Paragraph(texts.PART_DONE, "heading")
    for line in (found.survey.follow_up or texts.NOTHING_DONE).splitlines():
        if line.strip():
            yield Paragraph(line.strip())
    yield Paragraph(texts.PART_REMARKS, "heading")
    yield from [Paragraph("", "blank")] * 6


def _about(found: Found, timezone: ZoneInfo) -> Iterator[Block]:
    poll, survey = found.poll, found.survey
    yield Paragraph(texts.PART_ABOUT, "heading")
    yield Paragraph(texts.SURVEY.format(name=survey.name, purpose=survey.purpose.rstrip(".")))
    until = f"{poll.last_day(timezone):%d/%m/%Y}"
    begins = _day(poll.opens_at, timezone) if poll.opens_at else ""
    period = texts.PERIOD if begins else texts.PERIOD_UNTIL
    yield Paragraph(period.format(begins=begins, until=until))
    yield Paragraph(texts.MEANS.format(questions=len(poll.questions)))
    if found.results.ways:
        ways = "; ".join(
            texts.BALLOTS_OF.format(
                way=texts.WAYS[way.way],
                count=counted(way.ballots) if way.ballots else texts.FEW.format(least=LEAST),
            )
            for way in found.results.ways
        )
        yield Paragraph(texts.BALLOTS.format(ways=ways))
    for line in published.caveats(found.results):
        yield Paragraph(line)
    yield Paragraph(texts.NOT_A_SAMPLE)
    yield Paragraph(texts.HIDDEN_NOTE.format(least=LEAST, hidden=texts.HIDDEN), "note")


def _question(found: Found, number: int, timezone: ZoneInfo) -> Iterator[Block]:
    question = found.poll.questions[number - 1]
    yield Paragraph(texts.QUESTION.format(number=number, question=question.text), "heading2")
    if question.kind == "several":
        yield Paragraph(texts.SEVERAL, "note")
    for way, one in _by_way(found.results, number):
        yield Paragraph(_said(way, one))
        rows = tuple((line.label, _count(line.count), _share(line.share)) for line in one.table.lines)
        yield Grid((texts.OPTION, texts.PEOPLE, texts.SHARE), rows, _WIDE)
        bars = tuple((line.label, line.share) for line in one.table.lines if line.share is not None)
        if len(bars) == len(rows):  # bars that leave one out would look like all of it
            yield Chart(bars, texts.CHART.format(question=question.text, way=texts.WAYS[way.way]))
        yield from _crossed(found.poll, way, one)
        yield from _trend(found, way, one, timezone)


def _said(way: WayResult, one: QuestionResult) -> str:
    """The largest share in words."""
    table, most = one.table, results.leading(one)
    name, count = texts.WAYS[way.way], counted(table.answered) if table.answered else texts.HIDDEN
    words = [texts.SAID_BARE.format(way=name, count=count)]
    if most:
        labels, said = (
            texts.AND.join(line.label for line in most),
            texts.SAID_EACH if most[1:] else texts.SAID,
        )
        words = [said.format(count=count, way=name, label=labels, share=most[0].share)]
    if table.mean is not None:
        words.append(texts.MEAN.format(mean=decimal(table.mean)))
    return " ".join(words)


def _crossed(poll: Poll, way: WayResult, one: QuestionResult) -> Iterator[Block]:
    """A row for each group, a column for each option; a group of which nothing may be told is left out."""
    for by in dict.fromkeys(table.of for table in one.crossed):
        tables = [
            table
            for table in one.crossed
            if table.of == by and any(line.count is not None for line in table.lines)
        ]
        if not tables:
            continue
        yield Paragraph(
            texts.CROSSED.format(question=poll.questions[by - 1].text, way=texts.WAYS[way.way]), "note"
        )
        header = ("", *(line.label for line in one.table.lines))
        rows = tuple(
            (table.named or texts.NOT_SAID, *(_both(line.count, line.share) for line in table.lines))
            for table in tables
        )
        yield Grid(header, rows, (3, *(2 for _ in one.table.lines)))


def _trend(found: Found, way: WayResult, one: QuestionResult, timezone: ZoneInfo) -> Iterator[Block]:
    before = [
        (each, table) for each in found.earlier.get(one.number, ()) if (table := each.of(way.way)) is not None
    ][-3:]
    if not before:
        return
    yield Paragraph(texts.TREND.format(way=texts.WAYS[way.way]), "note")
    then = [
        texts.TREND_THEN.format(
            title=each.results.poll.title, until=f"{each.results.poll.last_day(timezone):%d/%m/%Y}"
        )
        for each, _ in before
    ]
    rows = tuple(
        (
            line.label,
            *(_share(table.lines[at].share) for _, table in before),
            _share(line.share),
        )
        for at, line in enumerate(one.table.lines)
    )
    yield Grid((texts.OPTION, *then, texts.TREND_NOW), rows, (4, *(3 for _ in then), 2))


def _words(found: Found) -> Iterator[Block]:
    if not found.results.words:
        yield Paragraph(texts.WORDS_NONE.format(least=LEAST))
    for number, said in found.results.words.items():
        question = found.poll.questions[number - 1].text
        yield Paragraph(texts.WORDS_OF.format(number=number, question=question, count=len(said)), "heading2")
        yield Paragraph(texts.WORDS_NOTE, "note")
        for words in said[:WORDS_SHOWN]:
            yield Paragraph(f"- {' '.join(words.split())}", "quote")
        if len(said) > WORDS_SHOWN:
            yield Paragraph(texts.WORDS_MORE.format(count=len(said) - WORDS_SHOWN), "note")


def _recipients(head: Letterhead) -> Iterator[str]:
    yield texts.RECIPIENT.format(superior=head.superior) if head.superior else texts.RECIPIENT_BLANK
    yield texts.RECIPIENT_BLANK
    yield texts.ARCHIVE.format(organisation=head.organisation)


# The table


def rows(found: Found) -> list[tuple[Cell, ...]]:
    """A line for each number: question, way, crossing, group, option, people, per cent. Hidden numbers say so."""
    done: list[tuple[Cell, ...]] = []
    for way in found.results.ways:
        for one in way.questions:
            asked = (one.number, one.question.text, texts.WAYS[way.way])
            for table in (one.table, *one.crossed):
                by = found.poll.questions[table.of - 1].text if table.of else ""
                group = (table.named or texts.NOT_SAID) if table.of else texts.ALL
                done.append((*asked, by, group, texts.ANSWERED, _cell(table.answered), ""))
                done += [
                    (
                        *asked,
                        by,
                        group,
                        line.label,
                        _cell(line.count),
                        "" if line.share is None else line.share,
                    )
                    for line in table.lines
                ]
    return done


def words(found: Found) -> list[tuple[Cell, ...]]:
    return [
        (number, found.poll.questions[number - 1].text, each)
        for number, said in found.results.words.items()
        for each in said
    ]


def guidance(found: Found, link: str) -> tuple[str, ...]:
    return (
        texts.GUIDE_TITLE.format(title=found.poll.title, code=found.poll.code),
        *([texts.GUIDE_LINK.format(link=link)] if link else []),
        *published.caveats(found.results),
        texts.NOT_A_SAMPLE,
        texts.HIDDEN_NOTE.format(least=LEAST, hidden=texts.HIDDEN),
    )


def _by_way(found: Results, number: int) -> Iterator[tuple[WayResult, QuestionResult]]:
    for way in found.ways:
        for one in way.questions:
            if one.number == number:
                yield way, one


def _both(count: int | None, share: int | None) -> str:
    return f"{counted(count)} ({_share(share)})" if count is not None and share is not None else _count(count)


def _count(count: int | None) -> str:
    return texts.HIDDEN if count is None else counted(count)


def _share(share: int | None) -> str:
    return texts.HIDDEN if share is None else f"{share}%"


def _cell(count: int | None) -> Cell:
    return texts.HIDDEN if count is None else count


def _day(moment: datetime, timezone: ZoneInfo) -> str:
    return moment.astimezone(timezone).strftime("%d/%m/%Y")
