"""Polls of the loopback Telegram: what sendPoll refuses, who has voted, how a poll is told."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count

from tests.fakes.telegram_rules import JSON, Refused, utf16

_LONGEST = 2_628_000  # seconds


@dataclass
class FakePoll:
    """One poll, in the message at (chat, message) and wherever that has been forwarded to.

    votes  what each person has chosen, from 0: the platform knows, nobody else is told
    """

    name: str
    fields: JSON
    at: tuple[int, int] = (0, 0)
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def json(self) -> JSON:
        chosen = [option for vote in self.votes.values() for option in vote]
        options = [
            {"persistent_id": f"{self.name}:{at}", "text": option["text"], "voter_count": chosen.count(at)}
            for at, option in enumerate(self.fields["options"])
        ]
        return {
            "id": self.name,
            "question": self.fields["question"],
            "options": options,
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
            "is_anonymous": self.fields.get("is_anonymous", True),
            "type": self.fields.get("type", "regular"),
            "allows_multiple_answers": self.fields.get("allows_multiple_answers", False),
            "allows_revoting": self.fields.get("allows_revoting", True),
            "members_only": False,
        }


class Polls:
    def __init__(self) -> None:
        self._numbers = count(5_100_000_000_000_000_001)
        self.by_name: dict[str, FakePoll] = {}

    def make(self, fields: JSON) -> FakePoll:
        check_poll(fields, time.time())
        poll = FakePoll(str(next(self._numbers)), fields)
        self.by_name[poll.name] = poll
        return poll

    def stop(self, chat: int, message: int) -> FakePoll:
        poll = next((one for one in self.by_name.values() if one.at == (chat, message)), None)
        if poll is None:
            raise Refused(400, "Bad Request: message with poll to stop not found")
        if poll.closed:
            raise Refused(400, "Bad Request: poll has already been closed")
        poll.closed = True
        return poll

    def vote(self, name: str, person: int, options: tuple[int, ...]) -> FakePoll:
        """As the app lets somebody choose: ValueError for what it does not let them do."""
        poll = self.by_name[name]
        if poll.closed or (person in poll.votes and not poll.json["allows_revoting"]):
            raise ValueError("this vote cannot be given")
        if len(options) > 1 and not poll.json["allows_multiple_answers"]:
            raise ValueError("one option only")
        poll.votes[person] = options
        return poll


def check_poll(fields: JSON, now: float) -> None:
    """What sendPoll does not take."""
    texts = [option["text"] for option in fields["options"]]
    if not fields["question"].strip():
        raise Refused(400, "Bad Request: poll question must be non-empty")
    if len(fields["question"]) > 300:
        raise Refused(400, "Bad Request: poll question length must not exceed 300")
    if not texts:
        raise Refused(400, "Bad Request: poll must have at least 1 option")
    if len(texts) > 12:
        raise Refused(400, "Bad Request: poll can't have more than 12 options")
    if not all(text.strip() for text in texts):
        raise Refused(400, "Bad Request: poll options must be non-empty")
    if max(map(len, texts)) > 100:
        raise Refused(400, "Bad Request: poll options length must not exceed 100")
    if utf16(fields.get("description", "")) > 1024:
        raise Refused(400, "Bad Request: poll description is too long")
    if not 5 <= fields.get("close_date", now + 5) - now <= _LONGEST:
        raise Refused(400, "Bad Request: poll close date is invalid")
