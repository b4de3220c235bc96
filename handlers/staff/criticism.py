"""👎 with its reason reaches whoever looks after the answer: gathered for an hour, counted, never with a person."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.model import Address, Choice, Part, Sending, Text, Tx
from bot.texts import learning as texts
from handlers.context import Context
from handlers.payloads import ANSWER, payload
from handlers.staff.reaching import reached
from handlers.wording import brief
from knowledge import entries, feedback
from knowledge.entries import Entry
from knowledge.feedback import Criticised

SHOWN = 8  # answers in one message, the most criticised first; the others come an hour later
LONGEST, LABEL = 120, 40  # characters of a question, on a button
_WORKED_ON_IT = ("entry.proposed", "phrasing.proposed")  # who accepted it has only read it


def announce(tx: Tx, context: Context) -> list[Sending]:
    """What has been said since the last time, to the member who last worked on the entry, else to every editor."""
    editors = reached(tx, context, staff.members(tx, context.admins, "editor"))
    if not editors:
        return []
    found = [(each, entry) for each in feedback.untold(tx) if (entry := entries.by_key(tx, each.entry))]
    lists: dict[tuple[Member, Address], list[tuple[Criticised, Entry]]] = {}
    for each, entry in found[:SHOWN]:
        for editor in _responsible(tx, entry, editors):
            lists.setdefault(editor, []).append((each, entry))
        feedback.mark_told(tx, entry.key)
    moment = context.clock.now().isoformat()
    return [
        Sending(at, _notice(theirs), f"criticism:{moment}:{member.key}")
        for (member, at), theirs in lists.items()
    ]


def _responsible(
    tx: Tx, entry: Entry, editors: Sequence[tuple[Member, Address]]
) -> Sequence[tuple[Member, Address]]:
    last = audit.last_actor(tx, f"entry:{entry.key}", _WORKED_ON_IT)
    return [each for each in editors if each[0].key == last] or editors


def _notice(criticised: Sequence[tuple[Criticised, Entry]]) -> Text:
    lines = "\n".join(
        texts.CRITICISED_LINE.format(question=brief(entry.question, LONGEST), reasons=_reasons(each))
        for each, entry in criticised
    )
    parts = (
        Part(texts.CRITICISED, "bold"),
        Part(f"\n\n{lines}"),
        Part(f"\n\n{texts.CRITICISED_HOW}", "italic"),
    )
    shown = (
        Choice(texts.SEE_ANSWER.format(question=brief(entry.question, LABEL)), payload(ANSWER, entry.key))
        for _, entry in criticised
        if entry.status in entries.ANSWERABLE
    )
    return Text(parts, tuple(shown))


def _reasons(criticised: Criticised) -> str:
    return "; ".join(
        texts.REASON.format(reason=texts.REASONS[reason], count=count) for reason, count in criticised.reasons
    )
