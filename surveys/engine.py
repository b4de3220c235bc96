"""The way through a poll: consent, one question at a time, a look back, and off it goes.

Pure: a run and an action in, the next run out. What it looks like on a network, handlers decide. An action is what a button
carries after the poll's name, ASCII: "yes" and "no" to taking part; "3o2" the second option of the third question; "3ok",
"3skip", "3back"; "stop" at any time; at the end "send" and "edit3". Whatever is typed is read by `typed`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from surveys.ballot import Answer, Ballot, Source
from surveys.polls import LONGEST_ANSWER, Poll, Question

Stage = Literal["consent", "question", "summary", "sent", "declined"]
# "old": the button of a question that is not the present one; "most": one more than may be chosen; "nothing": none chosen;
# "unclear": typed words that are no option; "range": a number that is none; "long", "empty": of an open answer; "forged": no
# button of ours carries that.
Problem = Literal["", "old", "most", "nothing", "unclear", "range", "long", "empty", "forged"]

_ACTION = re.compile(r"(?P<question>[1-9]\d?)(?:o(?P<option>[1-9]\d?)|(?P<word>ok|skip|back))", re.ASCII)
_EDIT = re.compile(r"edit(?P<question>[1-9]\d?)", re.ASCII)
_NUMBERS = re.compile(r"\d{1,3}(?:(?:\s*[,;.+/&]\s*|\s+|\s*và\s*)\d{1,3})*[.!]?")


@dataclass(frozen=True, slots=True)
class Run:
    """How far somebody is.

    at       the question that is asked, from 1
    answers  of the questions that have been answered; of several choices also while they are being made
    editing  the summary comes next, not the next question
    """

    stage: Stage = "consent"
    at: int = 1
    answers: Mapping[int, Answer] = field(default_factory=dict)
    editing: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Where an action leads to; with a problem, the run is the one of before."""

    run: Run
    problem: Problem = ""


def act(poll: Poll, run: Run, action: str) -> Step:
    """What a button does. One that belongs to another moment changes nothing."""
    if run.stage in ("sent", "declined"):
        return Step(run, "old")
    if action in ("yes", "no"):
        return _consented(run, action)
    if run.stage == "consent":
        return Step(run, "old")
    if action == "stop":
        return Step(replace(run, stage="declined"))
    if action == "send":
        return Step(replace(run, stage="sent")) if run.stage == "summary" else Step(run, "old")
    if edit := _EDIT.fullmatch(action):
        return _edit(poll, run, int(edit["question"]))
    if found := _ACTION.fullmatch(action):
        if run.stage != "question" or int(found["question"]) != run.at:
            return Step(run, "old")
        return _chosen(poll, run, int(found["option"])) if found["option"] else _led(poll, run, found["word"])
    return Step(run, "forged")


def typed(poll: Poll, run: Run, text: str) -> Step:
    """What words do: the answer to an open question; else numbers of options, as they are shown ("2", "1, 3")."""
    if run.stage != "question":
        return Step(run, "old")
    question, said = _question(poll, run), text.strip()
    if question.kind == "open":
        return _written(poll, run, said)
    if not _NUMBERS.fullmatch(said.lower()):
        return Step(run, "unclear")
    numbers = tuple(dict.fromkeys(int(number) for number in re.findall(r"\d+", said)))
    if not all(1 <= number <= question.choices for number in numbers):
        return Step(run, "range")
    if question.kind != "several":
        return _chosen(poll, run, numbers[0]) if len(numbers) == 1 else Step(run, "most")
    if len(numbers) > _most(question):
        return Step(run, "most")
    return Step(_onward(poll, _answered(run, numbers)))


def ballot(run: Run, source: Source) -> Ballot:
    """What is sent at the end."""
    return Ballot(source, dict(run.answers))


def progress(poll: Poll, run: Run) -> tuple[int, int]:
    """(2, 5) at the second of five questions."""
    return run.at, len(poll.questions)


def to_json(run: Run) -> dict[str, Any]:
    return {"stage": run.stage, "at": run.at, "answers": dict(run.answers), "editing": run.editing}


def from_json(poll: Poll, data: Mapping[str, Any]) -> Run:
    answers = {
        int(number): answer if isinstance(answer, str) else tuple(answer)
        for number, answer in data["answers"].items()
        if int(number) <= len(poll.questions)
    }
    return Run(data["stage"], min(data["at"], len(poll.questions)), answers, data["editing"])


# What buttons do


def _consented(run: Run, action: str) -> Step:
    if run.stage != "consent":
        return Step(run, "old")
    return Step(replace(run, stage="question" if action == "yes" else "declined"))


def _edit(poll: Poll, run: Run, number: int) -> Step:
    if run.stage != "summary":
        return Step(run, "old")
    if number > len(poll.questions):
        return Step(run, "forged")
    return Step(replace(run, stage="question", at=number, editing=True))


def _chosen(poll: Poll, run: Run, option: int) -> Step:
    question = _question(poll, run)
    if option > question.choices:
        return Step(run, "forged")
    if question.kind != "several":
        return Step(_onward(poll, _answered(run, (option,))))
    before = run.answers.get(run.at, ())
    chosen = tuple(before) if isinstance(before, tuple) else ()
    if option in chosen:
        return Step(_answered(run, tuple(other for other in chosen if other != option)))
    if len(chosen) == _most(question):
        return Step(run, "most")
    return Step(_answered(run, tuple(sorted((*chosen, option)))))


def _led(poll: Poll, run: Run, word: str) -> Step:
    """ "ok" ends a choice of several, "skip" leaves the question without an answer, "back" goes to the one before."""
    if word == "back":
        if run.at == 1:
            return Step(run, "old")
        return Step(replace(run, at=run.at - 1, editing=False))
    if word == "skip":
        return Step(_onward(poll, _answered(run, ())))
    if _question(poll, run).kind != "several":
        return Step(run, "forged")
    return Step(_onward(poll, run)) if run.answers.get(run.at) else Step(run, "nothing")


def _written(poll: Poll, run: Run, said: str) -> Step:
    if not said:
        return Step(run, "empty")
    if len(said) > LONGEST_ANSWER:
        return Step(run, "long")
    return Step(_onward(poll, _answered(run, said)))


def _answered(run: Run, answer: Answer) -> Run:
    others = {number: given for number, given in run.answers.items() if number != run.at}
    return replace(run, answers={**others, run.at: answer} if answer else others)


def _onward(poll: Poll, run: Run) -> Run:
    if run.editing or run.at == len(poll.questions):
        return replace(run, stage="summary", editing=False)
    return replace(run, at=run.at + 1)


def _question(poll: Poll, run: Run) -> Question:
    return poll.questions[run.at - 1]


def _most(question: Question) -> int:
    return question.most or question.choices
