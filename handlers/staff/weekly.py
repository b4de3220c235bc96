"""Which answers have to be looked at again: on Mondays to every editor, and whenever one asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import learning as texts
from handlers.context import Context
from handlers.payloads import REVIEW, payload
from handlers.staff.reaching import reached
from handlers.staff.sections import Section
from handlers.wording import brief, cited, day, plain
from knowledge import documents, proposals, stale
from knowledge.stale import Stale, ToReview

SHOWN = 8  # questions of each list
LONGEST = 100  # characters of one
_MORNING = time(8)
_WORTH = timedelta(hours=36)  # after that a list that was missed waits for next Monday


def announce(tx: Tx, context: Context) -> list[Sending]:
    """This week's list, once to each; nothing when there is nothing to look at."""
    now = context.clock.now().astimezone(context.timezone)
    monday = now.date() - timedelta(days=now.weekday())
    since = now - datetime.combine(monday, _MORNING, context.timezone)
    if not timedelta(0) <= since < _WORTH:
        return []
    found = stale.to_review(tx, context.today, context.clock.now())
    proposed = proposals.count_waiting(tx)
    if not (found or proposed):
        return []
    notice = _listed(tx, texts.WEEKLY, found, proposed)
    to = reached(tx, context, staff.members(tx, context.admins, "editor"))
    return [Sending(at, notice, f"review:{monday}:{member.key}") for member, at in to]


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec."""
    if not staff.at_least(member.role, "editor"):
        return None
    found = stale.to_review(tx, context.today, context.clock.now())
    if not found:
        return None
    lists = {"superseded": found.superseded, "overdue": found.overdue, "unchanged": found.unchanged}
    counts = [texts.COUNTS[name].format(count=len(entries)) for name, entries in lists.items() if entries]
    return Section(texts.TO_REVIEW, ", ".join(counts), (Choice(texts.SEE_LIST, payload(REVIEW)),))


async def show(inbound: Inbound, context: Context, _: Member) -> Outcome:
    def read(tx: Tx) -> Text:
        found = stale.to_review(tx, context.today, context.clock.now())
        return _listed(tx, texts.TO_REVIEW, found) if found else plain(texts.ALL_REVIEWED)

    return say(inbound.address, await context.db.read(read))


def _listed(tx: Tx, heading: str, found: ToReview, proposed: int = 0) -> Text:
    lists: tuple[tuple[str, tuple[Stale, ...], Callable[[Stale], str]], ...] = (
        (texts.SUPERSEDED, found.superseded, lambda one: _old_document(tx, one)),
        (texts.OVERDUE, found.overdue, lambda one: _since(texts.DUE_ON, one)),
        (texts.UNCHANGED, found.unchanged, lambda one: _since(texts.CHANGED_ON, one)),
    )
    parts = [Part(heading, "bold")]
    for title, entries, why in lists:
        if entries:
            lines = [title.format(count=len(entries)), *(_line(one, why(one)) for one in entries[:SHOWN])]
            more = len(entries) - SHOWN
            parts.append(
                Part("\n\n" + "\n".join((*lines, *([texts.AND_MORE.format(count=more)] if more > 0 else []))))
            )
    if proposed:
        parts.append(Part(f"\n\n{texts.PROPOSED.format(count=proposed)}"))
    return Text(tuple(parts))


def _line(one: Stale, why: str) -> str:
    return texts.LINE.format(question=brief(one.question, LONGEST), why=why)


def _old_document(tx: Tx, one: Stale) -> str:
    document = documents.by_key(tx, one.document) if one.document is not None else None
    return texts.OLD_DOCUMENT.format(document=cited(document) if document else "", times=one.times)


def _since(text: str, one: Stale) -> str:
    return text.format(date=day(one.on) if one.on else "", times=one.times)
