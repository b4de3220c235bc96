"""A department that sends digests: two approvers and an editor, people and a group that get them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.audience import audit, department, groups, interactions, staff, subscriptions
from bot.audience.subscriptions import Subscription
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Tx
from knowledge import documents
from knowledge.documents import DocumentDraft
from scheduler import digests, schedules
from scheduler.digests import Digest
from scheduler.schedule_words import parse
from scheduler.schedules import Schedule
from tests.dialogues.conftest import _small_knowledge
from tests.dialogues.several import TELEGRAM, Several, several
from tests.dialogues.staff.staffed import picks as picks
from tests.dialogues.staff.staffed import presses as presses

VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
CHIEF, HOA, LAN = Address("telegram", "1"), Address("zalo-bot", "hoa"), Address("zalo-oa", "lan")
GROUP = Address("telegram", "group-1")
PEOPLE = (
    Address("telegram", "11"),
    Address("zalo-bot", "12"),
    Address("zalo-oa", "13"),
    Address("zalo-oa", "14"),
)
TUESDAY = Schedule("Bản tin tuần", parse("thứ Ba hàng tuần 07:30"), ahead_hours=24)
NETWORKS = {
    "telegram": replace(TELEGRAM, edits=True),
    "zalo_bot": ZaloBot.limits,
    "zalo_oa": ZaloOA.limits,
}
EDUCATION = DocumentDraft(
    "71-NQ/TW",
    "Nghị quyết",
    "Đột phá phát triển giáo dục và đào tạo",
    "Bộ Chính trị",
    "Trung ương",
    date(2025, 8, 22),
    summary="Nêu quan điểm và mục tiêu.",
    status="in force",
)
HEALTH = replace(
    EDUCATION,
    number="72-NQ/TW",
    title="Bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân",
    issued_on=date(2025, 9, 9),
)


class Desk:
    def __init__(self, talk: Several) -> None:
        self.talk = talk

    async def says(self, one: Address, words: str) -> str:
        return await self.talk.says(one.channel, one.conversation, words)

    async def picks(self, one: Address, label: str) -> str:
        return await picks(self.talk, one, label)

    async def presses(self, one: Address, payload: str) -> str:
        return await presses(self.talk, one, payload)

    async def next(self, one: Address) -> str:
        return await self.talk.next(one.channel, one.conversation)

    async def unread(self, one: Address) -> list[str]:
        """All that has come there by now."""
        found = self.talk.networks[one.channel].unread(one.conversation)
        return [await self.next(one) for _ in found]

    def payload(self, one: Address, label: str) -> str:
        """Of the button below the last message."""
        choices = self.talk.networks[one.channel].last(one.conversation).choices
        return next(each.payload for each in choices if each.label.startswith(label))

    async def minute(self) -> None:
        """What happens by itself."""
        await self.talk.bot.digests.go_on()
        await self.talk.bot.tell_of_digests()

    async def told(self, one: Address, words: str) -> str:
        """The next message there with these words; what stands before it has been read."""
        while words not in (said := await self.next(one)):
            pass
        return said

    async def looked(self) -> None:
        """Every network has looked at what is due by now: a reply goes out after such a look."""
        for each in (CHIEF, HOA, LAN):
            await self.talk.hear(each.channel, each.conversation, "cảm ơn")
            await self.told(each, "Không có gì ạ")

    async def digest(self) -> Digest:
        (row,) = await self.talk.rows("digests")
        found = await self.talk.db.read(digests.by_key, row["key"])
        assert found
        return found

    async def acts(self, count: int = 10) -> list[str]:
        return [act.act for act in await self.talk.db.read(audit.recent, count)]

    async def alone(self) -> None:
        """Four eyes are off."""
        await self.talk.db.run(department.change, "four_eyes", "không", self.talk.clock.now())
        await self.talk.bot.refresh()

    async def has(self, schedule: Schedule) -> Schedule:
        return await self.talk.db.run(schedules.save, schedule, None, self.talk.clock.now(), VIET_NAM)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    async with several(folder, (CHIEF,), None, **NETWORKS) as talk:
        await talk.db.run(_filled, talk)
        await talk.bot.refresh()
        for each in (CHIEF, HOA, LAN):
            await talk.says(each.channel, each.conversation, "xin chào")
        yield Desk(talk)


def _filled(tx: Tx, talk: Several) -> None:
    now = talk.clock.now()
    _small_knowledge(tx)
    tx.run("UPDATE documents SET published_at = '2026-01-01T00:00:00+00:00'")  # old news
    documents.save_all(tx, (EDUCATION, HEALTH), now)
    staff.give_role(tx, (CHIEF,), HOA, "approver", "Hoa", None, now)
    staff.give_role(tx, (CHIEF,), LAN, "editor", "Lan", None, now)
    for each in PEOPLE:
        subscriptions.keep(tx, Subscription(each), now)
    interactions.note(tx, PEOPLE[2], now - timedelta(hours=3))
    groups.add(tx, GROUP, now, "Tổ dân phố 3")
    group = groups.find(tx, GROUP)
    assert group
    groups.change(tx, group.key, None, now, state="on")
