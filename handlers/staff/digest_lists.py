"""Which digests there are: "bản tin" lists those that wait or go out, and the latest; /viec those that want somebody."""

from __future__ import annotations

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Part, Text, Tx, say
from bot.texts import digest_desk as texts
from handlers.context import Context
from handlers.payloads import payload
from handlers.staff.digest_cards import DIGEST, at
from handlers.staff.sections import Section
from handlers.wording import brief, plain
from scheduler import digests
from scheduler.digests import Digest

SHOWN, LATEST = 8, 3
_TITLE = 50  # characters


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return say(inbound.address, await context.db.read(_listed, context, inbound.address.channel))


def section(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what waits for an approver."""
    return _section(tx, context, member, ("draft",), texts.SECTION_DRAFTS)


def going(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what goes out just now."""
    return _section(tx, context, member, ("sending", "paused"), texts.SECTION_SENDING)


def _section(
    tx: Tx, context: Context, member: Member, states: tuple[str, ...], heading: str
) -> Section | None:
    if not staff.at_least(member.role, "approver"):
        return None
    found = [each for each in digests.unfinished(tx) if each.state in states]
    choices = tuple(_choice(context, each) for each in found[:SHOWN])
    return Section(heading.format(count=len(found)), choices=choices) if choices else None


def _listed(tx: Tx, context: Context, channel: str) -> Text:
    waiting = digests.unfinished(tx)[:SHOWN]
    latest = [each for each in digests.latest_sent(tx, LATEST) if each.state == "sent"]
    if not (waiting or latest):
        return plain(texts.NOTHING.format(**context.words(channel)))
    parts: list[Part] = []
    for heading, found in ((texts.LIST, waiting), (texts.LATEST, latest)):
        if found:
            lines = "\n".join(_line(context, each) for each in found)
            parts += [Part("\n\n" if parts else ""), Part(heading, "bold"), Part(f"\n{lines}")]
    return Text(tuple(parts), tuple(_choice(context, each) for each in (*waiting, *latest)))


def _choice(context: Context, digest: Digest) -> Choice:
    """Without its number: beside the one to type, it would be taken for it."""
    label = texts.SECTION_LINE.format(title=brief(digest.title, _TITLE), when=at(context, digest.send_at))
    return Choice(label, payload(DIGEST, digest.key, "show"))


def _line(context: Context, digest: Digest) -> str:
    return texts.LINE.format(
        key=digest.key,
        title=brief(digest.title, _TITLE),
        state=texts.STATES[digest.state],
        when=at(context, digest.started_at or digest.send_at),
    )
