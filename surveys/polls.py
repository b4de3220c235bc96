"""The short polls of a survey, as staff write them.

Whoever answers sees one definition of a poll from the first question to the last: a poll that is changed
after its first answer becomes a new version, a row of its own, and the old one closes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal
from zoneinfo import ZoneInfo

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row, among

Kind = Literal["one", "several", "scale", "open"]
State = Literal["draft", "approved", "open", "paused", "closed"]
Reason = Literal[
    "", "time", "staff", "changed", "restored", "keys lost"
]  # why a poll is closed, or is about to
Audience = Literal["subscribers", "groups", "link"]

SCALE = 5  # points of a scale
MOST_QUESTIONS = 10
SECONDS_A_QUESTION = 20
CODE_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels: a code is never a word
CODE_DIGITS = "23456789"
LONGEST_ANSWER = 500  # characters of an open answer


@dataclass(frozen=True, slots=True)
class Question:
    """options   what can be chosen; of a scale the words for its ends, or nothing; none of an open question
    most      how many may be chosen of several; 0: all
    crossing  the results of the others are also shown by its options (an age group, a commune): declared before launch
    """

    kind: Kind
    text: str
    options: tuple[str, ...] = ()
    most: int = 0
    crossing: bool = False

    @property
    def choices(self) -> int:
        """How many options can be counted; they are numbered from 1."""
        return {"scale": SCALE, "open": 0}.get(self.kind, len(self.options))


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A poll as somebody writes it. `closes_at` None: at the end of the survey's last day."""

    title: str
    questions: tuple[Question, ...]
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    audiences: tuple[Audience, ...] = ("subscribers", "groups", "link")
    with_digest: bool = False


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it stands in the database.

    code      what links and people name it by: "k7m2qx"
    version   grows when a poll is changed after its first answer; `previous` is the poll that this one replaces
    window    the number of the key under which ballots are sealed now
    """

    key: int
    survey: int
    code: str
    version: int
    previous: int | None
    title: str
    questions: tuple[Question, ...]
    audiences: tuple[Audience, ...]
    with_digest: bool
    state: State
    why_closed: Reason
    opens_at: datetime | None
    closes_at: datetime
    window: int

    @property
    def has_opened(self) -> bool:
        """Whether people have been asked; before that nobody but staff knows of it."""
        return self.state not in ("draft", "approved")

    @property
    def minutes(self) -> int:
        """How long it takes to answer."""
        return max(1, round(len(self.questions) * SECONDS_A_QUESTION / 60))

    def last_day(self, timezone: ZoneInfo) -> date:
        """On which it takes answers: one that closes at midnight is over with the day before."""
        return (self.closes_at - timedelta(microseconds=1)).astimezone(timezone).date()

    @property
    def crossings(self) -> tuple[int, ...]:
        """The numbers of the questions, from 1, by whose options the results of the others are shown: of
        those that everybody answers with one option."""
        return tuple(
            number
            for number, each in enumerate(self.questions, 1)
            if each.crossing and each.kind in ("one", "scale")
        )


# Reading

_SELECT = """SELECT key, survey, code, version, previous, definition, state, why_closed, opens_at, closes_at, window
    FROM polls"""


def by_key(tx: Tx, key: int) -> Poll | None:
    row = tx.row(f"{_SELECT} WHERE key = :key", key=key)
    return _poll(row) if row else None


def by_code(tx: Tx, code: str) -> Poll | None:
    """However it is typed: "K7M-2QX" is "k7m2qx"."""
    bare = "".join(letter for letter in code.lower() if letter.isalnum())
    row = tx.row(f"{_SELECT} WHERE code = :code", code=bare)
    return _poll(row) if row else None


def in_states(tx: Tx, *states: State) -> list[Poll]:
    """In the order in which they were made."""
    within, values = among("state", states)
    return [_poll(row) for row in tx.rows(f"{_SELECT} WHERE state IN {within} ORDER BY key", **values)]


def of_survey(tx: Tx, survey: int) -> list[Poll]:
    return [_poll(row) for row in tx.rows(f"{_SELECT} WHERE survey = :survey ORDER BY key", survey=survey)]


def newest_version(tx: Tx, poll: Poll) -> Poll:
    """What the poll has been replaced by, followed to the end; itself where nothing did."""
    while row := tx.row(f"{_SELECT} WHERE previous = :key", key=poll.key):
        poll = _poll(row)
    return poll


# Writing


def code_from(chance: Random) -> str:
    """What a poll is named by where people type: "k7m2qx", letters and digits in turn. `chance` is a secret one."""
    return "".join(chance.choice(CODE_LETTERS) + chance.choice(CODE_DIGITS) for _ in range(3))


def add(
    tx: Tx,
    of: int,
    draft: PollDraft,
    code: str,
    closes_at: datetime,
    now: datetime,
    previous: Poll | None = None,
) -> int:
    """A new draft; its key. `code` is fresh and random."""
    row = tx.row(
        """INSERT INTO polls (survey, code, version, previous, definition, opens_at, closes_at, changed_at)
            VALUES (:survey, :code, :version, :previous, :definition, :opens_at, :closes_at, :now) RETURNING key""",
        survey=of,
        code=code,
        version=previous.version + 1 if previous else 1,
        previous=previous.key if previous else None,
        definition=_definition(draft),
        opens_at=stamp(draft.opens_at) if draft.opens_at else None,
        closes_at=stamp(closes_at),
        now=stamp(now),
    )
    return int(row["key"]) if row else 0


def rewrite(tx: Tx, key: int, draft: PollDraft, closes_at: datetime, now: datetime) -> bool:
    """Change a poll that nobody has been asked yet. False for one that is open or was: that takes a new version."""
    return bool(
        tx.run(
            """UPDATE polls SET definition = :definition, opens_at = :opens_at, closes_at = :closes_at,
                    state = 'draft', submitted_by = NULL, approved_by = NULL, changed_at = :now
                WHERE key = :key AND state IN ('draft', 'approved')""",
            key=key,
            definition=_definition(draft),
            opens_at=stamp(draft.opens_at) if draft.opens_at else None,
            closes_at=stamp(closes_at),
            now=stamp(now),
        )
    )


def move(tx: Tx, key: int, state: State, *, among_states: Iterable[State], now: datetime) -> bool:
    """To another state, from one of these; False where somebody was quicker. Closing is `ballots.close`."""
    within, values = among("old", among_states)
    return bool(
        tx.run(
            f"""UPDATE polls SET state = :state, changed_at = :now
                WHERE key = :key AND state IN {within}""",  # noqa: S608 - `within` holds parameter names only
            key=key,
            state=state,
            now=stamp(now),
            **values,
        )
    )


def began(tx: Tx, key: int, now: datetime) -> None:
    """It has been opened by hand, before its hour or without one: reports say from when on it took answers."""
    tx.run(
        "UPDATE polls SET opens_at = :now WHERE key = :key AND (opens_at IS NULL OR opens_at > :now)",
        key=key,
        now=stamp(now.replace(second=0, microsecond=0)),  # as files write it
    )


def as_draft(poll: Poll) -> PollDraft:
    """What somebody would have to write to get this poll."""
    return PollDraft(
        poll.title, poll.questions, poll.opens_at, poll.closes_at, poll.audiences, poll.with_digest
    )


def _definition(draft: PollDraft) -> str:
    content = {
        "title": draft.title,
        "questions": [asdict(question) for question in draft.questions],
        "audiences": draft.audiences,
        "with_digest": draft.with_digest,
    }
    return json.dumps(content, ensure_ascii=False)


def _poll(row: Row) -> Poll:
    definition: dict[str, Any] = json.loads(row["definition"])
    return Poll(
        key=row["key"],
        survey=row["survey"],
        code=row["code"],
        version=row["version"],
        previous=row["previous"],
        title=definition["title"],
        questions=tuple(
            Question(**{**question, "options": tuple(question["options"])})
            for question in definition["questions"]
        ),
        audiences=tuple(definition["audiences"]),
        with_digest=definition["with_digest"],
        state=row["state"],
        why_closed=row["why_closed"],
        opens_at=datetime.fromisoformat(row["opens_at"]) if row["opens_at"] else None,
        closes_at=datetime.fromisoformat(row["closes_at"]),
        window=row["window"],
    )
