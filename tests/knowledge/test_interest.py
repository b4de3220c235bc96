"""People by the hour: each once a day, whatever they type, and the same hours of earlier days to compare with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.model import Address, Tx
from bot.storage.sqlite import SqliteDatabase
from knowledge import interest, question_log
from knowledge.rising import Counted
from knowledge.wordings import question

MIDNIGHT = datetime(2026, 11, 22, 17, tzinfo=UTC)  # of the local Monday 23/11
TEN = MIDNIGHT + timedelta(hours=10)
DAY = timedelta(days=1)


def mark(person: str, subject: str) -> bytes:
    return question_log.subject_mark(b"key", Address("net", person), subject)


def asks(tx: Tx, person: str, topic: str, at: datetime) -> None:
    interest.count_topics(tx, [(topic, mark(f"{person} {at.date()}", f"topic:{topic}"))], at, at.date())


def wonders(tx: Tx, person: str, text: str, at: datetime) -> None:
    interest.count_unanswered(tx, question(text), mark(f"{person} {at.date()}", "unanswered"), at, at.date())


async def test_a_person_counts_once_a_day_for_a_topic(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> dict[str, Counted]:
        for person in ("lan", "lan", "minh"):
            asks(tx, person, "Đất đai", TEN)
        asks(tx, "lan", "Giáo dục", TEN)
        asks(tx, "lan", "Đất đai", TEN + DAY)
        return interest.topics(tx, MIDNIGHT, TEN)

    assert await db.run(fill) == {"Đất đai": Counted(2, ()), "Giáo dục": Counted(1, ())}


async def test_days_before_count_until_the_same_time_and_quiet_ones_too(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> Counted:
        for days, hours in ((3, 0), (3, 2), (1, -3), (0, 0)):
            asks(tx, f"p{days}{hours}", "Đất đai", TEN - days * DAY + timedelta(hours=hours))
        asks(tx, "old", "Đất đai", TEN - 40 * DAY)
        return interest.topics(tx, MIDNIGHT, TEN)["Đất đai"]

    assert await db.run(fill) == Counted(1, (0,) * 25 + (1, 0, 1))


async def test_of_somebody_who_asks_again_in_other_words_the_first_counts(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> interest.Unanswered:
        wonders(tx, "lan", "bao giờ sáp nhập thôn, gọi tôi 0912 345 678", TEN)
        wonders(tx, "lan", "sáp nhập thôn khi nào", TEN)
        wonders(tx, "minh", "SÁP NHẬP thôn khi nào?", TEN)
        wonders(tx, "mai", "sáp nhập thôn khi nào", TEN - 2 * DAY)
        wonders(tx, "mai", "sáp nhập thôn khi nào", TEN - 3 * DAY)
        return interest.unanswered(tx, MIDNIGHT, TEN)

    found = await db.run(fill)
    assert {each.text: each.people for each in found.today} == {
        "bao giờ sáp nhập thôn, gọi tôi [số điện thoại]": 1,
        "SÁP NHẬP thôn khi nào?": 1,
    }
    assert [[each.people for each in day] for day in found.before] == [[1], []]


async def test_what_was_picked_after_all_was_answered(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> int:
        wonders(tx, "lan", "sáp nhập thôn khi nào", TEN)
        wonders(tx, "minh", "sáp nhập thôn khi nào", TEN)
        for _ in range(3):
            interest.count_answered_after_all(tx, "Sáp nhập thôn khi nào?", TEN)
        interest.count_answered_after_all(tx, "câu khác", TEN)
        return len(interest.unanswered(tx, MIDNIGHT, TEN).today)

    assert await db.run(fill) == 0


async def test_a_clock_that_was_set_back_counts_nothing_of_tomorrow(db: SqliteDatabase) -> None:
    def fill(tx: Tx) -> dict[str, Counted]:
        asks(tx, "lan", "Đất đai", TEN + DAY)
        asks(tx, "lan", "Đất đai", TEN + timedelta(hours=2))
        return interest.topics(tx, MIDNIGHT, TEN)

    assert await db.run(fill) == {}


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
async def test_after_four_weeks_it_goes(db: SqliteDatabase, days: int, left: int) -> None:
    def fill(tx: Tx) -> list[int]:
        asks(tx, "lan", "Đất đai", TEN)
        wonders(tx, "lan", "sáp nhập thôn khi nào", TEN)
        interest.mark_told(tx, ["topic:Đất đai"], date(2026, 11, 23))
        interest.forget_before(tx, TEN + days * DAY - 30 * DAY)
        tables = ("topic_askings", "unanswered_askings", "rising_told")
        return [len(tx.rows(f"SELECT * FROM {table}")) for table in tables]

    assert await db.run(fill) == [left] * 3
