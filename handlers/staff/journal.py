"""/nhatky: the last things that members did, for administrators."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.audience import audit, staff, units
from bot.audience.audit import Act
from bot.audience.staff import Member
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import journal as texts
from bot.texts.roles import ROLES
from handlers.context import Context
from handlers.payloads import number
from handlers.wording import plain, short_name
from knowledge import documents

SHOWN = 20


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    said = await context.db.read(lines, SHOWN, context.timezone)
    return say(inbound.address, plain("\n".join((texts.HEADING, *said)) if said else texts.EMPTY))


def lines(tx: Tx, limit: int, timezone: ZoneInfo) -> list[str]:
    """The last acts in words, the newest first."""
    return [
        texts.LINE.format(
            when=act.at.astimezone(timezone).strftime("%d/%m %H:%M"),
            who=act.actor or texts.SERVICE,
            what=_what(tx, act),
        )
        for act in audit.recent(tx, limit)
    ]


def _what(tx: Tx, act: Act) -> str:
    """ "giao vai trò biên tập cho Bình" of "role.given", "member:5 editor"."""
    subject, _, detail = act.subject.partition(" ")
    kind, _, key = subject.partition(":")
    named = _named(tx, kind, number(key)) or texts.SUBJECTS.get(kind, subject).format(key=key)
    to, _, other = detail.partition(":")
    detail = _named(tx, to, number(other)) or ROLES.get(detail, detail)
    words = texts.ACTS.get(act.act)
    return words.format(subject=named, detail=detail) if words else f"{act.act} {named} {detail}".strip()


def _named(tx: Tx, kind: str, key: int) -> str:
    """ "" for what has no name that people know, or is not there any more."""
    if kind == "member":
        return staff.name_of(tx, key)
    if kind == "unit":
        unit = units.load(tx).units.get(key)
        return unit.name if unit else ""
    document = documents.by_key(tx, key) if kind == "document" else None
    return short_name(document) if document else ""
