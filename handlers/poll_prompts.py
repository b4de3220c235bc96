"""How a poll looks in a conversation: consent, a question, the look back. Pure; without buttons, choices have numbers."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.model import Choice, Part, Text
from bot.texts import polls as texts
from handlers.wording import brief, day
from surveys import results, ways_in
from surveys.ballot import Answer
from surveys.engine import Problem, Run
from surveys.polls import LONGEST_ANSWER, SCALE, Poll, Question
from surveys.surveys import Survey

LONGEST_IN_SUMMARY = 160  # characters of a question or an answer


def consent(poll: Poll, survey: Survey, organisation: str, timezone: ZoneInfo) -> Text:
    """Everything that somebody has to know before the first answer. Saying no is as easy as saying yes."""
    said = consent_words(poll, survey, organisation, timezone, texts.KEPT_IN_CHAT, texts.COPY_IN_CHAT)
    return Text((Part(said),), choices(poll, Run()))


def consent_words(
    poll: Poll, survey: Survey, organisation: str, timezone: ZoneInfo, kept: str, copy: str
) -> str:
    """The same on all ways of answering, but for what is kept meanwhile and who has a copy."""
    return texts.CONSENT.format(
        organisation=organisation,
        title=poll.title,
        purpose=survey.purpose,
        questions=len(poll.questions),
        minutes=poll.minutes,
        until=until(poll, timezone),
        kept=kept,
        copy=copy,
    )


def show(poll: Poll, run: Run, problem: Problem = "", before: str = "") -> Text:
    """What comes now: the question that somebody is at, or the look back. `before` is said first."""
    limits = {"longest": LONGEST_ANSWER, "choices": poll.questions[run.at - 1].choices}
    first = before or (texts.PROBLEMS[problem].format(**limits) if problem else "")
    lead = (Part(f"{first}\n\n"),) if first else ()
    shown = _summary(poll, run) if run.stage == "summary" else _question(poll, run)
    return Text((*lead, *shown.parts), shown.choices)


def choices(poll: Poll, run: Run) -> tuple[Choice, ...]:
    """The buttons that somebody has before them."""
    if run.stage == "consent":
        return Choice(texts.TAKE_PART, action(poll, "yes")), Choice(texts.DECLINE, action(poll, "no"))
    return show(poll, run).choices


def until(poll: Poll, timezone: ZoneInfo) -> str:
    return day(poll.last_day(timezone))


def action(poll: Poll, what: str) -> str:
    return ways_in.press(poll.code, what)


def how(question: Question, several: str) -> str:
    """One line that says what to do; `several` where more than one may be chosen, which is done differently on a page."""
    match question.kind:
        case "one":
            return texts.ONE
        case "open":
            return texts.OPEN_QUESTION.format(longest=LONGEST_ANSWER)
        case "several":
            return several
    if not question.options:
        return texts.SCALE_BARE.format(points=SCALE)
    return texts.SCALE.format(points=SCALE, low=question.options[0], high=question.options[-1])


def _question(poll: Poll, run: Run) -> Text:
    question, given = poll.questions[run.at - 1], run.answers.get(run.at)
    parts = [
        Part(texts.PROGRESS.format(at=run.at, of=len(poll.questions))),
        Part(f"\n{question.text}", "bold"),
        Part(f"\n{how(question, _several(question))}"),
    ]
    if given and question.kind != "several":
        parts.append(Part("\n" + texts.ANSWERED_BEFORE.format(answer=answer(question, given))))
    return Text(tuple(parts), tuple(_choices(poll, run, question, given)))


def _choices(poll: Poll, run: Run, question: Question, given: Answer | None) -> Iterator[Choice]:
    at = run.at
    chosen = given if isinstance(given, tuple) and question.kind == "several" else ()
    for option in range(1, question.choices + 1):
        label = results.label(question, option)
        marked = texts.CHOSEN.format(option=label) if option in chosen else label
        yield Choice(marked, action(poll, f"{at}o{option}"))
    if question.kind == "several":
        yield Choice(texts.DONE, action(poll, f"{at}ok"), leads=True)
    yield Choice(texts.SKIP, action(poll, f"{at}skip"), leads=True)
    if at > 1:
        yield Choice(texts.BACK, action(poll, f"{at}back"), leads=True)


def _several(question: Question) -> str:
    several = (texts.SEVERAL_AT_MOST if question.most else texts.SEVERAL).format(
        most=question.most, done=texts.DONE
    )
    return f"{several} {texts.SEVERAL_NUMBERS}"


def _summary(poll: Poll, run: Run) -> Text:
    lines = [
        texts.SUMMARY_LINE.format(
            number=number,
            question=brief(question.text, LONGEST_IN_SUMMARY),
            answer=brief(answer(question, run.answers.get(number)), LONGEST_IN_SUMMARY),
        )
        for number, question in enumerate(poll.questions, 1)
    ]
    said = "\n\n".join((texts.SUMMARY, *lines, texts.SEND_HINT))
    edits = (
        Choice(texts.EDIT.format(number=number), action(poll, f"edit{number}"))
        for number in range(1, len(poll.questions) + 1)
    )
    send = Choice(texts.SEND, action(poll, "send"), leads=True)
    return Text((Part(said),), (send, *edits, Choice(texts.DISCARD, action(poll, "stop"), leads=True)))


def answer(question: Question, given: Answer | None) -> str:
    """An answer in words."""
    if not given:
        return texts.SKIPPED
    if isinstance(given, str):
        return given
    return "; ".join(results.label(question, option) for option in given)
