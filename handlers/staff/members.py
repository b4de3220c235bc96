"""/thanhvien: who holds which role; an administrator changes it, withdraws it, or stops an invitation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.audience import invites, links, staff, units
from bot.audience.invites import Invitation
from bot.audience.staff import ROLES, Member
from bot.model import Address, Choice, Inbound, Outcome, Reply, Text, Tx, say
from bot.texts import chat
from bot.texts import roles as texts
from handlers.context import Context
from handlers.payloads import number, payload
from handlers.staff import leaving
from handlers.wording import day, moment, networks, plain

MEMBER, MEMBERS, INVITATION = "member", "members", "invitation"
WORDS = (MEMBER, MEMBERS, INVITATION)
LEAVE, LEFT, STOP = "leave", "left", "stop"
A_PAGE = 10  # people


async def show(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return await _page(inbound, context, 0)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "members/1", "member/5", "member/5/editor", "member/5/leave", "member/5/left", "invitation/3/stop" """
    word, *rest = inbound.payload.split("/")
    key, act = number(rest[0]) if rest else -1, "/".join(rest[1:])
    if word == MEMBERS:
        return await _page(inbound, context, max(key, 0))
    if word == INVITATION:
        return await _invitation(inbound, context, member, key, act)
    found = await context.db.read(staff.by_key, context.admins, key)
    if found is None:
        return say(inbound.address, plain(texts.MEMBER_GONE.format(**context.words(inbound.address.channel))))
    if not act:
        return await _one(inbound, context, found)
    if act in (LEAVE, LEFT, *ROLES):
        return await _change(inbound, context, member, found, act)
    return say(inbound.address, plain(chat.OLD_BUTTON))


async def _page(inbound: Inbound, context: Context, page: int) -> Outcome:
    everybody = await context.db.read(staff.members, context.admins)
    invited = await context.db.read(invites.outstanding, context.clock.now())
    lines = [
        *(Choice(_line(texts.MEMBER_LINE, each), payload(MEMBER, each.key)) for each in everybody),
        *(Choice(_line(texts.INVITATION_LINE, each), payload(INVITATION, each.key)) for each in invited),
    ]
    pages = -(-len(lines) // A_PAGE)
    page = min(page, pages - 1)
    heading = texts.MEMBERS if pages == 1 else texts.MEMBERS_PAGE
    said = heading.format(count=len(everybody), page=page + 1, pages=pages)
    turns = [
        *([Choice(texts.PREVIOUS_PAGE, payload(MEMBERS, page - 1))] if page else []),
        *([Choice(texts.NEXT_PAGE, payload(MEMBERS, page + 1))] if page + 1 < pages else []),
    ]
    shown = lines[page * A_PAGE : (page + 1) * A_PAGE]
    return say(inbound.address, plain(f"{said}\n\n{texts.HOW_TO_INVITE}", *shown, *turns))


def _line(words: str, of: Member | Invitation) -> str:
    return words.format(name=of.name, role=texts.ROLES[of.role])


async def _one(inbound: Inbound, context: Context, of: Member) -> Outcome:
    since, accounts, unit = await context.db.read(_facts, of)
    said = texts.MEMBER.format(
        name=of.name,
        role=texts.ROLES[of.role],
        unit=unit or texts.NO_UNIT,
        since=day(since.astimezone(context.timezone).date()),
        networks=networks(account.channel for account in accounts),
    )
    if of.by_settings:
        return say(inbound.address, plain(f"{said}\n\n{texts.MEMBER_BY_SETTINGS}"))
    changes = (
        Choice(texts.CHANGE_TO.format(role=texts.ROLES[role]), payload(MEMBER, of.key, role))
        for role in ROLES
        if role != of.role
    )
    return say(inbound.address, plain(said, *changes, Choice(texts.WITHDRAW, payload(MEMBER, of.key, LEAVE))))


def _facts(tx: Tx, of: Member) -> tuple[datetime, list[Address], str]:
    unit = units.load(tx).path(of.unit) if of.unit is not None else ""
    return staff.since(tx, of.key), links.accounts(tx, of.account), unit


async def _change(inbound: Inbound, context: Context, by: Member, of: Member, act: str) -> Outcome:
    stays = "" if act == "administrator" else await context.db.read(leaving.obstacle, context.admins, of)
    if stays:
        return say(inbound.address, plain(stays))
    now = context.clock.now()
    if act == LEAVE:
        return say(inbound.address, _sure(of))
    if act == LEFT:

        def withdraw(tx: Tx) -> None:
            leaving.leave(tx, context.admins, of.key, by.key, now)

        named = {"name": of.name, "role": texts.ROLES[of.role]}
        told = texts.WITHDRAWN_TOLD.format(**named)
        return await _told(inbound, context, of, texts.WITHDRAWN.format(**named), told, withdraw)
    role = next(each for each in ROLES if each == act)

    def change(tx: Tx) -> None:
        leaving.change(tx, context.admins, of, role, by.key, now)

    named = {"name": of.name, "role": texts.ROLES[role], "may": texts.MAY[role]}
    told = texts.CHANGED_TOLD.format(**named)
    return await _told(inbound, context, of, texts.CHANGED.format(**named), told, change)


def _sure(of: Member) -> Text:
    return plain(
        texts.WITHDRAW_SURE.format(name=of.name, role=texts.ROLES[of.role]),
        Choice(texts.WITHDRAW_YES, payload(MEMBER, of.key, LEFT)),
        Choice(texts.BACK, payload(MEMBER, of.key)),
    )


async def _told(
    inbound: Inbound, context: Context, of: Member, said: str, told: str, write: Callable[[Tx], object]
) -> Outcome:
    """Done, and the member hears of it where they can be reached; who did it to themselves has just read it."""
    sends: list[tuple[Address, Reply]] = [(inbound.address, plain(said))]
    there = await context.db.read(staff.reachable, of, context.networks)
    mine = await context.db.read(links.accounts, Address(inbound.address.channel, inbound.sender))
    if there and there not in mine:
        sends.append((there, plain(told)))
    return Outcome(tuple(sends), (write,))


async def _invitation(inbound: Inbound, context: Context, by: Member, key: int, act: str) -> Outcome:
    now = context.clock.now()
    invited = await context.db.read(invites.outstanding, now)
    found = next((each for each in invited if each.key == key), None)
    if found is None:
        return say(inbound.address, plain(texts.INVITATION_GONE))
    if act == STOP:

        def stop(tx: Tx) -> None:
            invites.withdraw(tx, key, by.key, now)

        return say(inbound.address, plain(texts.INVITATION_STOPPED.format(name=found.name)), writes=(stop,))
    until = moment(found.expires_at, context.timezone)
    said = texts.INVITATION.format(name=found.name, role=texts.ROLES[found.role], until=until)
    return say(inbound.address, plain(said, Choice(texts.INVITATION_STOP, payload(INVITATION, key, STOP))))
