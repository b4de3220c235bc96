"""A poll as staff see it: how it stands, whom it would reach, what they can do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Part, Text, Tx
from bot.texts import poll_desk as texts
from bot.texts import survey_report as report_texts
from bot.texts.linking import NETWORKS
from handlers.context import Context
from handlers.payloads import payload
from handlers.staff.digest_cards import at, fingerprint
from handlers.staff.poll_reports import OPINION
from handlers.wording import counted, day, plain
from scheduler import launching
from scheduler.launching import Launch
from surveys import polls, results, surveys, ways_in
from surveys.polls import Poll

DESK = "polldesk"


def mark(tx: Tx, poll: Poll) -> str:
    """Of all that an approver says yes to: a button of an older card does not approve what came after it."""
    survey = surveys.by_key(tx, poll.survey)
    of_survey = (survey.name, survey.purpose, survey.units, survey.ends_on) if survey else ()
    of_poll = (poll.title, poll.questions, poll.audiences, poll.with_digest, poll.opens_at, poll.closes_at)
    return fingerprint(repr((of_poll, of_survey)))


def card(tx: Tx, context: Context, member: Member, poll: Poll, said: str = "") -> Text:
    """`said` stands first: what has been done, or why it is shown."""
    done = launching.launch(tx, poll.key)
    version = texts.VERSION.format(version=poll.version) if poll.version > 1 else ""
    lines = [*_survey(tx, poll), *_state(tx, context, poll, done), *_running(tx, context, member, poll, done)]
    parts = (
        *([Part(f"{said}\n\n")] if said else []),
        Part(texts.HEADING.format(key=poll.key, title=poll.title) + version, "bold"),
        Part("\n" + "\n".join(lines)),
    )
    return Text(parts, tuple(_choices(tx, context, member, poll, done)))


def act(poll: Poll, label: str, word: str, *fields: str) -> Choice:
    return Choice(label, payload(DESK, poll.key, word, *fields))


def state(poll: Poll, done: Launch) -> str:
    return texts.SUBMITTED if poll.state == "draft" and done.submitted_by else texts.STATES[poll.state]


def sure_to_end(poll: Poll) -> Text:
    yes = act(poll, texts.YES_END, "end", "yes")
    return plain(texts.END_SURE.format(title=poll.title), yes, act(poll, texts.BACK, "show"))


def sure_to_discard(poll: Poll) -> Text:
    yes = act(poll, texts.YES_DISCARD, "discard", "yes")
    return plain(texts.DISCARD_SURE.format(title=poll.title), yes, act(poll, texts.BACK, "show"))


def needs_submitting(context: Context, done: Launch) -> bool:
    return context.department().four_eyes and done.submitted_by is None


# The card


def _survey(tx: Tx, poll: Poll) -> Iterator[str]:
    survey = surveys.by_key(tx, poll.survey)
    if survey:
        yield texts.SURVEY.format(name=survey.name, begins=day(survey.begins_on), ends=day(survey.ends_on))
        yield texts.PURPOSE.format(purpose=survey.purpose)
        if survey.units:
            yield texts.UNITS.format(units="; ".join(launching.names_of_units(tx, survey)))
            if not poll.has_opened:
                yield texts.UNITS_HINT


def _state(tx: Tx, context: Context, poll: Poll, done: Launch) -> Iterator[str]:
    yield texts.STATE.format(state=state(poll, done))
    if poll.state == "closed" and poll.why_closed:
        yield texts.BECAUSE.format(why=texts.WHY_CLOSED[poll.why_closed])
    for key, form in ((done.submitted_by, texts.SUBMITTED_BY), (done.approved_by, texts.APPROVED_BY)):
        if key and (name := staff.name_of(tx, key)):
            yield form.format(name=name)
    yield texts.SIZE.format(questions=len(poll.questions), minutes=poll.minutes, code=poll.code)
    places = [texts.PLACES[audience] for audience in poll.audiences]
    yield texts.WHERE.format(places=", ".join([*places, *([texts.WITH_DIGEST] if poll.with_digest else [])]))
    if context.public_url and poll.has_opened:
        yield texts.LINK.format(address=ways_in.page(context.public_url, poll.code))


def _running(tx: Tx, context: Context, member: Member, poll: Poll, done: Launch) -> Iterator[str]:
    now = context.clock.now()
    if not poll.has_opened:
        yield from _outlook(tx, context, poll, now)
    elif poll.state in ("open", "paused"):
        yield _closes(context, poll)
        yield _left(poll.closes_at - now)
        if done.invited:
            yield texts.INVITED.format(count=counted(done.invited))
        if staff.at_least(member.role, "approver"):
            count = results.tens(tx, poll.key)
            yield texts.BALLOTS.format(count=counted(count)) if count else texts.FEW_BALLOTS


def _outlook(tx: Tx, context: Context, poll: Poll, now: datetime) -> Iterator[str]:
    if poll.closes_at <= now:
        yield texts.OVERDUE
        return
    opens = poll.opens_at
    yield texts.OPENS_AT.format(when=at(context, opens)) if opens else texts.OPENS_BY_HAND
    yield _closes(context, poll)
    replaced = polls.by_key(tx, poll.previous) if poll.previous else None
    if replaced and replaced.state in ("open", "paused"):
        yield texts.REPLACES.format(key=replaced.key)
    yield _reaches(tx, context, poll)


def _reaches(tx: Tx, context: Context, poll: Poll) -> str:
    survey = surveys.by_key(tx, poll.survey)
    if survey is None or set(poll.audiences) <= {"link"}:
        return texts.NO_INVITATIONS.format(code=poll.code)
    found = [each for each in launching.chosen(tx, poll, survey) if context.media.of(each.to)]
    if not found:
        words = context.words("telegram")
        return texts.REACHES_NOBODY.format(code=poll.code, khaosat=words["khaosat"])
    by_channel = Counter(each.to.channel for each in found)
    groups = sum(each.kind == "group" for each in found)
    return texts.REACHES.format(
        chats=counted(len(found)),
        groups=counted(groups),
        people=counted(len(found) - groups),
        networks=", ".join(
            f"{NETWORKS.get(name, name)} {counted(count)}" for name, count in by_channel.most_common()
        ),
    )


def _closes(context: Context, poll: Poll) -> str:
    """A poll that ends at midnight ends with a day, as people say it."""
    at_midnight = poll.closes_at.astimezone(context.timezone).time() == time()
    last = texts.LAST_DAY.format(day=day(poll.last_day(context.timezone)))
    return texts.CLOSES_AT.format(when=last if at_midnight else at(context, poll.closes_at))


def _left(left: timedelta) -> str:
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return texts.LEFT_NONE
    if left >= timedelta(days=1):
        return texts.LEFT_DAYS.format(days=left.days, hours=left.seconds // 3600)
    return texts.LEFT_HOURS.format(hours=minutes // 60, minutes=minutes % 60)


def _choices(tx: Tx, context: Context, member: Member, poll: Poll, done: Launch) -> Iterator[Choice]:
    approver = staff.at_least(member.role, "approver")
    if poll.state == "draft":
        if needs_submitting(context, done) or (done.submitted_by is None and not approver):
            yield act(poll, texts.SUBMIT, "submit", mark(tx, poll))
        elif approver:
            yield act(poll, texts.APPROVE, "approve", mark(tx, poll))
    elif approver and poll.state == "approved":
        yield act(poll, texts.OPEN, "open", mark(tx, poll))
    elif approver and poll.state in ("open", "paused") and poll.closes_at > context.clock.now():
        going = poll.state == "open"
        yield act(poll, texts.PAUSE, "pause") if going else act(poll, texts.RESUME, "resume")
        yield act(poll, texts.END, "end")
    elif poll.state == "closed":
        yield Choice(report_texts.GET, payload(OPINION, poll.code))
    yield act(poll, texts.FULL, "full")
    if poll.state == "approved" or (poll.state == "draft" and done.submitted_by):
        yield act(poll, texts.TAKE_BACK, "back")
    elif poll.state == "draft":
        yield act(poll, texts.DISCARD, "discard")
