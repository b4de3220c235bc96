"""A digest tried out in one chat: the approver's own, or a group; with what is different from last time.

Nothing of it counts as sent: the chat gets the digest itself in its turn.
"""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.audience import groups
from bot.audience.groups import Group
from bot.audience.staff import Member
from bot.model import JSON, Address, Choice, Inbound, Outcome, Reply, Tx, say
from bot.texts import digest_desk as texts
from bot.texts.linking import NETWORKS
from handlers.context import Context
from handlers.payloads import number
from handlers.staff import digest_cards
from handlers.wording import day, plain
from scheduler import digests, outlook, selection
from scheduler.digests import Digest
from scheduler.outlook import Difference, Snapshot
from scheduler.rendering import render

OWN = "own"
SHOWN = 8  # groups to choose from


async def press(inbound: Inbound, context: Context, member: Member, digest: Digest, value: str) -> Outcome:
    """ "digest/7/test" asks where, "digest/7/test/own", "digest/7/test/12" (a group)"""
    if not value:
        return say(inbound.address, plain(texts.TEST_WHERE, *await context.db.read(_places, context, digest)))
    if value == OWN:
        return await _sent(inbound, context, digest, inbound.address, texts.TEST_SENT_OWN)
    group = await context.db.read(groups.by_key, number(value))
    if group is None or group.state != "on" or group.forbidden:
        return say(inbound.address, plain(texts.TEST_GONE))
    said = texts.TEST_SENT.format(where=_named(group))
    return await _sent(inbound, context, digest, group.digests_to, said)


async def _sent(inbound: Inbound, context: Context, digest: Digest, to: Address, said: str) -> Outcome:
    medium = context.media.of(to)
    if medium is None:
        return say(inbound.address, plain(texts.TEST_GONE))
    marked = replace(digest, title=f"{texts.TEST_MARK}{digest.title}")
    now = outlook.snapshot(digest)

    def read(tx: Tx) -> str:
        return _compared(tx, inbound, context, digest, now)

    def keep(tx: Tx) -> None:
        context.drafts.keep(tx, inbound.address, _name(digest), asdict(now))

    back = digest_cards.act(digest, texts.BACK, "show")
    report = plain(f"{said}\n\n{await context.db.read(read)}", back)
    replies: list[Reply] = [*render(marked, medium)]
    return Outcome((*((to, reply) for reply in replies), (inbound.address, report)), (keep,))


def _places(tx: Tx, context: Context, digest: Digest) -> list[Choice]:
    found = [
        each
        for each in groups.all_groups(tx)
        if each.state == "on" and not each.forbidden and each.at.channel in context.networks
    ]
    return [
        digest_cards.act(digest, texts.TEST_OWN, "test", OWN),
        *(digest_cards.act(digest, _named(each), "test", each.key) for each in found[:SHOWN]),
        digest_cards.act(digest, texts.BACK, "show"),
    ]


def _named(group: Group) -> str:
    if group.title:
        return texts.TEST_GROUP.format(title=group.title)
    network = NETWORKS.get(group.at.channel, group.at.channel)
    return texts.TEST_GROUP_UNNAMED.format(key=group.key, network=network)


def _compared(tx: Tx, inbound: Inbound, context: Context, digest: Digest, now: Snapshot) -> str:
    """With the last rehearsal here, else with the digest of the same schedule that went out last."""
    if kept := context.drafts.find(tx, inbound.address, _name(digest)):
        return "\n".join((texts.SINCE_TEST, *_lines(outlook.difference(now, _snapshot(kept)))))
    last = digests.before(tx, digest)
    if last is None:
        return texts.NO_EARLIER
    when = last.started_at or last.due_at
    lines = []
    if digest.greeting != last.greeting:
        lines.append(texts.NEW_GREETING)
    lines.append(texts.MORE_OR_LESS.format(now=len(digest.items), before=len(last.items)))
    chats = selection.numbers(tx, digest, context.media, context.clock.now()).chats
    lines.append(texts.CHATS.format(now=chats, before=last.chats))
    heading = texts.SINCE_LAST.format(date=day(when.astimezone(context.timezone).date()))
    return "\n".join((heading, *(f"• {each}" for each in lines)))


def _lines(found: Difference) -> list[str]:
    said = [
        *([texts.NEW_TITLE] if found.title else []),
        *([texts.NEW_GREETING] if found.greeting else []),
        *([texts.ADDED.format(names=", ".join(found.added))] if found.added else []),
        *([texts.REMOVED.format(names=", ".join(found.removed))] if found.removed else []),
        *([texts.REWORDED.format(names=", ".join(found.reworded))] if found.reworded else []),
    ]
    return [f"• {each}" for each in said or [texts.SAME]]


def _snapshot(kept: JSON) -> Snapshot:
    items = {key: (name, sentences) for key, (name, sentences) in kept["items"].items()}
    return Snapshot(kept["title"], kept["greeting"], items)


def _name(digest: Digest) -> str:
    return f"rehearsal {digest.key}"
