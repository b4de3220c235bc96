"""A department with an approver, two editors and a collaborator, and people who ask what the bot cannot answer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.audience import people, staff
from bot.audience.staff import Role
from bot.model import Address, Text, Tx
from bot.storage.base import Row
from tests.dialogues.conftest import _small_knowledge as small_knowledge
from tests.dialogues.several import TELEGRAM, WEB, ZALO, Several, several

BRIDGE = "Bao giờ sửa cầu bắc qua suối Rồng?"
BRIDGE_BARE = "bao gio sua cau bac qua suoi rong"
ROAD = "Bao giờ sửa đường qua suối Rồng?"
ANSWER = "Cầu được sửa xong trước ngày 30/12/2026."

STAFF: tuple[tuple[Address, Role, str], ...] = (
    (Address("telegram", "11"), "editor", "Lan"),
    (Address("zalo-bot", "minh"), "editor", "Minh"),
    (Address("telegram", "12"), "approver", "Hoa"),
    (Address("telegram", "13"), "collaborator", "Tú"),
)
LAN, MINH, HOA, TU = ((account.channel, account.conversation) for account, _, _ in STAFF)
CITIZEN, ZALO_CITIZEN, OA_CITIZEN, VISITOR = (
    ("telegram", "7"),
    ("zalo-bot", "an"),
    ("zalo-oa", "binh"),
    ("web", "v"),
)
_NUMBER = re.compile(r"^\d+\. ")  # before a label that stands whole in a line above the buttons
Person = tuple[str, str]


class Office(Several):
    """Monday, eight in the morning, with everybody on duty."""

    async def asks(self, person: Person, words: str) -> str:
        """A citizen asks and sends it on; the confirmation."""
        offer = await self.says(*person, words)
        assert "Gửi cán bộ" in offer, offer
        return await self.picks(person, "Gửi cán bộ")

    async def picks(self, person: Person, label: str) -> str:
        """Somebody chooses what starts like this under their last message; the next message that comes back."""
        await self.chooses(person, label)
        return await self.next(*person)

    async def chooses(self, person: Person, label: str) -> None:
        """The same, without waiting for what comes back."""
        last = self.last(person)
        choice = next((each for each in last.choices if _NUMBER.sub("", each.label).startswith(label)), None)
        if choice:
            await self.hear(*person, "", payload=choice.payload, message_id="m")
            return
        found = re.findall(rf"^(\d+)\. {re.escape(label)}", last.plain, re.MULTILINE)
        await self.hear(*person, found[-1])

    async def replies(self, person: Person, words: str) -> str:
        """A member replies to the last message, where the network tells us which it was."""
        await self.hear(*person, words, quoted=self.last(person).plain)
        return await self.next(*person)

    async def read(self, *people: Person) -> list[str]:
        """The next message of each."""
        return [await self.next(*person) for person in people]

    def unread(self, person: Person) -> list[str]:
        return self.networks[person[0]].unread(person[1])

    def last(self, person: Person) -> Text:
        network, conversation = person
        return self.networks[network].last(conversation)

    async def settled(self) -> None:
        """Everything that was said has been handled."""
        await self.says("web", "somebody else", "cảm ơn")

    async def audit(self) -> list[str]:
        return [row["act"] for row in await self.rows("audit")]

    async def group(self, number: int) -> Row:
        def of(tx: Tx) -> Row | None:
            return tx.row(
                """SELECT inquiry_groups.* FROM inquiry_groups JOIN inquiries ON group_key = key
                    WHERE number = :number""",
                number=number,
            )

        found = await self.db.read(of)
        assert found
        return found


@asynccontextmanager
async def office(folder: Path) -> AsyncIterator[Office]:
    async with several(folder, telegram=TELEGRAM, zalo_bot=ZALO, zalo_oa=ZALO, web=WEB) as networks:
        talk = Office(
            networks.bot, networks.db, networks.clock, tuple(networks.networks.values()), networks.codes
        )
        await talk.db.run(small_knowledge)
        await talk.db.run(_hire, talk.clock.now())
        await talk.bot.refresh()
        yield talk


def _hire(tx: Tx, now: datetime) -> None:
    for account, role, name in STAFF:
        staff.give_role(tx, (), account, role, name, None, now)
        people.meet(tx, account.channel, account.conversation, now.date())
