"""What the lines of a file mean against the surveys that are there: new ones, changes, and new versions of what is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bot.exchange.forms import folded
from bot.exchange.plan import Given, Plan
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import surveys as texts
from surveys import drafting, polls, surveys
from surveys.polls import Poll, PollDraft, Question
from surveys.surveys import Survey

_OF_SURVEY = ("purpose", "begins_on", "ends_on", "units")
_OF_POLL = ("opens_at", "audiences", "with_digest")


@dataclass
class _Poll:
    title: str
    first: Given
    said: dict[str, Any] = field(default_factory=dict)
    lines: list[Given] = field(default_factory=list)

    def draft(self, old: Poll | None = None) -> PollDraft:
        """What the file does not say stays as it is in `old`, but for the hour at which that has opened."""
        base = polls.as_draft(old) if old else PollDraft(self.title, ())
        if old and old.has_opened:
            base = replace(base, opens_at=None)
        questions = tuple(
            Question(
                line.values["kind"],
                line.values["question"],
                line.values.get("options", ()),
                line.values.get("most", 0),
                line.values.get("crossing", False),
            )
            for line in self.lines
        )
        return replace(base, title=self.title, questions=questions, closes_at=None, **self.said)


@dataclass
class _Survey:
    name: str
    first: Given
    said: dict[str, Any] = field(default_factory=dict)
    polls: dict[str, _Poll] = field(default_factory=dict)
    units: tuple[int, ...] = ()

    def ends(self, timezone: ZoneInfo) -> datetime:
        """The end of its last day."""
        return datetime.combine(self.said["ends_on"] + timedelta(days=1), time(), timezone)


def plan(
    tx: Tx,
    rows: Sequence[Given],
    now: datetime,
    timezone: ZoneInfo,
    find_unit: Callable[[Tx, str], int | None],
    chance: Random,
) -> Plan:
    notices: list[Notice] = []
    written = list(_grouped(rows, notices))
    there = {folded(each.name): each for each in surveys.all_surveys(tx)}
    for survey in written:
        _complete(tx, survey, there.get(folded(survey.name)), notices, find_unit)
    if any(notice.serious for notice in notices):
        return Plan(0, 0, 0, tuple(notices), _nothing)
    acts = [
        act
        for survey in written
        for act in _acts(tx, survey, there.get(folded(survey.name)), notices, now, timezone, chance)
    ]
    counts = {name: sum(act.what == name for act in acts) for name in ("added", "changed", "unchanged")}

    def write(tx: Tx, moment: datetime) -> None:
        keys = {
            survey.name: _write_survey(tx, survey, there.get(folded(survey.name)), moment)
            for survey in written
        }
        for act in acts:
            act.write(tx, keys[act.survey.name], moment)

    return Plan(counts["added"], counts["changed"], counts["unchanged"], tuple(notices), write)


# Lines to surveys


def _grouped(rows: Sequence[Given], notices: list[Notice]) -> Iterator[_Survey]:
    """What a line leaves empty is as in the line above."""
    found: dict[str, _Survey] = {}
    survey: _Survey | None = None
    poll: _Poll | None = None
    for row in rows:
        if name := row.values.get("survey", ""):
            known = found.get(folded(name))
            if known is None or known is not survey:
                poll = None
            survey = found.setdefault(folded(name), known or _Survey(name, row))
        if survey and (title := row.values.get("poll", "")):
            poll = survey.polls.setdefault(folded(title), _Poll(title, row))
        if survey is None or poll is None:
            notices.append(_error(row, "survey" if survey is None else "poll", texts.NO_POLL))
            continue
        _gather(row, survey.said, _OF_SURVEY, notices)
        _gather(row, poll.said, _OF_POLL, notices)
        poll.lines.append(row)
    yield from found.values()


def _gather(row: Given, said: dict[str, Any], names: Sequence[str], notices: list[Notice]) -> None:
    for name in names:
        value = row.values.get(name)
        if value in (None, "", ()):
            continue
        if said.setdefault(name, value) != value:
            notices.append(_error(row, name, texts.OTHERWISE_BEFORE.format(before=_shown(said[name]))))


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def _complete(
    tx: Tx,
    survey: _Survey,
    there: Survey | None,
    notices: list[Notice],
    find_unit: Callable[[Tx, str], int | None],
) -> None:
    """What the file does not say of a survey that is there stays as it is; what is wrong is noted."""
    if there:
        usual = {"purpose": there.purpose, "begins_on": there.begins_on, "ends_on": there.ends_on}
        survey.said = {**usual, **survey.said}
        survey.units = there.units
    if not (survey.said.get("begins_on") and survey.said.get("ends_on")):
        notices.append(_error(survey.first, "begins_on", texts.NO_PERIOD.format(survey=survey.name)))
    elif survey.said["ends_on"] < survey.said["begins_on"]:
        told = texts.ENDS_BEFORE_IT_BEGINS.format(
            begins=survey.said["begins_on"], ends=survey.said["ends_on"]
        )
        notices.append(_error(survey.first, "ends_on", told))
    if not survey.said.get("purpose"):
        notices.append(_error(survey.first, "purpose", texts.NO_PURPOSE.format(survey=survey.name)))
    if named := survey.said.get("units"):
        found = {text: find_unit(tx, text) for text in named}
        survey.units = tuple(sorted({key for key in found.values() if key}))
        notices += [
            _error(survey.first, "units", texts.UNKNOWN_UNIT.format(text=text))
            for text, key in found.items()
            if key is None
        ]
    if there and survey.said["purpose"] != there.purpose and _is_asked(tx, there):
        notices.append(_error(survey.first, "purpose", texts.PURPOSE_AGREED_TO.format(survey=survey.name)))
    for poll in survey.polls.values():
        _check(poll, notices)


def _is_asked(tx: Tx, survey: Survey) -> bool:
    """Whether people are agreeing to its purpose just now."""
    return any(poll.state in ("open", "paused") for poll in polls.of_survey(tx, survey.key))


def _check(poll: _Poll, notices: list[Notice]) -> None:
    draft = poll.draft()
    for line, question in zip(poll.lines, draft.questions, strict=True):
        notices += [_error(line, "question", told) for told in drafting.faults_of(question)]
    of_questions = {told for question in draft.questions for told in drafting.faults_of(question)}
    whole = [told for told in drafting.faults(draft.title, draft.questions) if told not in of_questions]
    notices += [_error(poll.first, "poll", told) for told in whole]


# Surveys to acts


@dataclass
class _Act:
    what: str
    survey: _Survey
    write: Callable[[Tx, int, datetime], object]  # of the key of the survey


def _acts(
    tx: Tx,
    survey: _Survey,
    there: Survey | None,
    notices: list[Notice],
    now: datetime,
    timezone: ZoneInfo,
    chance: Random,
) -> Iterator[_Act]:
    known = polls.of_survey(tx, there.key) if there else []
    newest = {folded(poll.title): polls.newest_version(tx, poll) for poll in known}
    ends = survey.ends(timezone)
    for poll in survey.polls.values():
        old = newest.get(folded(poll.title))
        draft = poll.draft(old)
        if old and _same(draft, old) and (old.closes_at == ends or old.state == "closed"):
            yield _Act("unchanged", survey, _nothing)
            continue
        if ends <= now:
            told = texts.OVER.format(survey=survey.name, ends=survey.said["ends_on"])
            notices.append(_error(poll.first, "ends_on", told))
        elif draft.opens_at and draft.opens_at >= ends:
            notices.append(_error(poll.first, "opens_at", texts.OPENS_TOO_LATE))
        elif old and old.state == "closed":
            notices.append(_error(poll.first, "poll", texts.CLOSED_ALREADY.format(poll=poll.title)))
        else:
            yield _change(survey, poll, draft, old, ends, notices, polls.code_from(chance))


def _change(
    survey: _Survey,
    poll: _Poll,
    draft: PollDraft,
    old: Poll | None,
    ends: datetime,
    notices: list[Notice],
    code: str,
) -> _Act:
    def write(tx: Tx, key: int, moment: datetime) -> None:
        if old and not old.has_opened:
            polls.rewrite(tx, old.key, draft, ends, moment)
        else:
            polls.add(tx, key, draft, code, ends, moment, old)

    if old and old.state in ("open", "paused"):
        notices.append(Notice(poll.first.line.place("poll"), texts.NEW_VERSION.format(poll=poll.title)))
    return _Act("changed" if old else "added", survey, write)


def _nothing(*_: object) -> None:
    """There is nothing to write."""


def _same(draft: PollDraft, old: Poll) -> bool:
    """Of what has opened, the hour is past."""
    hour = draft.opens_at if old.has_opened else old.opens_at
    return draft == replace(polls.as_draft(old), closes_at=None, opens_at=hour)


def _write_survey(tx: Tx, survey: _Survey, there: Survey | None, moment: datetime) -> int:
    said = survey.said
    if there is None:
        return surveys.add(
            tx, survey.name, said["purpose"], said["begins_on"], said["ends_on"], survey.units, moment
        )
    surveys.change(tx, there, said["purpose"], said["begins_on"], said["ends_on"], survey.units, moment)
    return there.key


def _error(row: Given, field: str, text: str) -> Notice:
    return Notice(row.line.place(field), text, serious=True)
