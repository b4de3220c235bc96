"""Where a question was asked before, in the same words and with the same options: what was answered then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.exchange.forms import folded
from bot.model import Tx
from surveys import polls, published
from surveys.polls import Poll, Question
from surveys.results import Results, Table, Way


@dataclass(frozen=True, slots=True)
class Earlier:
    """A closed poll that asked the same; `of` gives its table for one way of answering."""

    results: Results
    number: int

    def of(self, way: Way) -> Table | None:
        found = (one for each in self.results.ways if each.way == way for one in each.questions)
        return next((one.table for one in found if one.number == self.number), None)


def earlier(tx: Tx, poll: Poll, question: Question, now: datetime) -> Sequence[Earlier]:
    """The oldest first. Versions of one poll are one asking: those before the last are left out."""
    found = []
    for other in polls.in_states(tx, "closed"):
        if other.key == poll.key or other.closes_at >= poll.closes_at or other.why_closed == "changed":
            continue
        for number, asked in enumerate(other.questions, 1):
            told = published.of(tx, other, now) if _same(asked, question) else None
            if told is not None:
                found.append((other.closes_at, Earlier(told, number)))
    return [each for _, each in sorted(found, key=lambda pair: pair[0])]


def _same(one: Question, other: Question) -> bool:
    options = [[folded(option) for option in question.options] for question in (one, other)]
    return one.kind == other.kind and folded(one.text) == folded(other.text) and options[0] == options[1]
