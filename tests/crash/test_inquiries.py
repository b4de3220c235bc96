"""An inquiry is counted once, and two officers who answer it at once give everybody one answer, wherever a kill strikes."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest

from bot import outbox
from bot.audience import people, staff
from bot.clock import SystemClock
from bot.drafts import Drafts
from bot.model import Address, Tx
from bot.sealing import KeyFolder
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from handlers.payloads import INQUIRY, OFFICER, payload
from handlers.staff.answering import Draft
from knowledge import inquiries
from tests.crash import oracle
from tests.crash.people import Conversation
from tests.crash.questions import write_library
from tests.crash.sides import TelegramSide
from tests.crash.steps import Doom
from tests.crash.victim import Order
from tests.crash.world import free_port
from tests.crash.zygote import Zygote

QUESTION = "Bao giờ sửa cầu bắc qua suối Rồng?"
ANSWERS = ("Cầu sửa xong trong tháng mười hai.", "Cầu đang chờ cấp vốn.")
SENT, TOO_LATE, ASKED = "Đã gửi câu trả lời #1", "trước đồng chí", "số #3"
# Each with how often it certainly comes: two presses, and a send to each of five people.
PASSES = {
    "before outcome": 2,
    "inside outcome": 2,
    "after outcome": 2,
    "after claim": 1,
    "call executed": 5,
    "before record": 5,
}
SEED = 20
PATIENCE = 30.0  # seconds


class Case:
    """A database in which two people wait, a third may join them by a tap, and two officers have an answer in preview."""

    def __init__(self, folder: Path, side: TelegramSide, zygote: Zygote, port: int, first: int) -> None:
        self._folder = folder
        self._side = side
        self._zygote = zygote
        self._port = port
        self.askers = tuple(first + at for at in range(3))
        self.officers = {first + 10 + at: answer for at, answer in enumerate(ANSWERS)}
        for chat in (*self.askers, *self.officers):
            side.chats.by_name[str(chat)] = Conversation("telegram", str(chat))
            side.meet(chat)

    async def begin(self, library: Path) -> None:
        self._folder.mkdir()
        shutil.copy(library, self._folder / "hoidap.db")
        clock = SystemClock()
        drafts, now = Drafts(KeyFolder(self._folder / "keys").seal(), clock), clock.now()

        def wait(tx: Tx) -> None:
            for chat in (*self.askers, *self.officers):
                people.meet(tx, "telegram", str(chat), now.date())
            group = None
            for chat in self.askers[:2]:
                group = inquiries.send(tx, QUESTION, _at(chat), group, now).group
            drafts.keep(tx, _at(self.askers[2]), "token", {"text": QUESTION})
            for chat, answer in self.officers.items():
                staff.give_role(tx, (), _at(chat), "editor", f"Officer {chat}", None, now)
                draft = Draft(group or 0, [1, 2, 3], answer)
                drafts.keep(tx, _at(chat), "token", asdict(draft))

        db = SqliteDatabase.open(self._folder / "hoidap.db")
        await db.run(wait)
        await db.close()

    async def killed(self, step: str, passes: int, *presses: tuple[int, str]) -> None:
        """Buttons are pressed, and the service dies at this step."""
        self._side.doom = Doom(step, passes, self._zygote.kill)  # where the far side strikes
        await self._zygote.start(self._order(step, passes))
        for chat, button in presses:
            self._side.press(chat, 1, button)
        async with asyncio.timeout(PATIENCE):
            assert await self._zygote.ended()
        self._side.doom = Doom("", 0, lambda: None)

    async def served(self) -> None:
        """A service that nobody disturbs, until nothing is left to do."""
        await self._zygote.start(self._order("never", 1))
        async with asyncio.timeout(PATIENCE):
            while self._side.unconfirmed or oracle.unfinished(self._folder):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        self._zygote.kill()
        await self._zygote.ended()

    def came(self, chat: int, words: str) -> int:
        return sum(words in sent.text for sent in self._side.sent if sent.chat_id == chat)

    async def rows(self, sql: str) -> list[Row]:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        found = await db.read(lambda tx: tx.rows(sql))
        await db.close()
        return found

    async def doubts(self) -> int:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        counted = await db.read(outbox.counts)
        await db.close()
        assert {state for state, count in counted.items() if count} <= {"doubtful"}
        return counted["doubtful"]

    def _order(self, step: str, passes: int) -> Order:
        return Order(
            str(self._folder),
            self._port,
            self._side.url,
            self._side.token,
            "",
            "",
            "",
            "",
            False,
            step,
            passes,
        )


def _at(chat: int) -> Address:
    return Address("telegram", str(chat))


@pytest.mark.timeout(300)
async def test_every_asker_is_answered_once_by_one_of_two_officers(tmp_path: Path) -> None:
    library, port, random, doubts = tmp_path / "library.db", free_port(), Random(SEED), 0
    await write_library(library)
    send = payload(INQUIRY, 1, "send", "token")
    async with TelegramSide() as side, Zygote() as zygote:
        for number, step in enumerate(PASSES):
            case = Case(tmp_path / str(number), side, zygote, port, 7000 + 100 * number)
            await case.begin(library)
            joining, (one, other) = case.askers[2], case.officers
            await case.killed(step, 1, (joining, payload(OFFICER, "token")))
            await case.served()
            asked = await case.rows("SELECT number, group_key FROM inquiries ORDER BY number")
            assert [row["number"] for row in asked] == [1, 2, 3], step
            assert len({row["group_key"] for row in asked}) == 1, step

            passes = random.randint(1, PASSES[step])
            await case.killed(step, passes, (one, send), (other, send))
            await case.served()
            given = [words for words in case.officers.values() if case.came(joining, words)]
            assert len(given) == 1, step
            came = Counter({(chat, given[0]): case.came(chat, given[0]) for chat in case.askers})
            came[joining, ASKED] = case.came(joining, ASKED)
            for words in (SENT, TOO_LATE):
                came[0, words] = case.came(one, words) + case.came(other, words)
            assert all(came.values()), (step, came)
            assert came.total() - len(came) <= await case.doubts(), (step, came)
            doubts += came.total() - len(came)
            assert await case.rows("SELECT * FROM inquiry_askers") == [], step
            acts = await case.rows("SELECT act FROM audit WHERE act LIKE 'inquiry%'")
            assert [row["act"] for row in acts] == ["inquiry.answered"], step
    assert doubts, "no kill met a send that had arrived: this proves too little"
