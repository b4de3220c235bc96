"""Who may do more than ask: administrators, named in the settings (ADMINS) or made by a claim code.

A role belongs to an account; whoever holds it on one network holds it on all that they have linked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.audience import links
from bot.clock import stamp
from bot.model import Address, Tx


def administrators(tx: Tx, settings_admins: Iterable[Address]) -> list[Address]:
    """The accounts that hold the role themselves."""
    rows = tx.rows("SELECT channel, person FROM staff WHERE role = 'administrator' ORDER BY since")
    return list(dict.fromkeys((*settings_admins, *(Address(row["channel"], row["person"]) for row in rows))))


def is_administrator(tx: Tx, settings_admins: Iterable[Address], channel: str, person: str) -> bool:
    return bool(administrator_accounts(tx, settings_admins, Address(channel, person)))


def administrator_accounts(tx: Tx, settings_admins: Iterable[Address], account: Address) -> list[Address]:
    """Those of a person's accounts, this one or a linked one, that hold the role."""
    holders = administrators(tx, settings_admins)
    return [each for each in links.accounts(tx, account) if each in holders]


def make_administrator(tx: Tx, account: Address, now: datetime) -> None:
    tx.run(
        """INSERT INTO staff (channel, person, role, since) VALUES (:channel, :person, 'administrator', :now)
            ON CONFLICT (channel, person) DO NOTHING""",
        channel=account.channel,
        person=account.conversation,
        now=stamp(now),
    )
