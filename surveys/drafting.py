"""What is wrong with a poll as somebody has written it: told when it is written, not when the first person is asked. Pure.

The limits are those of the narrowest network that a poll may be shown on: Telegram's own polls, the buttons of an Official
Account, the 64 bytes that a button carries.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.texts import surveys as texts
from surveys.polls import MOST_QUESTIONS, Question

MOST_OPTIONS = 12
LONGEST_TITLE = 120  # characters
LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_PURPOSE = 400
MOST_CROSSINGS = 3  # each multiplies the cells, and with them what has to be hidden


def faults(title: str, questions: tuple[Question, ...]) -> Iterator[str]:
    """Sentences for staff; none where the poll can be asked."""
    if len(title) > LONGEST_TITLE:
        yield texts.LONG_TITLE.format(length=len(title), limit=LONGEST_TITLE)
    if len(questions) > MOST_QUESTIONS:
        yield texts.MANY_QUESTIONS.format(poll=title, count=len(questions), limit=MOST_QUESTIONS)
    if sum(question.crossing for question in questions) > MOST_CROSSINGS:
        yield texts.MANY_CROSSINGS.format(poll=title, limit=MOST_CROSSINGS)
    if questions and all(question.crossing for question in questions):
        yield texts.ONLY_CROSSINGS.format(poll=title)
    for question in questions:
        yield from faults_of(question)


def faults_of(question: Question) -> Iterator[str]:
    if len(question.text) > LONGEST_QUESTION:
        yield texts.LONG_QUESTION.format(length=len(question.text), limit=LONGEST_QUESTION)
    yield from _of_options(question)
    if question.crossing and question.kind != "one":
        yield texts.CROSSING_OF_ONE
    if question.most and (question.kind != "several" or not 2 <= question.most <= len(question.options)):
        yield texts.MOST_OF_SEVERAL


def _of_options(question: Question) -> Iterator[str]:
    if question.kind == "open" and question.options:
        yield texts.OPTIONS_OF_OPEN
    elif question.kind == "scale" and len(question.options) not in (0, 2):
        yield texts.OPTIONS_OF_SCALE
    elif question.kind in ("one", "several") and not 2 <= len(question.options) <= MOST_OPTIONS:
        yield texts.HOW_MANY_OPTIONS.format(count=len(question.options), most=MOST_OPTIONS)
    for option in question.options:
        if len(option) > LONGEST_OPTION:
            yield texts.LONG_OPTION.format(option=f"{option[:30]}…", length=len(option), limit=LONGEST_OPTION)
    if len({option.casefold() for option in question.options}) < len(question.options):
        yield texts.SAME_OPTION
