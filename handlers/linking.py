"""One person on two networks: /lienket gives a code that, sent on another network, joins them; /bolienket undoes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.audience import links, staff, subscriptions
from bot.audience.codes import Issued
from bot.audience.staff import Member
from bot.model import Address, Inbound, Outcome, Reply, Tx, say
from bot.texts import linking as texts
from bot.texts import subscribing
from bot.texts.roles import ROLES
from handlers.commands import code_after
from handlers.context import Context
from handlers.wording import networks, plain
from scheduler import calling_off

WORD = "lienket"
LASTS = timedelta(minutes=10)


async def give_code(inbound: Inbound, context: Context) -> Outcome:
    """A code for the other network, in a message of its own, so that it can be copied or forwarded as it is."""
    me = _account(inbound)
    if me is None:
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    elsewhere = [channel for channel in context.networks if channel != me.channel]
    if not elsewhere:
        return say(inbound.address, plain(texts.NO_OTHER_NETWORK))
    if not context.codes.asked.allows(me):
        return say(inbound.address, plain(texts.TOO_MANY_CODES))
    context.codes.asked.count(me)
    linked = (await context.db.read(links.accounts, me))[1:]
    code, now = context.codes.fresh(), context.clock.now()

    def issue(tx: Tx) -> None:
        context.codes.issue(tx, "link", code, me, now, LASTS)

    said = [texts.CODE.format(networks=networks(elsewhere, texts.OR))]
    if linked:
        named = networks(account.channel for account in linked)
        said.append(texts.CODE_LINKED.format(networks=named, **context.words(me.channel)))
    line = plain(texts.CODE_LINE.format(code=code))
    return say(inbound.address, plain("\n\n".join(said)), line, writes=(issue,))


async def join(inbound: Inbound, context: Context) -> Outcome:
    """A code that was asked for on another network has been sent here."""
    me = _account(inbound)
    if me is None:
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    if not context.codes.wrong["link"].allows(me):
        return say(inbound.address, plain(texts.TOO_MANY_TRIES))
    code = code_after(inbound, WORD) or ""
    found = await context.db.read(_look_up, context, code, me)
    words = context.words(me.channel)
    if found is None:
        context.codes.wrong["link"].count(me)
        return say(inbound.address, plain(texts.LINK_WRONG.format(**words)))
    if refusal := _refusal(found, me, context):
        return say(inbound.address, plain(refusal.format(**words)))
    owner, identity, now = found.issued.owner, context.token(), context.clock.now()

    def link(tx: Tx) -> None:
        context.codes.spend(tx, "link", code)
        links.join(tx, me, owner, identity)
        for account in subscriptions.join(tx, me):
            calling_off.unsubscribed(tx, account, now)

    said = [texts.LINKED.format(networks=networks(each.channel for each in found.theirs), **words)]
    if found.member:  # who is talked into sending somebody else's code should notice what they give away
        said.append(texts.LINKED_ROLE.format(role=ROLES[found.member.role]))
    if found.subscribed_twice:
        said.append(subscribing.LINKED)
    sends: list[tuple[Address, Reply]] = [(inbound.address, plain("\n\n".join(said)))]
    for other in found.theirs:
        if other.channel in context.networks:
            told = texts.LINKED_ELSEWHERE.format(
                network=networks([me.channel]), **context.words(other.channel)
            )
            sends.append((other, plain(told)))
    return Outcome(tuple(sends), (link,))


async def leave(inbound: Inbound, context: Context) -> Outcome:
    me = _account(inbound)
    if me is None:
        return say(inbound.address, plain(texts.ONLY_IN_PRIVATE, to=inbound))
    others = (await context.db.read(links.accounts, me))[1:]
    if not others:
        return say(inbound.address, plain(texts.NOT_LINKED.format(**context.words(me.channel))))
    left = networks(other.channel for other in others)
    said = [texts.UNLINKED.format(networks=left, **context.words(me.channel))]
    member = await context.db.read(staff.member, context.admins, me)
    if member and member.account != me:
        there = networks([member.account.channel])
        said.append(texts.UNLINKED_ROLE.format(role=ROLES[member.role], networks=there))
    subscription = await context.db.read(subscriptions.of_person, me)
    if subscription:
        said.append(subscribing.UNLINKED.format(network=networks([subscription.at.channel])))

    def undo(tx: Tx) -> None:
        links.leave(tx, me)

    return say(inbound.address, plain(" ".join(said)), writes=(undo,))


@dataclass(frozen=True, slots=True)
class _Found:
    """A code that exists, its owner's accounts, what stands in the way, and whose role the person will have."""

    issued: Issued
    theirs: list[Address]
    joined: bool
    clash: str
    member: Member | None
    two_roles: bool
    subscribed_twice: bool


def _account(inbound: Inbound) -> Address | None:
    return Address(inbound.address.channel, inbound.sender) if inbound.private and inbound.sender else None


def _look_up(tx: Tx, context: Context, code: str, me: Address) -> _Found | None:
    issued = context.codes.find(tx, "link", code)
    if issued is None:
        return None
    theirs = links.accounts(tx, issued.owner)
    roles = [staff.member(tx, context.admins, one) for one in (me, issued.owner)]
    held = [member for member in roles if member]
    # The settings may name several accounts of one administrator; for everybody else it is one person, one role.
    two = len({member.key for member in held if not member.by_settings}) > 1
    clash = links.clash(tx, me, issued.owner)
    subscribed = all(subscriptions.of_person(tx, one) for one in (me, issued.owner))
    return _Found(issued, theirs, me in theirs, clash, held[0] if held else None, two, subscribed)


def _refusal(found: _Found, me: Address, context: Context) -> str:
    """The sentence that says why not, with commands still to be named; "" when nothing stands in the way."""
    if found.issued.expired(context.clock.now()):
        return texts.LINK_EXPIRED
    if found.issued.owner.channel == me.channel:
        return texts.SAME_NETWORK.replace("{network}", networks([me.channel]))
    if found.joined:
        return texts.ALREADY_LINKED
    if found.two_roles:
        return texts.TWO_ROLES
    if found.clash:
        return texts.CLASH.replace("{network}", networks([found.clash]))
    return ""
