"""How far a digest has gone, for whoever looks at the terminal."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from bot.campaigns import Progress
from bot.commands.progress import Display, Standing, line, standings
from bot.outbox import BULK
from bot.storage.sqlite import SqliteDatabase
from tests.crash.bulletin import approve, subscribe
from tests.fakes.time import MovedClock

SENDING = Standing(7, "sending", Progress(waiting=900, sending=5, sent=95))
LATER = replace(SENDING, progress=Progress(waiting=600, sent=395, parked=3, undeliverable=1, held=1))
SENT = replace(SENDING, state="sent", progress=Progress(sent=995, parked=3, undeliverable=1, held=1))


def test_a_terminal_has_one_line_that_is_written_over() -> None:
    out = io.StringIO()
    display = Display(out, live=True)
    display.show([SENDING], 100.0)
    display.show([LATER], 110.0)
    display.show([SENT], 130.0)
    display.show([], 132.0)
    lines = out.getvalue().split("\r\x1b[K")[1:]
    assert lines == [
        "Digest 7 sending: 95 of 1000 messages sent",
        "Digest 7 sending: 395 of 1000 messages sent, 4 failed, 1 held, about 20 s left",
        "Digest 7 sent: 995 of 1000 messages sent, 4 failed, 1 held\n",
    ]


def test_elsewhere_the_beginning_and_the_end_are_said() -> None:
    out = io.StringIO()
    display = Display(out, live=False)
    for each in (SENDING, LATER, SENT):
        display.show([each], 100.0)
    display.close()
    assert out.getvalue() == (
        "Digest 7 sending: 95 of 1000 messages sent\nDigest 7 sent: 995 of 1000 messages sent, 4 failed, 1 held\n"
    )


@pytest.mark.parametrize("live", [True, False])
def test_nothing_is_said_before_there_is_something(live: bool) -> None:
    out = io.StringIO()
    display = Display(out, live=live)
    display.show([Standing(7, "sending", Progress())], 100.0)
    assert out.getvalue() == ""
    display.show([SENDING], 110.0)
    assert "Digest 7 sending: 95 of 1000 messages sent" in out.getvalue()


def test_a_line_that_is_left_behind_is_ended() -> None:
    out = io.StringIO()
    display = Display(out, live=True)
    display.show([replace(SENDING, state="paused")], 100.0)
    display.close()
    assert out.getvalue().endswith("Digest 7 paused: 95 of 1000 messages sent\n")
    assert line(SENDING, 0.1).endswith("about 151 min left")


async def test_what_is_shown_stands_in_the_database(db: SqliteDatabase) -> None:
    clock = MovedClock()
    await db.run(subscribe, 5, clock)
    digest = await db.run(approve, clock)
    assert await db.read(standings) == []  # nothing of it goes out yet
    await db.run(lambda tx: tx.run("UPDATE digests SET state = 'sending'"))
    await db.run(
        lambda tx: tx.run(
            """INSERT INTO outbox (cause, position, channel, conversation, priority, due_at, created_at)
                VALUES (:cause, 0, 'telegram', '1', :bulk, '', '')""",
            cause=f"{digest.cause}1",
            bulk=BULK,
        )
    )
    waiting = Progress(waiting=1)
    assert await db.read(standings) == [Standing(digest.key, "sending", waiting)]
    await db.run(lambda tx: tx.run("UPDATE digests SET state = 'sent'"))
    assert await db.read(standings) == []
    assert await db.read(standings, [digest.key]) == [Standing(digest.key, "sent", waiting)]
