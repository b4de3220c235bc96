"""The keys of polls: a secret for each that runs, and one more for each lot of ballots that is counted together.

The secret makes tokens, by which a poll knows who has answered, and seals what people have begun. Keys go before what
they hide could be asked for: with the key of a lot nobody reads its ballots, with the secret nobody tells who answered.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Container, Iterable

from bot.model import Address, Tx
from bot.sealing import KeyFolder, Seal
from surveys import polls


class PollKeys:
    def __init__(self, keys: KeyFolder) -> None:
        self._keys = keys

    def make(self, poll: int) -> None:
        """The secret of a poll that opens. A poll without it, later, has lost its keys: see `orphaned`."""
        self._keys.named(_secret(poll))

    def has(self, poll: int) -> bool:
        return self._keys.has(_secret(poll))

    def token(self, poll: int, voter: Address) -> bytes:
        """What says that this account has answered."""
        who = f"{voter.channel}:{voter.conversation}".encode()
        return hmac.new(self._keys.named(_secret(poll)), who, hashlib.sha256).digest()

    def recognises(self, poll: int, who: Address, tokens: Container[bytes]) -> bool:
        """For the privacy audit: whether somebody with these keys can tell that this person has answered."""
        return self.has(poll) and self.token(poll, who) in tokens

    def of_drafts(self, poll: int) -> Seal:
        return Seal(hmac.new(self._keys.named(_secret(poll)), b"drafts", hashlib.sha256).digest())

    def has_window(self, poll: int, window: int) -> bool:
        return self._keys.has(f"{_windows(poll)}{window}")

    def of_window(self, poll: int, window: int) -> Seal:
        return Seal(self._keys.named(f"{_windows(poll)}{window}"))

    def orphaned(self, tx: Tx) -> list[int]:
        """Polls that are open and whose secret is gone: nobody could tell any more who has answered."""
        return [poll.key for poll in polls.in_states(tx, "open", "paused") if not self.has(poll.key)]

    def spent(self, tx: Tx) -> list[str]:
        """Keys that nothing is sealed under any more: of windows that have been counted, and all of polls that are closed.

        Asked and destroyed after each round, so that a kill between a commit and its keys is made good by the next.
        """
        rows = tx.rows("SELECT key, window, state FROM polls")
        return self.spent_among([(row["key"], row["window"], row["state"]) for row in rows])

    def spent_among(self, polls_there: Iterable[tuple[int, int, str]]) -> list[str]:
        """The same, where somebody else has read the polls: (key, window, state) of all."""
        there = {key: (now, state) for key, now, state in polls_there}
        found = []
        for name in self._keys.names("poll-"):
            key, _, window = name.removeprefix("poll-").partition("-")
            now, state = there.get(int(key), (0, "closed"))
            if state == "closed" or (window and int(window) < now):
                found.append(name)
        return found

    def destroy(self, spent: Iterable[str]) -> None:
        """Raises StorageError."""
        for name in spent:
            self._keys.destroy(name)


def _secret(poll: int) -> str:
    return f"poll-{poll}"


def _windows(poll: int) -> str:
    return f"poll-{poll}-"
