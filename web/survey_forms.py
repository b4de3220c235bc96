"""What a browser fills in: the answers to all questions of a poll on one page, read from the posted form. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.texts import survey_page as texts
from handlers import poll_prompts as prompts
from surveys import results
from surveys.ballot import Answer
from surveys.polls import LONGEST_ANSWER, Poll, Question

SKIPPED = ""  # the value of the choice "skip this question"
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as somebody has left it.

    answers   of the questions that they have answered
    given     what stands in each question, right or wrong: shown again where something has to be changed
    problems  what is wrong, by question
    """

    answers: Mapping[int, Answer]
    given: Mapping[int, tuple[str, ...]]
    problems: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page shows it: what can be ticked, and what has been."""

    number: int
    name: str
    question: Question
    how: str
    options: tuple[tuple[str, str], ...]
    given: tuple[str, ...]
    problem: str
    answer: str

    @property
    def text(self) -> str:
        return self.given[0] if self.given else ""


EMPTY = Filled({}, {}, {})


def read(poll: Poll, fields: Fields) -> Filled:
    """Whatever somebody sends: what our page does not offer is a problem of its question."""
    answers: dict[int, Answer] = {}
    given: dict[int, tuple[str, ...]] = {}
    problems: dict[int, str] = {}
    for number, question in enumerate(poll.questions, 1):
        values = tuple(fields.get(name_of(number), ()))
        if question.kind == "open":
            values = tuple(_tidy(value) for value in values[:1])
        said = tuple(value for value in values if value != SKIPPED)
        given[number] = said
        if not said:
            continue
        answer, problems_of_it = _answer(question, said)
        if problems_of_it:
            problems[number] = problems_of_it
        else:
            answers[number] = answer
    return Filled(answers, given, problems)


def asked(poll: Poll, filled: Filled) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            number,
            name_of(number),
            question,
            prompts.how(question, _several(question)),
            tuple((str(option), results.label(question, option)) for option in _options(question)),
            filled.given.get(number, ()),
            filled.problems.get(number, ""),
            prompts.answer(question, filled.answers.get(number)),
        )
        for number, question in enumerate(poll.questions, 1)
    )


def carried(poll: Poll, filled: Filled) -> Iterator[tuple[str, str]]:
    """The hidden fields of the look back: the only place where the answers are kept before they are sent."""
    for number in range(1, len(poll.questions) + 1):
        for value in filled.given.get(number, ()):
            yield name_of(number), value


def name_of(number: int) -> str:
    return f"q{number}"


def _several(question: Question) -> str:
    return texts.SEVERAL_AT_MOST.format(most=question.most) if question.most else texts.SEVERAL


def _options(question: Question) -> range:
    return range(1, question.choices + 1)


def _answer(question: Question, said: tuple[str, ...]) -> tuple[Answer, str]:
    """An answer, or what is wrong with it."""
    if question.kind == "open":
        too_long = texts.TOO_LONG.format(count=len(said[0]), longest=LONGEST_ANSWER)
        return said[0], too_long if len(said[0]) > LONGEST_ANSWER else ""
    names = {str(option): option for option in _options(question)}
    chosen = tuple(sorted({names[value] for value in said if value in names}))
    if any(value not in names for value in said) or (question.kind != "several" and len(chosen) > 1):
        return chosen, texts.FORGED
    if question.kind == "several" and question.most and len(chosen) > question.most:
        return chosen, texts.TOO_MANY.format(count=len(chosen), most=question.most)
    return chosen, ""


def _tidy(text: str) -> str:
    """Browsers send two characters for a line's end and count one."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
