"""What people ask is kept without who asked; how many ask the same is counted, one person once a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.masking import EMAIL, PHONE
from bot.model import Address
from bot.settings import VIET_NAM
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from knowledge import question_log
from knowledge.question_log import Asked
from knowledge.wordings import LONGEST, question
from tests.fakes.time import MovedClock

LAN, MINH = Address("net", "lan-4711"), Address("net", "minh-4712")
TODAY = date(2026, 11, 23)


class Log:
    """Asks as a handler does, and looks at what was kept."""

    def __init__(self, db: SqliteDatabase, clock: MovedClock) -> None:
        self.db = db
        self.clock = clock
        self.day_key = b"key of the day"

    async def ask(self, sender: Address, text: str) -> None:
        asked = Asked(question(text), "none", 0.25)
        mark = question_log.asker_mark(self.day_key, sender, asked.question)
        today = self.clock.now().astimezone(VIET_NAM).date()
        await self.db.run(question_log.record, asked, sender.channel, mark, self.clock.now(), today)

    async def rows(self, table: str) -> list[Row]:
        return await self.db.read(lambda tx: tx.rows(f"SELECT * FROM {table}"))

    async def people(self) -> dict[tuple[str, str], int]:
        return {(row["question"], row["day"]): row["people"] for row in await self.rows("askings")}


@pytest.fixture
def log(db: SqliteDatabase, clock: MovedClock) -> Log:
    return Log(db, clock)


async def test_a_question_is_kept_masked_and_to_the_hour(log: Log) -> None:
    log.clock.move(minutes=47)
    await log.ask(LAN, "Nghị quyết 57? Gọi 0912 345 678 hoặc lan@example.vn")
    (row,) = await log.rows("question_log")
    assert row["text"] == f"Nghị quyết 57? Gọi {PHONE} hoặc {EMAIL}"
    assert row["asked_in"] == "2026-11-23T01:00Z"
    assert (row["outcome"], row["entry"], row["score"], row["channel"]) == ("none", None, 0.25, "net")


async def test_control_characters_are_not_kept_and_hide_nothing(log: Log) -> None:
    await log.ask(LAN, "Nghị quyết\x00 57\n là gì\x1b[31m?\x85 Gọi 0912\x00345\x07678")
    (row,) = await log.rows("question_log")
    assert row["text"] == f"Nghị quyết 57 là gì [31m? Gọi {PHONE}"
    await log.ask(LAN, "Nghị quyết 57 là gì [31m? Gọi 0912345678")
    assert list((await log.people()).values()) == [1]


async def test_nothing_about_the_sender_is_in_the_file(log: Log) -> None:
    await log.ask(LAN, "Nghị quyết 57 là gì? SĐT 0912345678")
    await log.ask(MINH, "Nghị quyết 57 là gì? SĐT 0912345678")
    await log.db.close()
    content = log.db.path.read_bytes()
    assert "Nghị quyết".encode() in content
    for private in (b"lan-4711", b"minh-4712", b"0912345678"):
        assert private not in content


async def test_one_person_is_counted_once_a_day(log: Log) -> None:
    for _ in range(5):
        await log.ask(LAN, "Nghị quyết 57 là gì?")
    await log.ask(LAN, "Nghi quyet 57 la gi?")
    await log.ask(MINH, "Nghị quyết 57 là gì?")
    assert list((await log.people()).values()) == [2]
    assert len(await log.rows("question_log")) == 7


async def test_the_same_question_in_another_spelling_is_the_same_question(log: Log) -> None:
    await log.ask(LAN, "Nghị quyết 57 là gì?")
    await log.ask(LAN, "NGHỊ  QUYẾT 57 LÀ GÌ")
    await log.ask(MINH, "nghi quyet 57 la gi")
    assert list((await log.people()).values()) == [2]


async def test_the_same_person_on_another_network_or_another_day_counts_again(log: Log) -> None:
    await log.ask(LAN, "57?")
    await log.ask(Address("other", LAN.conversation), "57?")
    log.clock.move(days=1)
    log.day_key = b"key of the next day"
    await log.ask(LAN, "57?")
    assert sorted((day, people) for (_, day), people in (await log.people()).items()) == [
        ("2026-11-23", 2),
        ("2026-11-24", 1),
    ]


async def test_the_day_is_the_local_one(log: Log) -> None:
    log.clock.move(hours=15, minutes=59)  # 23:59 in Viet Nam
    await log.ask(LAN, "57?")
    log.clock.move(minutes=2)
    await log.ask(LAN, "58?")
    assert sorted(day for _, day in await log.people()) == ["2026-11-23", "2026-11-24"]


def test_marks_tell_nothing_without_the_key() -> None:
    def mark(key: bytes = b"k", sender: Address = LAN, text: str = "57?") -> bytes:
        return question_log.asker_mark(key, sender, question(text))

    assert mark() == mark()
    assert len({mark(), mark(key=b"q"), mark(sender=MINH), mark(text="68?")}) == 4
    assert len(mark()) == 16
    # A name that runs over into the next field must not make two people one.
    assert mark(sender=Address("a", "b c")) != mark(sender=Address("a b", "c"))


async def test_the_marks_of_a_day_go_with_the_day_and_the_counts_stay(log: Log) -> None:
    await log.ask(LAN, "57?")
    assert await log.db.run(question_log.close_days_before, TODAY) == 0
    assert await log.db.run(question_log.close_days_before, TODAY + timedelta(days=1)) == 1
    assert list((await log.people()).values()) == [1]


async def test_a_letter_is_cut_after_it_was_masked(log: Log) -> None:
    await log.ask(LAN, "a" * (LONGEST - 5) + " 0912345678")
    (row,) = await log.rows("question_log")
    assert len(row["text"]) == LONGEST
    assert "0" not in row["text"]


async def test_retention(log: Log) -> None:
    await log.ask(LAN, "57?")
    log.clock.move(hours=30)
    await log.ask(LAN, "68?")
    assert await log.db.run(question_log.forget_before, log.clock.now()) == 1
    assert [row["text"] for row in await log.rows("question_log")] == ["68?"]
    assert [day for _, day in await log.people()] == ["2026-11-24"]
