"""The department that sends digests, with a survey: what staff, subscribers and groups see of its polls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from bot import inbox
from bot.model import Tx
from handlers.staff import poll_notices
from surveys import polls, surveys
from surveys.polls import Poll, PollDraft, Question
from surveys.running import Running
from tests.dialogues.staff.digesting import CHIEF, HOA, Desk, desk

HEARD = Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố"))
WISH = Question("open", "Bạn mong muốn điều gì?")
DRAFT = PollDraft("Bà con và chuyển đổi số", (HEARD, WISH))
CODE = "k7m2q9"


class Polling(Desk):
    async def drafted(
        self,
        draft: PollDraft = DRAFT,
        *,
        code: str = CODE,
        previous: int | None = None,
        units: tuple[int, ...] = (),
    ) -> int:
        """As an import leaves it; the key."""
        now = self.talk.clock.now()

        def write(tx: Tx) -> int:
            survey = next(iter(surveys.all_surveys(tx)), None)
            of = (
                survey.key
                if survey
                else surveys.add(
                    tx,
                    "Chuyển đổi số",
                    "biết bà con cần gì",
                    date(2026, 11, 1),
                    date(2026, 12, 31),
                    units,
                    now,
                )
            )
            old = polls.by_key(tx, previous) if previous else None
            return polls.add(tx, of, draft, code, now + timedelta(days=7), now, old)

        return await self.talk.db.run(write)

    async def opened(self, draft: PollDraft = DRAFT) -> int:
        """By itself, at its time; both approvers have read that."""
        key = await self.drafted(replace(draft, opens_at=self.talk.clock.now()))
        now = self.talk.clock.now()
        await self.talk.db.run(lambda tx: polls.move(tx, key, "approved", among_states=("draft",), now=now))
        await self.minute()
        for each in (CHIEF, HOA):
            await self.told(each, "đã mở theo lịch")
        return key

    async def minute(self) -> None:
        await Running(self.talk.db, self.talk.bot.box, self.talk.clock, inbox.waits).round()
        await self.talk.bot.invitations.go_on()
        await self.talk.bot.reminders.go_on()
        await self.talk.bot.tell(poll_notices.announce)

    async def poll(self, key: int = 1) -> Poll:
        found = await self.talk.db.read(polls.by_key, key)
        assert found
        return found

    async def causes(self) -> list[str]:
        return sorted(
            row["cause"] for row in await self.talk.rows("outbox") if row["cause"].startswith("poll:")
        )

    async def due(self) -> set[datetime]:
        rows = await self.talk.rows("outbox")
        return {datetime.fromisoformat(row["due_at"]) for row in rows if row["cause"].startswith("poll:")}


@asynccontextmanager
async def polling(folder: Path) -> AsyncIterator[Polling]:
    async with desk(folder) as office:
        yield Polling(office.talk)
