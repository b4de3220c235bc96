"""Retention: everything that may not stay goes, and nothing before its time."""

from __future__ import annotations

from datetime import date

import pytest

from bot import choices, inbox
from bot.audience import invites, staff, talks
from bot.audience.codes import Codes
from bot.audience.department import Department
from bot.audience.talks import Talk
from bot.clock import stamp
from bot.inbox import Inbox
from bot.mailbox import Mailbox
from bot.model import Address, Part, Text, Tx
from bot.queueing import SendQueue
from bot.recent import Recent
from bot.sealing import Seal
from bot.settings import VIET_NAM
from bot.storage.sqlite import SqliteDatabase
from knowledge import question_log
from knowledge.question_log import Asked
from knowledge.wordings import question
from scheduler import housekeeping
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import MovedClock

HERE = Address("net", "c1")
SHORT = Department(question_log_days=10, finished_rows_days=20)


@pytest.fixture
async def filled(db: SqliteDatabase, seal: Seal, clock: MovedClock) -> SqliteDatabase:
    """One of everything, made now: finished, parked and waiting."""
    network = FakeNetwork("net")
    box = Inbox(db, seal, clock, lambda: None)
    await box.add(network, [typed(f"u{number}", "c1", "x") for number in range(3)])
    await Mailbox(db, seal, clock).put("visitor", {"parts": []}, "outbox:1")

    def fill(tx: Tx) -> None:
        now = stamp(clock.now())
        inbox.finish(tx, 1, now)
        inbox.park(tx, 2, "bad", now)
        SendQueue({"net": network}, seal, clock).put(tx, "t", [(HERE, Text((Part("x"),)))] * 3)
        tx.run("UPDATE outbox SET state = 'sent', payload = NULL, finished_at = :now WHERE id = 1", now=now)
        tx.run("UPDATE outbox SET state = 'parked', finished_at = :now WHERE id = 2", now=now)
        choices.remember(tx, seal, HERE, ["a"], now)
        invites.make(tx, Codes(b"k", clock), "222-333-444", "editor", "An", None, None, clock.now())
        Recent(seal, clock).remember(tx, HERE, "document", {"key": 57})
        author = staff.give_role(tx, (), HERE, "collaborator", "An", None, clock.now())
        talks.add(tx, Talk("draft", author, clock.now()))
        counts = Talk("counted", author, clock.now(), "counted", date(2026, 11, 23), 45, content="")
        talks.add(tx, counts)
        asked = Asked(question("57?"), "none", 0.1)
        question_log.record(tx, asked, "net", b"mark", clock.now(), date(2026, 11, 23))

    await db.run(fill)
    return db


async def kept(db: SqliteDatabase) -> dict[str, int]:
    def count(tx: Tx) -> dict[str, int]:
        wanted = {
            "rows in": "inbox",
            "payloads in": "inbox WHERE payload IS NOT NULL",
            "rows out": "outbox",
            "payloads out": "outbox WHERE payload IS NOT NULL",
            "choices": "shown_choices",
            "recent": "recent",
            "mail": "web_mail",
            "questions": "question_log",
            "askings": "askings",
            "marks": "askings_today",
            "invitations": "invitations",
            "talks": "talks",
        }
        return {name: tx.rows(f"SELECT count(*) AS n FROM {where}")[0]["n"] for name, where in wanted.items()}

    return await db.read(count)


EVERYTHING = {
    "rows in": 3,
    "payloads in": 2,
    "rows out": 3,
    "payloads out": 2,
    "choices": 1,
    "recent": 1,
    "mail": 1,
    "questions": 1,
    "askings": 1,
    "marks": 1,
    "invitations": 1,
    "talks": 2,
}


@pytest.mark.parametrize(
    ("hours", "gone"),
    [
        (0, {}),
        (0.16, {}),
        (0.17, {"recent": 0}),
        (15.9, {"recent": 0}),
        (16.1, {"recent": 0, "marks": 0}),  # the local day has ended
        (25, {"recent": 0, "marks": 0, "choices": 0, "talks": 1}),
        (
            7 * 24 + 1,
            {
                "recent": 0,
                "marks": 0,
                "choices": 0,
                "talks": 1,
                "payloads in": 0,
                "payloads out": 0,
            },
        ),
        (
            11 * 24,
            {
                "recent": 0,
                "marks": 0,
                "choices": 0,
                "payloads in": 0,
                "payloads out": 0,
                "questions": 0,
                "askings": 0,
                "invitations": 0,
                "talks": 1,
            },
        ),
        (
            21 * 24,
            {
                "recent": 0,
                "marks": 0,
                "choices": 0,
                "payloads in": 0,
                "payloads out": 0,
                "questions": 0,
                "askings": 0,
                "rows in": 1,
                "rows out": 1,
                "invitations": 0,
                "talks": 1,
            },
        ),
        (
            31 * 24,
            {
                "recent": 0,
                "marks": 0,
                "choices": 0,
                "mail": 0,
                "payloads in": 0,
                "payloads out": 0,
                "questions": 0,
                "askings": 0,
                "invitations": 0,
                "talks": 1,
                "rows in": 1,
                "rows out": 1,
            },
        ),
    ],
)
async def test_each_goes_at_its_time(
    filled: SqliteDatabase, clock: MovedClock, hours: float, gone: dict[str, int]
) -> None:
    clock.move(hours=hours)
    await filled.run(housekeeping.tidy, SHORT, clock.now(), VIET_NAM)
    assert await kept(filled) == EVERYTHING | gone


async def test_what_waits_for_a_channel_that_is_off_goes_after_a_week(
    filled: SqliteDatabase, clock: MovedClock
) -> None:
    async def states() -> list[tuple[str, object]]:
        rows = await filled.read(
            lambda tx: tx.rows(
                """SELECT state, conversation FROM inbox WHERE state = 'waiting' OR error = 'its channel was off'
                    UNION ALL
                    SELECT state, conversation FROM outbox WHERE state = 'waiting' OR error = 'its channel was off'"""
            )
        )
        return [(row["state"], row["conversation"]) for row in rows]

    before = await states()
    assert [state for state, _ in before] == ["waiting", "waiting"]
    clock.move(days=6)
    await filled.run(housekeeping.tidy, SHORT, clock.now(), VIET_NAM)
    assert await states() == before
    clock.move(days=2)
    await filled.run(housekeeping.tidy, Department(finished_rows_days=30), clock.now(), VIET_NAM)
    assert await states() == [("parked", None), ("parked", None)]
