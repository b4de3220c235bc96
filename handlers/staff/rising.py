"""Editors hear early what many people are asking about: once a day of each thing, by how many, never by whom."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.audience import staff
from bot.model import Part, Sending, Text, Tx
from bot.texts import rising as texts
from handlers.context import Context
from handlers.staff.reaching import reached
from handlers.wording import brief
from knowledge import interest, usage
from knowledge.bursts import Burst, about, bursts
from knowledge.interest import Unanswered
from knowledge.rising import LEAST, Counted

SHOWN = 3  # questions or wordings of each
LONGEST = 120  # characters of one


@dataclass(frozen=True, slots=True)
class Rising:
    """What more people ask about than usual."""

    topics: tuple[tuple[str, Counted], ...]
    unanswered: tuple[tuple[Burst, Counted], ...]

    def __bool__(self) -> bool:
        return bool(self.topics or self.unanswered)


async def look(context: Context) -> Rising:
    now = context.clock.now()
    midnight = datetime.combine(context.today, time.min, context.timezone)
    topics = await context.db.read(interest.topics, midnight, now)
    unanswered = await context.db.read(interest.unanswered, midnight, now)
    found = await asyncio.to_thread(_rising_bursts, unanswered)
    return Rising(tuple((topic, each) for topic, each in topics.items() if each.is_rising), tuple(found))


def announce(tx: Tx, context: Context, found: Rising) -> list[Sending]:
    """What editors have not been told today, to each of them in one message; what reaches nobody stays untold."""
    members = staff.members(tx, context.admins, "editor")
    to = reached(tx, context, members)
    topics = [each for each in found.topics if not _told(tx, context, _subjects_of_topic(each[0]))]
    questions = [each for each in found.unanswered if not _told(tx, context, _subjects_of_burst(each[0]))]
    if not to or not (topics or questions):
        return []
    for topic, _ in topics:
        interest.mark_told(tx, _subjects_of_topic(topic), context.today)
    for burst, _ in questions:
        interest.mark_told(tx, _subjects_of_burst(burst), context.today)
    notice = _notice(tx, context, topics, questions)
    moment = context.clock.now().isoformat()
    return [Sending(at, notice, f"rising:{moment}:{member.key}") for member, at in to]


def _rising_bursts(unanswered: Unanswered) -> list[tuple[Burst, Counted]]:
    """Slow with many wordings: not on the event loop, and not in a transaction."""
    if sum(each.people for each in unanswered.today) < LEAST:
        return []
    found = []
    for burst in bursts(unanswered.today):
        if burst.people >= LEAST:
            before = (sum(each.people for each in about(burst, day)) for day in unanswered.before)
            counted = Counted(burst.people, tuple(before))
            found += [(burst, counted)] if counted.is_rising else []
    return found


def _told(tx: Tx, context: Context, subjects: Sequence[str]) -> bool:
    return interest.told_today(tx, subjects, context.today)


def _subjects_of_topic(topic: str) -> list[str]:
    return [f"topic:{topic}"]


def _subjects_of_burst(burst: Burst) -> list[str]:
    """Every wording: with one more of them it is the same thing still."""
    return [f"question:{each.same}" for each in burst.wordings]


def _notice(
    tx: Tx,
    context: Context,
    topics: Sequence[tuple[str, Counted]],
    questions: Sequence[tuple[Burst, Counted]],
) -> Text:
    parts = [Part(texts.HEADING, "bold")]
    for topic, counted in topics:
        most = usage.most_used_of_topic(tx, topic, context.today, SHOWN)
        parts += _one(texts.TOPIC.format(topic=topic, **_counts(counted)), texts.MOST_ASKED, most)
    for burst, counted in questions:
        wordings = [each.text for each in burst.wordings[:SHOWN]]
        parts += _one(texts.UNANSWERED.format(**_counts(counted)), texts.WORDINGS, wordings)
    parts.append(Part(f"\n\n{texts.WHAT_TO_DO}"))
    return Text(tuple(parts))


def _one(said: str, heading: str, lines: Sequence[str]) -> list[Part]:
    parts = [Part(f"\n\n{said}")]
    if lines:
        shown = (texts.LINE.format(text=brief(line, LONGEST)) for line in lines)
        parts.append(Part("\n" + "\n".join((heading, *shown))))
    return parts


def _counts(counted: Counted) -> dict[str, object]:
    usual = round(counted.usual)
    return {"people": counted.today, "usual": texts.USUAL.format(people=usual) if usual else texts.RARELY}
