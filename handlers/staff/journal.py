"""/nhatky: the last things that members did, for administrators."""

from __future__ import annotations

from bot.audience import audit, staff
from bot.audience.audit import Act
from bot.audience.staff import Member
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import journal as texts
from bot.texts.roles import ROLES
from handlers.context import Context
from handlers.payloads import number
from handlers.wording import plain
from knowledge import documents, superseding

SHOWN = 20


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    lines = await context.db.read(_lines, context)
    return say(inbound.address, plain("\n".join((texts.HEADING, *lines)) if lines else texts.EMPTY))


def _lines(tx: Tx, context: Context) -> list[str]:
    return [
        texts.LINE.format(
            when=act.at.astimezone(context.timezone).strftime("%d/%m %H:%M"),
            who=act.actor or texts.SERVICE,
            what=_what(tx, act),
        )
        for act in audit.recent(tx, SHOWN)
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
    document = documents.by_key(tx, key) if kind == "document" else None
    return superseding.name(document) if document else ""
