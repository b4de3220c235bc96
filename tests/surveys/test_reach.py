"""Which chats have been asked: who hears what, once, and when it is forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot import erasure
from bot.model import Address, Tx
from bot.sealing import KeyFolder
from bot.storage.sqlite import SqliteDatabase
from surveys import reach
from surveys.ballots import Ballots
from tests.fakes.time import MovedClock
from tests.surveys.setup import opened

LAN, GROUP = Address("telegram", "700001"), Address("telegram", "-100500")


async def test_a_chat_hears_each_thing_once_and_is_then_forgotten(
    db: SqliteDatabase, clock: MovedClock, keys: KeyFolder
) -> None:
    def scene(tx: Tx) -> None:
        poll = opened(tx, Ballots(keys), clock.now())
        for _ in range(2):
            reach.note_chat(tx, poll, LAN)
        reach.note_chat(tx, poll, GROUP)
        assert reach.chats(tx, poll) == [GROUP, LAN]
        assert reach.untold(tx, poll, "result", 1) == [GROUP]
        reach.told(tx, poll, GROUP, "result")
        assert reach.untold(tx, poll, "result", 9) == [LAN]
        reach.told(tx, poll, GROUP, "follow-up")
        reach.told(tx, poll, LAN, "follow-up")  # nobody hears of a result after what was done about it
        assert reach.chats(tx, poll) == []

    await db.run(scene)


async def test_a_chat_goes_with_its_person_and_moves_with_its_group(
    db: SqliteDatabase, clock: MovedClock, keys: KeyFolder
) -> None:
    def scene(tx: Tx) -> None:
        poll = opened(tx, Ballots(keys), clock.now())
        newer = opened(tx, Ballots(keys), clock.now())
        reach.note_chat(tx, poll, LAN)
        reach.note_chat(tx, poll, GROUP)
        reach.move(tx, GROUP, "-100501")
        reach.hand_on(tx, poll, newer)
        assert (reach.chats(tx, poll), reach.chats(tx, newer)) == ([], [Address("telegram", "-100501"), LAN])
        assert erasure.kept(tx, LAN, LAN.conversation).asked == 1
        erasure.erase(tx, LAN, LAN.conversation)
        assert erasure.kept(tx, LAN, LAN.conversation).asked == 0
        assert reach.chats(tx, newer) == [Address("telegram", "-100501")]

    await db.run(scene)


async def test_after_sixty_days_nobody_knows_who_was_asked(
    db: SqliteDatabase, clock: MovedClock, keys: KeyFolder
) -> None:
    def scene(tx: Tx) -> None:
        box = Ballots(keys)
        poll = opened(tx, box, clock.now())
        reach.note_chat(tx, poll, LAN)
        box.close(tx, poll, "time", clock.now() + timedelta(days=7))
        assert reach.forget(tx, clock.now() + timedelta(days=66)) == 0
        assert reach.forget(tx, clock.now() + timedelta(days=68)) == 1

    await db.run(scene)
