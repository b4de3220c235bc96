"""Ballots: sent once, counted together, and from then on nobody's.

*Submit* is part of the transaction that finishes the voter's message: a token (a keyed hash of who has answered) goes in,
the sealed ballot goes into the box under a random name, the draft goes. *Count* is another transaction, over ten ballots
at least: counters are raised, the ballots deleted; then the key that they were sealed under is destroyed. With the close
the tokens go, and the secret of the poll.

Nothing here has an order or a time to lay beside another: no row number, no stamp, and one size for all ballots of a poll.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal, get_args

from bot.clock import stamp
from bot.errors import SealBroken
from bot.masking import mask
from bot.model import Address, Tx
from bot.sealing import KeyFolder, Seal
from bot.storage.base import Row
from surveys import ballot_drafts, flow, polls
from surveys.ballot import Ballot, Count, Source, check, counted, from_bytes, to_bytes
from surveys.ballot_drafts import BallotDrafts
from surveys.poll_keys import PollKeys
from surveys.polls import Poll, Reason

LEAST = 10  # ballots that are counted together while a poll is open
NAME = 16  # bytes of randomness
SPOILT = 1  # the option of question 0 under which ballots are counted whose key is gone

Submitted = Literal["sent", "twice", "closed", "paused"]


class Ballots:
    """The box, for the keys of one installation. `chance` gives so many bytes that nobody can guess."""

    def __init__(self, keys: KeyFolder, chance: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self.keys = PollKeys(keys)
        self.drafts = BallotDrafts(self.keys)
        self._chance = chance

    # Submitting

    def has_answered(self, tx: Tx, poll: int, voters: Iterable[Address]) -> bool:
        """Whether any of these accounts of one person has; only while the poll is open, afterwards nobody can tell."""
        if not self.keys.has(poll):
            return False
        return any(_token_is_there(tx, poll, self.keys.token(poll, voter)) for voter in voters)

    def submit(
        self, tx: Tx, poll: int, voters: Sequence[Address], ballot: Ballot, received: datetime
    ) -> Submitted:
        """Into the box, once for all accounts of one person.

        received  when the message arrived that sends it: what came before the end counts, however late it is handled
        Raises ValueError for a ballot that the poll's questions do not allow.
        """
        asked = polls.by_key(tx, poll)
        if asked is None or asked.state not in ("open", "paused") or received > asked.closes_at:
            return "closed"
        if not self.keys.has(poll):
            return "closed"  # its keys are lost and the next round closes it: a new secret would let people answer twice
        if asked.state == "paused":
            return "paused"
        if self.has_answered(tx, poll, voters):
            return "twice"
        check(asked, ballot)
        for voter in voters:
            tx.run(
                "INSERT INTO ballot_tokens (poll, token) VALUES (:poll, :token)",
                poll=poll,
                token=self.keys.token(poll, voter),
            )
            ballot_drafts.drop(tx, voter, poll)
        self._put(tx, asked, asked.window, ballot)
        return "sent"

    # Counting

    def count(self, tx: Tx, poll: int, least: int = LEAST, now: datetime | None = None) -> int:
        """Raise the counters by what is in the box, of each way that `least` have answered in; how many ballots that were.

        now  when they are counted, so that what is unusual can be seen: kept by the hour (flow.py)

        The ballots of another way wait for more of their kind: counters are kept by way, and one that is raised by
        a single ballot tells what it said. All that stays or comes is sealed under another key. After the commit
        `keys.spent` are to be destroyed.
        """
        rows = tx.rows("SELECT name, window, payload FROM ballot_box WHERE poll = :poll", poll=poll)
        asked = polls.by_key(tx, poll)
        if asked is None or not rows or len(rows) < least:
            return 0
        seals = {window: self.keys.of_window(poll, window) for window in {row["window"] for row in rows}}
        box = [(row, _opened(asked, row, seals[row["window"]])) for row in rows]
        ways = Counter(ballot.source if ballot else "" for _, ballot in box)
        due = {way for way, times in ways.items() if times >= least}
        if not due:
            return 0
        counts: Counter[Count] = Counter()
        for row, ballot in box:
            if ballot and ballot.source not in due:
                self._seal_again(tx, asked, row, ballot)
                continue
            if ballot:
                self._keep_words(tx, asked, ballot)
            counts.update(counted(asked, ballot) if ballot else [("chat", 0, SPOILT, 0, 0)])
            tx.run("DELETE FROM ballot_box WHERE poll = :poll AND name = :name", poll=poll, name=row["name"])
        _raise(tx, poll, counts)
        for source in get_args(Source):
            if now and (times := counts[source, 0, 0, 0, 0]):
                flow.note(tx, poll, source, times, now)
        tx.run("UPDATE polls SET window = window + 1 WHERE key = :poll", poll=poll)
        return sum(1 for _, ballot in box if ballot is None or ballot.source in due)

    def _seal_again(self, tx: Tx, poll: Poll, row: Row, ballot: Ballot) -> None:
        """It waits for the next window, under another name: of a copy of the box nobody sees which are the same."""
        tx.run("DELETE FROM ballot_box WHERE poll = :poll AND name = :name", poll=poll.key, name=row["name"])
        self._put(tx, poll, poll.window + 1, ballot)

    def _put(self, tx: Tx, poll: Poll, window: int, ballot: Ballot) -> None:
        name = self._chance(NAME)
        tx.run(
            "INSERT INTO ballot_box (poll, name, window, payload) VALUES (:poll, :name, :window, :payload)",
            poll=poll.key,
            name=name,
            window=window,
            payload=self.keys.of_window(poll.key, window).close(
                to_bytes(poll, ballot), _place(poll.key, name)
            ),
        )

    def _keep_words(self, tx: Tx, poll: Poll, ballot: Ballot) -> None:
        """An open answer goes its own way, masked, apart from the rest of its ballot."""
        for question, answer in ballot.answers.items():
            if isinstance(answer, str):
                tx.run(
                    "INSERT INTO poll_words (poll, name, question, text) VALUES (:poll, :name, :question, :text)",
                    poll=poll.key,
                    name=self._chance(NAME),
                    question=question,
                    text=mask(answer),
                )

    def peek(self, poll: int, name: bytes, window: int, payload: bytes) -> Ballot:
        """For the privacy audit. Raises SealBroken, and KeyError where the key is gone: nothing makes it again."""
        if not self.keys.has_window(poll, window):
            raise KeyError(window)
        return from_bytes(self.keys.of_window(poll, window).open(payload, _place(poll, name)))

    def close(self, tx: Tx, poll: int, why: Reason, now: datetime) -> bool:
        """Count what is left and take no more; False where it was closed before.

        After the commit `keys.spent` are to be destroyed.
        """
        if not tx.row("SELECT 1 FROM polls WHERE key = :poll AND state IN ('open', 'paused')", poll=poll):
            return False
        self.count(tx, poll, least=1, now=now)
        tx.run(
            """UPDATE polls SET state = 'closed', changed_at = :now,
                    why_closed = CASE WHEN :why = 'time' AND why_closed = 'staff' THEN 'staff' ELSE :why END,
                    closes_at = CASE WHEN closes_at > :now THEN :now ELSE closes_at END
                WHERE key = :poll""",
            poll=poll,
            why=why,
            now=stamp(now),
        )
        tx.run("DELETE FROM ballot_tokens WHERE poll = :poll", poll=poll)
        tx.run("DELETE FROM ballot_drafts WHERE poll = :poll", poll=poll)
        return True


def _opened(poll: Poll, row: Row, seal: Seal) -> Ballot | None:
    """None where its key is gone."""
    try:
        return from_bytes(seal.open(row["payload"], _place(poll.key, row["name"])))
    except SealBroken:
        return None


def _raise(tx: Tx, poll: int, counts: Mapping[Count, int]) -> None:
    for (source, question, option, crossing, crossing_option), times in counts.items():
        tx.run(
            """INSERT INTO poll_counters (poll, source, question, option, crossing, crossing_option, times)
                VALUES (:poll, :source, :question, :option, :crossing, :crossing_option, :times)
                ON CONFLICT (poll, source, question, option, crossing, crossing_option)
                DO UPDATE SET times = times + excluded.times""",
            poll=poll,
            source=source,
            question=question,
            option=option,
            crossing=crossing,
            crossing_option=crossing_option,
            times=times,
        )


def _token_is_there(tx: Tx, poll: int, token: bytes) -> bool:
    return bool(
        tx.row("SELECT 1 FROM ballot_tokens WHERE poll = :poll AND token = :token", poll=poll, token=token)
    )


def _place(poll: int, name: bytes) -> str:
    return f"ballot:{poll}:{name.hex()}"
