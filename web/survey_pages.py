"""What the page of a poll shows, as values: consent, questions, the look back, a plain sentence, or the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.model import Tx
from bot.texts import polls as poll_texts
from bot.texts import survey_page as texts
from handlers import poll_prompts as prompts
from handlers.wording import day, moment
from scheduler import poll_news
from surveys import polls, published, surveys
from surveys.polls import Poll
from surveys.results import Results, Table, WayResult
from surveys.suppression import LEAST
from surveys.surveys import Survey
from web import survey_forms as forms
from web.survey_forms import Asked, Filled


@dataclass(frozen=True, slots=True)
class Result:
    """
    ways      of each question every way of answering with its table: (way, of how many ballots, table, crossed tables)
    versions  each with what it is and its address; none where there is only one
    """

    survey: Survey
    results: Results
    until: str
    notices: tuple[str, ...]
    newer: str
    versions: tuple[tuple[str, str], ...]

    def of(self, number: int) -> Iterator[tuple[WayResult, Table, Sequence[tuple[str, tuple[Table, ...]]]]]:
        """What was answered to a question, in each way; crossed by each question that others are looked at by."""
        for way in self.results.ways:
            for one in way.questions:
                if one.number == number:
                    asked = self.results.poll.questions
                    yield (
                        way,
                        one.table,
                        [
                            (asked[by - 1].text, tuple(table for table in one.crossed if table.of == by))
                            for by in dict.fromkeys(table.of for table in one.crossed)
                        ],
                    )

    @property
    def anything(self) -> bool:
        return self.results.anything or bool(self.results.words)


@dataclass(frozen=True, slots=True)
class View:
    """
    name     consent, questions, look, plain or result: what the template shows
    link     leads on, with its words; empty where nothing does
    """

    name: str
    title: str
    status: int = 200
    lines: tuple[str, ...] = ()
    description: str = ""
    code: str = ""
    notice: str = ""
    asked: tuple[Asked, ...] = ()
    carried: tuple[tuple[str, str], ...] = ()
    link: tuple[str, str] = ("", "")
    result: Result | None = None


def plain(status: int, title: str, *lines: str, link: tuple[str, str] = ("", "")) -> View:
    return View("plain", title, status, lines, link=link)


@dataclass(frozen=True, slots=True)
class Composer:
    organisation: str
    public_url: str | None
    timezone: ZoneInfo

    def instead(self, tx: Tx, poll: Poll, now: datetime, filled: Filled = forms.EMPTY) -> View | None:
        """What is shown of a poll that takes no answers now, to somebody who has filled this in; None of one that does."""
        if not poll.has_opened:
            opens = poll.opens_at if poll.state == "approved" else None
            said = texts.NOT_YET_FROM.format(day=day(opens.astimezone(self.timezone))) if opens else ""
            return plain(404, texts.NOT_YET_TITLE, said or texts.NOT_YET)
        if poll.state == "closed":
            return self.result(tx, poll, now)
        if poll.closes_at < now:
            return self.late(poll)
        if poll.state != "paused":
            return None
        if any(filled.given.values()):
            return self.kept(poll, filled, texts.PAUSED_KEPT)
        return plain(200, texts.PAUSED_TITLE, texts.PAUSED)

    def card_lines(self, tx: Tx, poll: Poll, now: datetime) -> tuple[str, ...]:
        """Of a closed poll what most have said; else how little it takes to answer."""
        found = published.of(tx, poll, now)
        if said := poll_news.in_short(found) if found else ():
            return (texts.RESULT_OF, *said[:2])
        invited = texts.CARD_OPEN.format(questions=len(poll.questions), minutes=poll.minutes)
        until = texts.PERIOD.format(until=prompts.until(poll, self.timezone))
        return (invited, texts.CARD_NOBODY, until) if found is None else (texts.RESULT_OF, until)

    def consent(self, tx: Tx, poll: Poll) -> View:
        words = prompts.consent_words(
            poll,
            _survey_of(tx, poll),
            self.organisation,
            self.timezone,
            poll_texts.KEPT_ON_PAGE,
            poll_texts.COPY_ON_PAGE,
        )
        lines = tuple(line for line in words.splitlines() if line.strip())
        description = texts.DESCRIPTION_OPEN.format(
            organisation=self.organisation, questions=len(poll.questions), minutes=poll.minutes
        )
        return View("consent", poll.title, lines=lines, description=description, code=poll.code)

    def questions(self, poll: Poll, filled: Filled, notice: str = "", status: int = 200) -> View:
        return View(
            "questions",
            poll.title,
            status if status != 200 or not filled.problems else 422,
            code=poll.code,
            notice=notice,
            asked=forms.asked(poll, filled),
        )

    def look_back(self, poll: Poll, filled: Filled, notice: str = "", status: int = 200) -> View:
        return View(
            "look",
            poll.title,
            status,
            code=poll.code,
            notice=notice,
            asked=forms.asked(poll, filled),
            carried=tuple(forms.carried(poll, filled)),
        )

    def kept(self, poll: Poll, filled: Filled, notice: str, status: int = 200) -> View:
        """Not now: the form stays as it was filled in."""
        again = self.look_back if filled.answers and not filled.problems else self.questions
        return again(poll, filled, notice, status)

    def thanks(self, poll: Poll) -> View:
        return plain(
            200,
            texts.THANKS_TITLE,
            poll_texts.THANKS.format(until=prompts.until(poll, self.timezone)),
        )

    def late(self, poll: Poll) -> View:
        closed = moment(poll.closes_at, self.timezone)
        return plain(200, texts.LATE_TITLE, texts.LATE.format(moment=closed))

    def result(self, tx: Tx, poll: Poll, now: datetime) -> View:
        found = published.of(tx, poll, now)
        if found is None:
            raise LookupError(f"poll {poll.key} has been closed and has no results")
        newer = polls.newest_version(tx, poll)
        return View(
            "result",
            poll.title,
            description=texts.DESCRIPTION_CLOSED.format(organisation=self.organisation),
            code=poll.code,
            result=Result(
                _survey_of(tx, poll),
                found,
                prompts.until(poll, self.timezone),
                tuple(_notices(found)),
                newer.code if newer.key != poll.key and newer.state == "open" else "",
                tuple(_versions(tx, poll)),
            ),
        )


def _notices(found: Results) -> Iterator[str]:
    yield from published.caveats(found)
    if not found.anything:
        yield texts.NOBODY.format(least=LEAST)


def _versions(tx: Tx, poll: Poll) -> Iterator[tuple[str, str]]:
    there = [each for each in polls.of_survey(tx, poll.survey) if _same(tx, each, poll)]
    for each in there if len(there) > 1 else ():
        state = texts.VERSION_OVER if each.state == "closed" else texts.VERSION_OPEN
        if each.why_closed == "changed":
            state = texts.VERSION_CLOSED
        if each.key == poll.key:
            state = f"{state} ({texts.THIS_VERSION})"
        yield (
            texts.VERSION.format(version=each.version, state=state),
            each.code if each.key != poll.key else "",
        )


def _same(tx: Tx, one: Poll, other: Poll) -> bool:
    """Whether both are versions of one poll that people have been asked."""
    return one.has_opened and polls.newest_version(tx, one).key == polls.newest_version(tx, other).key


def _survey_of(tx: Tx, poll: Poll) -> Survey:
    survey = surveys.by_key(tx, poll.survey)
    if survey is None:
        raise LookupError(f"poll {poll.key} belongs to no survey")
    return survey
