"""`python -m tests.crash.asking --chats 4000 --kills 200 --seed 1`: a poll on its way to people, killed again and again.

Large groups are asked by Telegram's own polls, all other chats by an invitation, and who has begun is reminded. None is left
out; only a send under way at a kill may arrive twice, and then it is counted. In the end what we know of has been stopped,
and its totals are those that Telegram shows. Exit code 1 for a broken promise.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.audience import department, groups, subscriptions
from bot.audience.subscriptions import Subscription
from bot.clock import SystemClock
from bot.model import Address, GroupFacts, Tx
from bot.sealing import KeyFolder
from bot.storage.sqlite import SqliteDatabase
from surveys import polls, surveys
from surveys.ballots import Ballots
from surveys.engine import Run, to_json
from surveys.polls import PollDraft, Question
from surveys.running import end_early, open_poll
from tests.crash import oracle
from tests.crash.bulletin import EVERY_FIFTH, chat_of
from tests.crash.sides import TelegramSide
from tests.crash.steps import ANY_TIME, OF_ASKING, Doom
from tests.crash.victim import Order
from tests.crash.world import free_port
from tests.crash.zygote import Zygote
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_wire import Sent

QUESTION = Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố"))
LARGE, SMALL = 31, 10  # members; the bot is one of them
EVERY_NINTH = 9  # has begun four hours ago
_QUEUEING = tuple(step for step in OF_ASKING if not step.endswith("stops"))
_OF_SENDS = (
    *(
        f"{point} {write}"
        for write in ("claim", "record", "recovery")
        for point in ("before", "inside", "after")
    ),
    *("before call", "call arrived", "call executed", "call answered", ANY_TIME),
)
_STOPPING = (*(step for step in OF_ASKING if step.endswith("stops")), *_OF_SENDS)
_ENDING = 0.25  # of the kills
_MOST_PASSES = 4
_LATEST = 0.5  # seconds after the start, for kills at any time
_PATIENCE = 120.0  # seconds


class Chats(TelegramSide):
    """Chats that only read; in every large group two people vote at once."""

    def __init__(self) -> None:
        super().__init__()
        self._voted = 0

    def _notice(self) -> None:
        FakeTelegram._notice(self)
        new, self._voted = self.sent[self._voted :], len(self.sent)
        for sent in new:
            if sent.poll:
                for person in (1, 2):
                    self.vote(sent.poll, person, sent.chat_id % 3)


@dataclass(slots=True)
class Report:
    """`broken` are sentences, none is good; `twice` counts by what it was."""

    chats: int
    kills: Counter[str] = field(default_factory=Counter)
    sends: Counter[str] = field(default_factory=Counter)
    twice: Counter[str] = field(default_factory=Counter)
    doubts: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    broken: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{count:6}  {step}" for step, count in sorted(self.kills.items())]
        lines.append(f"{self.kills.total():6}  kills, {self.chats} chats, {self.under_way} sends interrupted")
        lines += [
            f"{count:6}  {kind}: {self.doubts[kind]} doubtful, {self.twice[kind]} arrived twice"
            for kind, count in self.sends.items()
        ]
        return "\n".join((*lines, *(f"BROKEN {broken}" for broken in self.broken)))


class Asking:
    def __init__(self, folder: Path, chats: int, side: Chats, zygote: Zygote, random: Random) -> None:
        self._folder = folder
        self._side = side
        self._zygote = zygote
        self._random = random
        self._port = free_port()
        self.report = Report(chats)

    async def begin(self) -> None:
        for number in range(self.report.chats):
            self._side.meet(chat_of(number))
            if chat_of(number) < 0:
                self._side.rooms[chat_of(number)].members = _members(number)
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        await db.run(self._launch)
        await db.close()

    def _launch(self, tx: Tx) -> None:
        now, box = SystemClock().now(), Ballots(KeyFolder(self._folder / "keys"))
        department.change(tx, "quiet_hours", "không", now)
        for number in range(self.report.chats):
            at = Address("telegram", str(chat_of(number)))
            if chat_of(number) > 0:
                subscriptions.keep(tx, Subscription(at), now)
                continue
            groups.add(tx, at, now)
            found = groups.find(tx, at)
            assert found
            groups.learn(tx, at, GroupFacts(members=_members(number)), now)
            groups.change(tx, found.key, None, now, state="on")
        survey = surveys.add(tx, "Chuyển đổi số", "…", date(2026, 11, 1), date(2026, 12, 31), (), now)
        draft = PollDraft("Bà con và chuyển đổi số", (QUESTION,))
        key = polls.add(tx, survey, draft, "k7m2q9", now + timedelta(days=1), now)
        polls.move(tx, key, "approved", among_states=("draft",), now=now)
        open_poll(tx, box, key, now)
        for number in _begun(self.report.chats):
            at = Address("telegram", str(chat_of(number)))
            box.drafts.keep(tx, at, key, to_json(Run("question")), now - timedelta(hours=4))

    async def killed(self, step: str, over: Callable[[], bool]) -> bool:
        """A service that dies at this step; False where it is never reached any more, since all is done."""
        passes = 1 if step in OF_ASKING or "recovery" in step else self._random.randint(1, _MOST_PASSES)
        self._side.doom = Doom(step, passes, self._zygote.kill)
        await self._zygote.start(self._order(step, passes))
        ended = asyncio.ensure_future(self._zygote.ended())
        if step == ANY_TIME:
            await asyncio.wait({ended}, timeout=self._random.random() * _LATEST)
        else:
            await _until(lambda: ended.done() or over())
        reached = ended.done() or step == ANY_TIME
        if not ended.done():
            self._zygote.kill()
        if not await ended:
            self.report.broken.append(f"the service ended by itself at {step}, see victim.log")
        self._side.doom = Doom("", 0, lambda: None)
        self.report.kills[step] += reached
        self.report.under_way += len(oracle.being_sent(self._folder))
        return reached

    async def served(self, over: Callable[[], bool]) -> None:
        """A service that nobody disturbs."""
        await self._zygote.start(self._order("never", 1))
        try:
            await _until(over)
        except TimeoutError:
            self.report.broken.append("what was left was never done")
        self._zygote.kill()
        await self._zygote.ended()

    def all_asked(self) -> bool:
        return (
            not self._rows(
                """SELECT 1 FROM polls WHERE announced = '' OR announced < '~'
                UNION SELECT 1 FROM ballot_drafts WHERE reminded = 0"""
            )
            and not self._busy()
        )

    def all_closed(self) -> bool:
        return not self._rows("SELECT 1 FROM polls WHERE state = 'open'") and not self._busy()

    async def end(self) -> None:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        await db.run(end_early, 1, datetime.now(UTC))
        await db.close()

    def check_asked(self) -> None:
        """Everybody has got what was for them, and twice only what is doubted."""
        large = {chat_of(at) for at in range(self.report.chats) if chat_of(at) < 0 and _members(at) == LARGE}
        every = {chat_of(at) for at in range(self.report.chats)}
        expected = {
            "polls in groups": large,
            "invitations": every - large,
            "reminders": {chat_of(at) for at in _begun(self.report.chats)},
        }
        for cause, doubts in self._rows("SELECT cause, doubts FROM outbox WHERE doubts > 0"):
            self.report.doubts[_kind_of(cause)] += doubts
        got: dict[str, Counter[int]] = {kind: Counter() for kind in expected}
        for sent in self._side.sent:
            got[_kind(sent)][sent.chat_id] += 1
        for kind, chats in expected.items():
            self.report.sends[kind] = got[kind].total()
            self.report.twice[kind] = got[kind].total() - len(got[kind])
            if got[kind].keys() != chats:
                self.report.broken.append(f"{kind}: {len(chats - got[kind].keys())} chats left out")
            if self.report.twice[kind] > self.report.doubts[kind]:
                self.report.broken.append(f"{kind}: more came twice than is doubted")
        [(invited,)] = self._rows("SELECT invited FROM polls")
        if invited != self.report.chats:
            self.report.broken.append(f"{invited} chats were invited of {self.report.chats}")
        if self.report.doubts.total() > self.report.under_way:
            self.report.broken.append(f"{self.report.doubts.total()} doubts: more than were under way")

    def check_closed(self) -> None:
        """What is known is stopped, and its totals are Telegram's."""
        rows = self._rows(
            """SELECT name, state, voters, final, (SELECT times FROM group_poll_options WHERE group_poll = group_polls.key
                AND times > 0) FROM group_polls"""
        )
        for name, state, voters, final, times in rows:
            poll = self._side.polls.by_name[name]
            if (state, voters, final, times) != ("closed", 2, 1, 2) or not poll.closed:
                self.report.broken.append(
                    f"{name} is {state}, {voters} voters, {times} for one option, final {final}"
                )
        if len(rows) != sum(chat_of(at) < 0 and _members(at) == LARGE for at in range(self.report.chats)):
            self.report.broken.append(f"{len(rows)} polls in groups are known")
        for table in ("ballot_tokens", "ballot_drafts"):
            if self._rows(f"SELECT 1 FROM {table}"):
                self.report.broken.append(f"something is left in {table} after the close")
        if lost := self._rows("SELECT cause, error FROM outbox WHERE state IN ('parked', 'undeliverable')"):
            self.report.broken.append(f"parked or lost: {lost[:3]}")
        log = self._folder / "victim.log"
        lines = log.read_text().splitlines() if log.exists() else []
        self.report.broken += [line for line in lines if "ERROR" in line or "CRITICAL" in line]

    def _busy(self) -> bool:
        return bool(self._side.unconfirmed or oracle.unfinished(self._folder))

    def _rows(self, sql: str) -> list[Any]:
        connection = sqlite3.connect(f"file:{self._folder}/hoidap.db?mode=ro", uri=True)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def _order(self, step: str, passes: int) -> Order:
        url, token = self._side.url, self._side.token
        return Order(
            str(self._folder), self._port, url, token, "", "", "", "", False, step, passes, asks=True
        )


async def run(folder: Path, chats: int, kills: int, seed: int) -> Report:
    """`folder` is left with the database and what the victims logged."""
    random = Random(seed)
    async with Chats() as side, Zygote() as zygote:
        asking = Asking(folder, chats, side, zygote, random)
        await asking.begin()
        ending = int(kills * _ENDING)
        for step in _plan(_QUEUEING, _OF_SENDS, kills - ending, random):
            if not await asking.killed(step, asking.all_asked):
                break
        await asking.served(asking.all_asked)
        asking.check_asked()
        await asking.end()
        for step in _plan(_STOPPING[:3], _OF_SENDS, ending, random):
            if not await asking.killed(step, asking.all_closed):
                break
        await asking.served(asking.all_closed)
        asking.check_closed()
    return asking.report


def _plan(first: tuple[str, ...], then: tuple[str, ...], kills: int, random: Random) -> list[str]:
    """While it is queued; then every other step in turn, wherever the sending happens to be."""
    made, deck = list(first), list[str]()
    while len(made) < kills:
        deck = deck or random.sample(then, len(then))
        made.append(deck.pop())
    return made[:kills]


def _members(number: int) -> int:
    return LARGE if number % (2 * EVERY_FIFTH) == 0 else SMALL


def _begun(chats: int) -> range:
    """People among them: none of these numbers is a group's."""
    return range(1, chats, EVERY_FIFTH * EVERY_NINTH)


def _kind(sent: Sent) -> str:
    if sent.poll:
        return "polls in groups"
    return "reminders" if "trả lời dở" in sent.text else "invitations"


def _kind_of(cause: str) -> str:
    if cause.startswith("reminder:"):
        return "reminders"
    return "polls in groups" if ":native:" in cause else "invitations"


async def _until(true: Callable[[], bool]) -> None:
    """Another process's end has no event to wait for. Raises TimeoutError."""
    async with asyncio.timeout(_PATIENCE):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.asking", description=__doc__)
    parser.add_argument("--chats", type=int, default=4000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = asyncio.run(run(Path(folder), chosen.chats, chosen.kills, chosen.seed))
    print(report)
    print(f"{time.monotonic() - started:6.0f}  seconds")
    return int(bool(report.broken))


if __name__ == "__main__":
    sys.exit(main())
