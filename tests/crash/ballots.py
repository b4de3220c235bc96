"""`python -m tests.crash.ballots --kills 500 --voters 3000 --seed 1`: a poll whose service is killed again and again.

People answer through the loopback Telegram, which delivers again what was not confirmed, and now and then what was. In the
end the counters say exactly what everybody chose, there is a token for each of them while the poll is open, and after the
close neither a token nor a key.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from bot.clock import SystemClock
from bot.model import JSON, Tx
from bot.sealing import KeyFolder
from bot.storage.sqlite import SqliteDatabase
from surveys import polls, surveys
from surveys.ballot import Answer, Ballot, counted
from surveys.ballots import LEAST, Ballots
from surveys.polls import Poll, PollDraft, Question
from surveys.running import end_early, open_poll
from tests.crash import oracle
from tests.crash.sides import TelegramSide
from tests.crash.steps import ANY_TIME, OF_ROUNDS, Doom
from tests.crash.victim import Order
from tests.crash.world import free_port
from tests.crash.zygote import Zygote
from tests.fakes.telegram import FakeTelegram

CODE = "k7m2q9"
QUESTIONS = (
    Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố")),
    Question("one", "Bạn bao nhiêu tuổi?", ("Dưới 30", "30–59", "Từ 60"), crossing=True),
    Question("several", "Bạn cần gì thêm?", ("Lớp học", "Máy tính", "Mạng")),
)
STEPS = (
    *(
        f"{point} {write}"
        for write in ("store", "outcome", "claim", "record")
        for point in ("before", "inside", "after")
    ),
    *(step for step in OF_ROUNDS if step.endswith("round")),
    *("decoded", "before call", "call arrived", "call executed", "call answered"),
    *("polled and stored", "confirmation arrived", ANY_TIME),
)
MOST_PASSES = 8
# What waits comes in one go; a round is passed once the box is full.
ONCE = (" store", " round", "polled and stored", "confirmation arrived")
REPEATED = 0.2  # of the updates come once more
LATEST = 0.4  # seconds after the start, for kills at any time
PATIENCE = 60.0  # seconds
FIRST = 50_000  # the name of the first voter


class Voters(TelegramSide):
    """Nobody reads what comes back."""

    def _notice(self) -> None:
        FakeTelegram._notice(self)


@dataclass
class Outcome:
    """What became of a run; `broken` are sentences, none is good."""

    voters: int
    kills: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    rounds: int = 0
    broken: list[str] = field(default_factory=list)


class Election:
    """One poll, in a folder of its own."""

    def __init__(self, folder: Path, side: Voters, zygote: Zygote, random: Random) -> None:
        self._folder = folder
        self._side = side
        self._zygote = zygote
        self._random = random
        self._port = free_port()
        self._updates: list[JSON] = []
        self.chosen: list[dict[int, Answer]] = []
        self.outcome = Outcome(0)

    async def begin(self) -> None:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        now, box = SystemClock().now(), Ballots(KeyFolder(self._folder / "keys"))

        def launch(tx: Tx) -> None:
            day = date(2026, 11, 1)
            survey = surveys.add(tx, "Chuyển đổi số", "…", day, day + timedelta(90), (), now)
            draft = PollDraft("Bà con và chuyển đổi số", QUESTIONS)
            key = polls.add(tx, survey, draft, CODE, now + timedelta(days=1), now)
            polls.move(tx, key, "approved", among_states=("draft",), now=now)
            open_poll(tx, box, key, now)

        await db.run(launch)
        await db.close()

    def vote(self) -> None:
        """Somebody goes through the whole poll, without waiting for what comes back."""
        voter = FIRST + self.outcome.voters
        self.outcome.voters += 1
        self._side.meet(voter)
        answers = _answers(self._random)
        self.chosen.append(answers)
        for number, action in enumerate(_actions(answers), 1):
            self._updates.append(self._side.press(voter, number, f"poll/{CODE}/{action}"))
            if self._random.random() < REPEATED:
                self._side.repeat(self._random.choice(self._updates[-40:]))
                self.outcome.repeated += 1

    async def killed(self, step: str) -> None:
        """A service that dies at this step."""
        passes = 1 if step.endswith(ONCE) else self._random.randint(1, MOST_PASSES)
        self._side.doom = Doom(step, passes, self._zygote.kill)
        await self._zygote.start(self._order(step, passes))
        if step == ANY_TIME:
            await asyncio.sleep(self._random.random() * LATEST)
            self._zygote.kill()
        try:
            async with asyncio.timeout(PATIENCE):
                if not await self._zygote.ended():
                    self.outcome.broken.append(f"the service ended by itself at {step}")
        except TimeoutError:
            self.outcome.broken.append(f"nothing ever passed {step}")
            self._zygote.kill()
            await self._zygote.ended()
        self._side.doom = Doom("", 0, lambda: None)
        self.outcome.kills[step] += 1

    async def served(self, *, closing: bool) -> None:
        """A service that nobody disturbs, until everything has been handled; with `closing`, until the poll is closed."""
        await self._zygote.start(self._order("never", 1))
        started = time.monotonic()
        while self._open() if closing else self._side.unconfirmed or oracle.unfinished(self._folder):
            if time.monotonic() - started > PATIENCE * 10:
                self.outcome.broken.append("what was left was never handled")
                break
            await asyncio.sleep(0.05)
        if closing:
            await asyncio.sleep(1.0)  # the keys go after the commit
        self._zygote.kill()
        await self._zygote.ended()

    async def check_open(self) -> None:
        tokens = self._value("SELECT count(*) FROM ballot_tokens")
        if tokens != self.outcome.voters:
            self.outcome.broken.append(f"{tokens} tokens for {self.outcome.voters} voters")
        self.outcome.rounds = self._value("SELECT window - 1 FROM polls")

    async def close(self) -> None:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        await db.run(end_early, 1, datetime.now(UTC))
        await db.close()
        await self.served(closing=True)

    async def check_closed(self) -> None:
        db = SqliteDatabase.open(self._folder / "hoidap.db")
        poll = await db.read(polls.by_key, 1)
        rows = await db.read(lambda tx: tx.rows("SELECT * FROM poll_counters"))
        left = await db.read(_left)
        await db.close()
        assert poll is not None
        counted = {
            (row["source"], row["question"], row["option"], row["crossing"], row["crossing_option"]): row[
                "times"
            ]
            for row in rows
        }
        expected = _tally(poll, self.chosen)
        self.outcome.broken += [
            f"{cell} was counted {counted.get(cell, 0)} times and chosen {expected.get(cell, 0)} times"
            for cell in sorted(expected.keys() | counted.keys())
            if expected.get(cell, 0) != counted.get(cell, 0)
        ]
        if left:
            self.outcome.broken.append("tokens, ballots or drafts are left after the close")
        if keys := KeyFolder(self._folder / "keys").names("poll-"):
            self.outcome.broken.append(f"keys are left after the close: {keys}")

    def _open(self) -> bool:
        return self._value("SELECT count(*) FROM polls WHERE state = 'open'") > 0

    def _value(self, sql: str) -> int:
        connection = sqlite3.connect(f"file:{self._folder}/hoidap.db?mode=ro", uri=True)
        try:
            return int(connection.execute(sql).fetchone()[0])
        finally:
            connection.close()

    def _order(self, step: str, passes: int) -> Order:
        url, token = self._side.url, self._side.token
        return Order(
            str(self._folder), self._port, url, token, "", "", "", "", False, step, passes, counts=True
        )


async def run(folder: Path, kills: int, voters: int, seed: int) -> Outcome:
    """`folder` is left with the database and what the victims logged."""
    random = Random(seed)
    deck: list[str] = []
    async with Voters() as side, Zygote() as zygote:
        election = Election(folder, side, zygote, random)
        await election.begin()
        for left in range(kills, 0, -1):
            for _ in range(max(2, -(-(voters - election.outcome.voters) // left))):
                election.vote()
            if not deck:
                deck = random.sample(STEPS, len(STEPS))
            step = deck.pop()
            for _ in range(LEAST if step in OF_ROUNDS else 0):
                election.vote()
            await election.killed(step)
        await election.served(closing=False)
        await election.check_open()
        await election.close()
        await election.check_closed()
    return election.outcome


def _left(tx: Tx) -> int:
    tables = ("ballot_tokens", "ballot_box", "ballot_drafts")
    return sum(len(tx.rows(f"SELECT poll FROM {table}")) for table in tables)


def _answers(random: Random) -> dict[int, Answer]:
    """Some questions are skipped; the third takes several."""
    answers: dict[int, Answer] = {}
    for number, question in enumerate(QUESTIONS, 1):
        if random.random() < 0.9:
            most = question.choices if question.kind == "several" else 1
            some = random.sample(range(1, question.choices + 1), random.randint(1, most))
            answers[number] = tuple(sorted(some))
    return answers


def _actions(answers: dict[int, Answer]) -> Iterator[str]:
    yield "yes"
    for number, question in enumerate(QUESTIONS, 1):
        answer = answers.get(number)
        if not answer:
            yield f"{number}skip"
            continue
        yield from (f"{number}o{option}" for option in answer)
        if question.kind == "several":
            yield f"{number}ok"
    yield "send"


def _tally(poll: Poll, chosen: Sequence[dict[int, Answer]]) -> Counter[tuple[str, int, int, int, int]]:
    return Counter(cell for answers in chosen for cell in counted(poll, Ballot("chat", answers)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--voters", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=2026)
    chosen = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = asyncio.run(run(Path(folder), chosen.kills, chosen.voters, chosen.seed))
    for step, times in sorted(outcome.kills.items()):
        print(f"{times:5}  {step}")
    print(f"{outcome.kills.total():5}  kills in {time.monotonic() - started:.0f} s")
    print(
        f"{outcome.voters:5}  voters, {outcome.repeated} updates delivered once more, counted in {outcome.rounds} rounds"
    )
    for broken in outcome.broken:
        print(f"BROKEN {broken}")
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
