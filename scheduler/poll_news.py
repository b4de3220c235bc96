"""How people answered goes back to the chats that were asked, once a poll has closed; later what was done about it.

Some hundred chats in one transaction, which also notes that they have been told: a kill tells nobody twice and leaves nobody
out. What a closed poll says does not depend on the chat, so nothing of who answered can be in it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.audience.quiet import Quiet
from bot.audience.recipients import all_recipients
from bot.channels.layout import shorten
from bot.clock import Clock
from bot.model import Address, Choice, Part, Text, Tx
from bot.storage.base import Database
from bot.texts import poll_news as texts
from bot.texts.numbers import counted
from scheduler.mailing import BATCH, Mailing
from surveys import group_polls, polls, published, reach, results, surveys, ways_in
from surveys.polls import Poll
from surveys.reach import News
from surveys.results import QuestionResult, Results, WayResult

CAUSES = "poll-news:"  # what the causes of its messages begin with
QUESTIONS = 3  # that are told; the page has them all
_SHORT = 120  # characters of a question


class PollNews:
    """token  a fresh random name"""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        mailing: Mailing,
        organisation: str,
        public_url: str | None,
        *,
        token: Callable[[], str],
    ) -> None:
        self._db = db
        self._clock = clock
        self._mailing = mailing
        self._organisation = organisation
        self._public_url = public_url
        self._token = token

    async def go_on(self) -> None:
        """All that is to be told now. Raises StorageError; what is left then is told the next time."""
        if not await self._db.read(_any):
            return
        await self._db.run(_hand_on)
        quiets = await self._db.read(_quiets)
        for poll, news in await self._db.read(_waiting, self._clock.now()):
            text = await self._db.read(self._text, poll, news)
            while await self._mailing.write(self._put, poll.key, news, text, quiets):
                pass  # until all have been told

    def _text(self, tx: Tx, poll: Poll, news: News) -> Text | None:
        survey, found = surveys.by_key(tx, poll.survey), published.of(tx, poll, self._clock.now())
        if survey is None or found is None:
            return None
        told = follow_up_words(poll, survey.follow_up, self._organisation)
        said = told if news == "follow-up" else result(found)
        if not said:
            return None
        url = ways_in.page(self._public_url, poll.code)
        return Text((Part(said),), (Choice(texts.SEE, url=url),) if url else ())

    def _put(
        self, tx: Tx, poll: int, news: News, text: Text | None, quiets: dict[Address, Quiet]
    ) -> set[str]:
        """Queue it for some of the chats; the networks that they are on, none when all are told."""
        some, now = reach.untold(tx, poll, news, BATCH), self._clock.now()
        for to in some:
            if text and self._mailing.medium(to):
                cause = f"{CAUSES}{poll}:{news}:{self._token()}"
                wait = self._mailing.not_before(to, quiets.get(to), now)
                self._mailing.put(tx, cause, to, [text], wait)
            reach.told(tx, poll, to, news)
        return {to.channel for to in some}


def result(found: Results) -> str:
    """In short: of the way in which most have answered, what most of them said to the first questions; "" of nothing."""
    way = _main_way(found)
    lines = _lines(way, texts.RESULT_LINE) if way else []
    if way is None or not lines:
        return ""
    more = [texts.RESULT_MORE.format(count=len(lines) - QUESTIONS)] if len(lines) > QUESTIONS else []
    title = texts.RESULT.format(title=found.poll.title)
    return "\n\n".join((f"{title}\n{_ballots(way)}", *lines[:QUESTIONS], *more, texts.RESULT_NOTE))


def in_short(found: Results) -> tuple[str, ...]:
    """The same for a picture, a line each."""
    way = _main_way(found)
    return tuple(_lines(way, texts.CARD_LINE)[:QUESTIONS]) if way else ()


def _main_way(found: Results) -> WayResult | None:
    return max((way for way in found.ways if way.ballots), key=lambda way: way.ballots or 0, default=None)


def _lines(way: WayResult, form: str) -> list[str]:
    """How old those are who answered, or where they live, is no opinion of theirs."""
    asked = (question for question in way.questions if not question.question.crossing)
    return [line for question in asked if (line := _line(question, form))]


def follow_up_words(poll: Poll, text: str, organisation: str) -> str:
    return texts.FOLLOW_UP.format(title=poll.title, organisation=organisation, text=text)


def _ballots(way: WayResult) -> str:
    return texts.RESULT_BALLOTS.format(count=counted(way.ballots or 0), way=texts.WAYS[way.way])


def _line(one: QuestionResult, form: str) -> str:
    most = results.leading(one)
    if not most:
        return ""
    question = shorten(one.question.text, _SHORT)
    label = texts.AND.join(line.label for line in most) + (texts.EACH if most[1:] else "")
    return form.format(number=one.number, question=question, label=label, share=most[0].share)


def _any(tx: Tx) -> bool:
    row = tx.row(
        "SELECT 1 FROM poll_chats JOIN polls ON polls.key = poll_chats.poll WHERE polls.state = 'closed' LIMIT 1"
    )
    return row is not None


def _waiting(tx: Tx, now: datetime) -> list[tuple[Poll, News]]:
    """What was done about a result is told with it, where that came first. Nothing before the totals of all groups."""
    found: list[tuple[Poll, News]] = []
    for poll in polls.in_states(tx, "closed"):
        survey = surveys.by_key(tx, poll.survey)
        news: News = "follow-up" if survey and survey.follow_up else "result"
        settled = poll.why_closed != "changed" and group_polls.settled(tx, poll, now)
        if settled and reach.untold(tx, poll.key, news, 1):
            found.append((poll, news))
    return found


def _hand_on(tx: Tx) -> None:
    """Who was asked in an earlier version hears of the last one."""
    for poll in polls.in_states(tx, "closed"):
        newest = polls.newest_version(tx, poll)
        if poll.why_closed == "changed" and newest.key != poll.key:
            reach.hand_on(tx, poll.key, newest.key)


def _quiets(tx: Tx) -> dict[Address, Quiet]:
    """The quiet times that chats have chosen themselves."""
    return {each.to: each.quiet for each in all_recipients(tx) if each.quiet}
