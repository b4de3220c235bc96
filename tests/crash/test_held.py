"""What Zalo's window has stopped is brought once, wherever a kill meets its reader's coming back and asking for it."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from pathlib import Path

import pytest

from bot import outbox
from bot.clock import SystemClock
from bot.model import Address, Part, Text, Tx
from bot.outbox import BULK, REPLY
from bot.queueing import SendQueue
from bot.sealing import KeyFolder
from bot.storage.sqlite import SqliteDatabase
from bot.texts import zalo_oa as texts
from tests.crash import oracle
from tests.crash.people import Conversation
from tests.crash.questions import QUESTIONS, write_library
from tests.crash.sides import ZaloOASide
from tests.crash.steps import Doom
from tests.crash.victim import Order
from tests.crash.world import free_port
from tests.crash.zygote import Zygote
from tests.fakes.network import FakeNetwork
from tests.fakes.zalo_oa import Sent

OFFICER, DIGESTS = "Cán bộ trả lời: đúng như vậy.", ("Bản tin tuần một", "Bản tin tuần hai")
FIRST, SECOND, *_ = QUESTIONS
STEPS = ("before outcome", "inside outcome", "after outcome", "after claim", "call executed", "before record")
PATIENCE = 30.0  # seconds


class Absence:
    """A database in which two digests and an officer's answer are held for one person."""

    def __init__(self, folder: Path, person: str, side: ZaloOASide, port: int, zygote: Zygote) -> None:
        self._folder = folder
        self._person = person
        self._side = side
        self._port = port
        self._zygote = zygote
        side.chats.by_name[person] = Conversation("zalo-oa", person)

    async def begin(self, library: Path) -> None:
        self._folder.mkdir()
        shutil.copy(library, self._folder / "hoidap.db")
        seal, here = KeyFolder(self._folder / "keys").seal(), Address("zalo-oa", self._person)
        queue = SendQueue({"zalo-oa": FakeNetwork("zalo-oa")}, seal, SystemClock())

        def hold(tx: Tx) -> None:
            for number, words in enumerate(DIGESTS):
                queue.put(tx, f"digest:{number}", [(here, Text((Part(words),)))], BULK)
            queue.put(tx, "officer:1", [(here, Text((Part(OFFICER),)))], REPLY)
            tx.run("UPDATE outbox SET state = 'held', finished_at = created_at")

        db = SqliteDatabase.open(self._folder / "hoidap.db")
        await db.run(hold)
        await db.close()

    async def killed(self, words: str, step: str, passes: int) -> None:
        """The person writes, and the service dies at this step."""
        self._side.doom = Doom(step, passes, self._zygote.kill)  # where the far side strikes
        await self._zygote.start(self._order(step, passes))
        self._side.write(self._person, words)
        async with asyncio.timeout(PATIENCE):
            assert await self._zygote.ended()

    async def served(self, *expected: str, says: str = "") -> None:
        """A service that nobody disturbs, until these have come and nothing is left to do."""
        await self._zygote.start(self._order("never", 1))
        if says:
            self._side.write(self._person, says)
        async with asyncio.timeout(PATIENCE):
            await self._side.until(lambda: all(self.came(words) for words in expected), PATIENCE)
            while self._side.waiting or oracle.unfinished(self._folder):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)
        self._zygote.kill()
        await self._zygote.ended()

    def came(self, words: str) -> list[Sent]:
        return [sent for sent in self._side.sent if sent.to == self._person and words in sent.text]

    async def outcome(self) -> dict[str, int]:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        counted = await db.read(outbox.counts)
        await db.close()
        return {state: count for state, count in counted.items() if count}

    def _order(self, step: str, passes: int) -> Order:
        return Order(
            str(self._folder),
            self._port,
            "",
            "",
            "",
            "",
            self._side.url,
            self._side.issue()[1],
            True,
            step,
            passes,
        )


@pytest.mark.timeout(300)
async def test_what_was_held_comes_once(tmp_path: Path) -> None:
    library, port, doubts = tmp_path / "library.db", free_port(), 0
    await write_library(library)
    offer = texts.HELD.format(count=len(DIGESTS))
    async with ZaloOASide() as side, Zygote() as zygote:
        side.webhook = f"http://127.0.0.1:{port}/webhook/zalo-oa"
        for number, step in enumerate(STEPS):
            absence = Absence(tmp_path / str(number), str(9000 + number), side, port, zygote)
            await absence.begin(library)
            await absence.killed(FIRST, step, 1 if "outcome" in step else 2)
            await absence.served(FIRST, OFFICER, offer)
            [button] = absence.came(offer)[0].buttons
            await absence.killed(button["payload"], step, 1)
            await absence.served(*DIGESTS)
            await absence.served(SECOND, says=SECOND)
            came = Counter(
                {words: len(absence.came(words)) for words in (FIRST, OFFICER, offer, *DIGESTS, SECOND)}
            )
            outcome = await absence.outcome()
            assert came.total() - len(came) <= outcome.pop("doubtful", 0), (step, came)
            assert outcome == {}, step
            doubts += came.total() - len(came)
    assert doubts, "no kill met a send that had arrived: this proves too little"
