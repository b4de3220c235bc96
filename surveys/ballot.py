"""One ballot: what somebody has answered, whether they could, what it adds to the counters, how it is written down. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from surveys.polls import LONGEST_ANSWER, Poll, Question

Source = Literal["chat", "web"]
Answer = tuple[int, ...] | str  # the numbers of options from 1, or the words of an open answer
Count = tuple[str, int, int, int, int]  # source, question, option, crossing, its option


@dataclass(frozen=True, slots=True)
class Ballot:
    """What somebody has answered; a question that they skipped is absent."""

    source: Source
    answers: Mapping[int, Answer]


def check(poll: Poll, ballot: Ballot) -> None:
    """Raises ValueError for answers that nobody can give by pressing what is shown."""
    for number, answer in ballot.answers.items():
        if not 1 <= number <= len(poll.questions):
            raise ValueError(f"the poll has no question {number}")
        question = poll.questions[number - 1]
        if not _fits(question, answer):
            raise ValueError(f"question {number} cannot be answered like this")
    if ballot.source not in get_args(Source):
        raise ValueError("a ballot from nowhere")


def _fits(question: Question, answer: Answer) -> bool:
    if isinstance(answer, str) or question.kind == "open":
        return (
            isinstance(answer, str) and question.kind == "open" and 0 < len(answer.strip()) <= LONGEST_ANSWER
        )
    most = (question.most or question.choices) if question.kind == "several" else 1
    within = all(1 <= option <= question.choices for option in answer)
    return within and 1 <= len(answer) <= most and len(set(answer)) == len(answer)


def counted(poll: Poll, ballot: Ballot) -> Iterable[Count]:
    """The counters that this ballot raises by one."""
    sides = [(0, 0), *((crossing, _first(ballot.answers.get(crossing))) for crossing in poll.crossings)]
    for crossing, crossing_option in sides:
        yield (ballot.source, 0, 0, crossing, crossing_option)
        for question, answer in ballot.answers.items():
            if question != crossing:
                options = (0,) if isinstance(answer, str) else (0, *answer)
                for option in options:
                    yield (ballot.source, question, option, crossing, crossing_option)


def to_bytes(poll: Poll, ballot: Ballot) -> bytes:
    """JSON, filled up to what the longest ballot of this poll could take: a length would tell something."""
    content = {"source": ballot.source, "answers": {str(at): answer for at, answer in ballot.answers.items()}}
    data = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return data.ljust(_longest(poll))


def _longest(poll: Poll) -> int:
    """Bytes: 4 for a character, its quotes and escapes; a few for the number of an option."""
    each = (LONGEST_ANSWER * 6 if one.kind == "open" else one.choices * 5 for one in poll.questions)
    return 64 + sum(20 + size for size in each)


def from_bytes(data: bytes) -> Ballot:
    content = json.loads(data)
    return Ballot(
        content["source"],
        {
            int(number): answer if isinstance(answer, str) else tuple(answer)
            for number, answer in content["answers"].items()
        },
    )


def _first(answer: Answer | None) -> int:
    return answer[0] if isinstance(answer, tuple) and answer else 0
