"""`hoidap staff`: members, invitations and the audit log, from the machine itself."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from bot.app import codes_of
from bot.audience import audit, invites, links, staff
from bot.audience.invites import Invitation
from bot.audience.staff import ROLES, Member
from bot.clock import SystemClock, stamp
from bot.errors import UsageError
from bot.model import Address, Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import journal as journal_texts
from bot.texts import roles as texts
from handlers.staff import journal, leaving, placing
from handlers.wording import moment, networks


async def members(settings: Settings, db: Database, arguments: Namespace) -> int:
    now = SystemClock().now()
    await db.run(staff.enrol, settings.admins, now)
    everybody, invited = await db.read(_listed, settings.admins, now)
    if arguments.json:
        report = {
            "members": [_as_json(each, accounts) for each, accounts in everybody],
            "invitations": [asdict(each) | {"expires_at": stamp(each.expires_at)} for each in invited],
        }
        print(json.dumps(report, ensure_ascii=False))
        return 0
    for each, accounts in everybody:
        where = networks(account.channel for account in accounts)
        print(texts.LISTED.format(key=each.key, name=each.name, role=texts.ROLES[each.role], networks=where))
    for one in invited:
        until = moment(one.expires_at, settings.timezone)
        print(texts.LISTED_INVITATION.format(name=one.name, role=texts.ROLES[one.role], until=until))
    if not (everybody or invited):
        print(texts.NOBODY_LISTED)
    return 0


async def invite(settings: Settings, db: Database, arguments: Namespace) -> int:
    """Prints the line that the person sends to the bot. Raises UsageError, InputError."""
    role = next((each for each in ROLES if each == arguments.role), None)
    if role is None:
        raise UsageError(texts.NOT_A_ROLE.format(role=arguments.role, known=", ".join(ROLES)))
    name, clock = staff.name_from(arguments.name), SystemClock()
    codes, now = codes_of(settings, key_folder(settings), clock), clock.now()
    code = codes.fresh()
    unit = await db.read(placing.one_unit, arguments.unit, None) if arguments.unit else None
    await db.run(invites.make, codes, code, role, name, unit.key if unit else None, None, now)
    until = moment(now + invites.LASTS, settings.timezone)
    print(texts.INVITED_AT_COMMAND_LINE.format(name=name, role=texts.ROLES[role], until=until))
    print(texts.CODE_LINE.format(code=code))
    return 0


async def remove(settings: Settings, db: Database, arguments: Namespace) -> int:
    """Raises UsageError for a number that nobody has, InputError where the role has to stay."""
    now = SystemClock().now()
    await db.run(staff.enrol, settings.admins, now)
    member = await db.read(staff.by_key, settings.admins, arguments.key)
    if member is None:
        raise UsageError(texts.NOT_A_MEMBER.format(key=arguments.key))
    await db.run(leaving.leave, settings.admins, member.key, None, now)
    print(texts.REMOVED.format(name=member.name))
    return 0


async def audit_log(settings: Settings, db: Database, arguments: Namespace) -> int:
    last = max(arguments.last, 0)
    if arguments.json:
        acts = await db.read(audit.recent, last)
        print(json.dumps([asdict(act) | {"at": stamp(act.at)} for act in acts], ensure_ascii=False))
        return 0
    for line in await db.read(journal.lines, last, settings.timezone) or [journal_texts.EMPTY]:
        print(line)
    return 0


def _listed(
    tx: Tx, admins: Iterable[Address], now: datetime
) -> tuple[list[tuple[Member, list[Address]]], list[Invitation]]:
    everybody = [(each, links.accounts(tx, each.account)) for each in staff.members(tx, admins)]
    return everybody, invites.outstanding(tx, now)


def _as_json(member: Member, accounts: list[Address]) -> dict[str, object]:
    return {
        "key": member.key,
        "name": member.name,
        "role": member.role,
        "by_settings": member.by_settings,
        "networks": [account.channel for account in accounts],
    }
