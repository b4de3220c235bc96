"""The promises, checked against what the far side and the browsers saw and what the database holds.

Each check returns the broken promises as sentences; none is good.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.crash.people import Asked, Conversation
from tests.crash.questions import parts

Row = tuple[str, str, int]  # channel, external id, position


@dataclass(frozen=True, slots=True)
class Stored:
    """What the database holds.

    inbox        (channel, external id) of every message that was ever stored
    sending      (channel, external id, position) of sends that were under way
    doubts       the same of sends, with how often a kill left open whether they had arrived
    """

    inbox: frozenset[tuple[str, str]]
    sending: frozenset[Row]
    doubts: Counter[Row]
    parked: int
    logged: Counter[tuple[str, str]]  # (channel, question)


def stored(folder: Path) -> Stored:
    connection = _copied(folder)
    try:
        return _stored(connection)
    finally:
        connection.close()


def _copied(folder: Path) -> sqlite3.Connection:
    """A copy: the next start has to find the files as the kill left them."""
    copy = folder / "copy"
    copy.mkdir(exist_ok=True)
    for name in ("hoidap.db", "hoidap.db-wal"):
        (copy / name).unlink(missing_ok=True)
        if (folder / name).exists():
            shutil.copy(folder / name, copy / name)
    return sqlite3.connect(copy / "hoidap.db")


def being_sent(folder: Path) -> frozenset[tuple[str, int]]:
    """(cause, position) of sends that are marked as under way, in the files as a kill left them."""
    connection = _copied(folder)
    try:
        rows = connection.execute("SELECT cause, position FROM outbox WHERE state = 'sending'")
        return frozenset((cause, position) for cause, position in rows)
    finally:
        connection.close()


def unfinished(folder: Path) -> int:
    """How much waits in the database of a service that runs."""
    connection = sqlite3.connect(f"file:{folder}/hoidap.db?mode=ro", uri=True)
    try:
        return _unfinished(connection)
    finally:
        connection.close()


def lost(conversations: Iterable[Conversation], now: Stored) -> list[str]:
    """Acknowledged and yet not stored."""
    return [
        f"{who.channel} {who.name}: {message.question!r} was acknowledged and is not stored"
        for who in conversations
        for message in who.asked
        if message.acknowledged and (who.channel, message.external_id) not in now.inbox
    ]


def wrongly_answered(who: Conversation, doubts: Counter[Row]) -> list[str]:
    """What was not answered, answered out of order, or more often than its doubts allow."""
    broken = []
    got = [(name, len(list(run))) for name, run in itertools.groupby(who.received)]
    for message, position, name in _expected(who):
        if got and got[0][0] == name:
            times = got.pop(0)[1]
            allowed = 1 + doubts[who.channel, message.external_id, position]
            if times > allowed:
                broken.append(f"{name!r} came {times} times, with {allowed - 1} doubts counted")
        elif message.acknowledged:
            broken.append(f"{name!r} is missing where {got[0][0] if got else 'nothing'!r} came")
            break
    else:
        broken += [f"{name!r} came once more, or out of order" for name, _ in got]
    if who.introductions != 1:
        broken.append(f"introduced {who.introductions} times")
    return [f"{who.channel} {who.name}: {what}" for what in broken]


def wrongly_counted(conversations: Collection[Conversation], now: Stored) -> list[str]:
    """Questions that stand in the question log too often or not at all."""
    handled = Counter(
        (who.channel, message.question)
        for who in conversations
        for message in who.asked
        if (who.channel, message.external_id) in now.inbox or not message.external_id
    )
    certain = Counter(
        (who.channel, message.question)
        for who in conversations
        for message in who.asked
        if message.acknowledged
    )
    return [
        f"{question!r} of {channel} was logged {now.logged[channel, question]} times and asked {most} times"
        for (channel, question), most in handled.items()
        if not certain[channel, question] <= now.logged[channel, question] <= most
    ]


def wrongly_doubted(now: Stored, under_way: Counter[Row], listed: int) -> list[str]:
    """Doubts that no kill explains, doubts of the web chat (which knows keys), doubts that are not listed."""
    broken = [
        f"{row} has {doubts} doubts, and {under_way[row]} kills hit it under way"
        for row, doubts in now.doubts.items()
        if doubts > under_way[row]
    ]
    broken += [f"{row} of the web chat is doubted" for row in now.doubts if row[0] == "web"]
    if listed != len(now.doubts):
        broken.append(f"{listed} doubtful sends are listed of {len(now.doubts)}")
    return broken


def doubled(who: Conversation) -> int:
    return sum(len(list(run)) - 1 for _, run in itertools.groupby(who.received))


def _expected(who: Conversation) -> Iterator[tuple[Asked, int, str]]:
    for message in who.asked:
        for position, name in enumerate(parts(message.question, who.channel)):
            yield message, position, name


def _stored(connection: sqlite3.Connection) -> Stored:
    sends = connection.execute(
        """SELECT i.channel, i.external_id, o.position, o.state, o.doubts
            FROM outbox AS o JOIN inbox AS i ON o.cause = 'inbox:' || i.id"""
    ).fetchall()
    logged = connection.execute("SELECT channel, text, count(*) FROM question_log GROUP BY channel, text")
    return Stored(
        inbox=frozenset(connection.execute("SELECT channel, external_id FROM inbox").fetchall()),
        sending=frozenset((row[0], row[1], row[2]) for row in sends if row[3] == "sending"),
        doubts=Counter({(row[0], row[1], row[2]): row[4] for row in sends if row[4]}),
        parked=_count(connection, "inbox WHERE state = 'parked'")
        + _count(connection, "outbox WHERE state IN ('parked', 'undeliverable')"),
        logged=Counter({(channel, text): times for channel, text, times in logged}),
    )


def _unfinished(connection: sqlite3.Connection) -> int:
    waiting = _count(connection, "inbox WHERE state = 'waiting'")
    return waiting + _count(connection, "outbox WHERE state IN ('waiting', 'sending')")


def _count(connection: sqlite3.Connection, what: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {what}").fetchone()[0])
