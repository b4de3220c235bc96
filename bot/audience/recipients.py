"""Who gets digests: the private chats of subscribers, and the groups that have been set up and may be written to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.audience import groups, subscriptions
from bot.audience.quiet import Quiet, parse
from bot.model import Address, Tx


@dataclass(frozen=True, slots=True)
class Recipient:
    """A chat that gets digests.

    unit            of a group; of a subscriber who is a member, where they belong
    topics, levels  (): every one
    quiet           None: as the department
    members         of a group, as the platform told last
    """

    to: Address
    kind: Literal["private", "group"]
    unit: int | None = None
    topics: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    quiet: Quiet | None = None
    members: int | None = None


def all_recipients(tx: Tx) -> list[Recipient]:
    """Each once, groups first: what one of them gets is forwarded by many."""
    return [*_groups(tx), *_people(tx)]


def _groups(tx: Tx) -> list[Recipient]:
    return [
        Recipient(
            group.digests_to,
            "group",
            group.unit,
            group.topics,
            quiet=_quiet(group.quiet),
            members=group.members,
        )
        for group in groups.all_groups(tx)
        if group.state == "on" and not group.forbidden
    ]


def _people(tx: Tx) -> list[Recipient]:
    units = units_of_accounts(tx)
    return [
        Recipient(each.at, "private", units.get(each.at), each.topics, each.levels, _quiet(each.quiet))
        for each in subscriptions.all_subscriptions(tx)
    ]


def units_of_accounts(tx: Tx) -> dict[Address, int]:
    """Where members belong, by each of their accounts."""
    rows = tx.rows(
        """SELECT staff.channel, staff.person, staff.unit FROM staff WHERE unit IS NOT NULL AND left_on IS NULL
            UNION ALL
            SELECT other.channel, other.person, staff.unit FROM staff
                JOIN links AS own ON own.channel = staff.channel AND own.person = staff.person
                JOIN links AS other ON other.identity = own.identity
                WHERE staff.unit IS NOT NULL AND staff.left_on IS NULL"""
    )
    return {Address(row["channel"], row["person"]): row["unit"] for row in rows}


def _quiet(text: str | None) -> Quiet | None:
    return parse(text) if text else None
