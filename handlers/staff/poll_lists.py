"""Which surveys and polls there are: "thăm dò" lists them; /viec those that want somebody."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.audience import staff
from bot.audience.staff import Member
from bot.model import Choice, Inbound, Outcome, Part, Text, Tx, say
from bot.texts import poll_desk as texts
from handlers import commands
from handlers import polls as for_people
from handlers.context import Context
from handlers.payloads import payload
from handlers.staff import poll_cards
from handlers.staff.digest_cards import at
from handlers.staff.membership import member as member_of
from handlers.staff.sections import Section
from handlers.wording import brief, day, plain
from scheduler import launching
from scheduler.launching import Launch
from surveys import polls, surveys
from surveys.polls import Poll
from surveys.surveys import Survey

COMMAND = "thamdo"
SURVEYS, POLLS = 5, 8  # that are listed
_WORDS = ((COMMAND, "thăm dò"),)
_TITLE = 50  # characters


def is_wish(inbound: Inbound) -> bool:
    if inbound.kind != "text":
        return False
    slash = commands.command(inbound)
    return slash == f"/{COMMAND}" if slash else bool(commands.named(inbound.text, _WORDS))


async def show(inbound: Inbound, context: Context) -> Outcome:
    """For who writes polls, all of them; for everybody else the same words ask for those that are open."""
    if await member_of(inbound, context, "editor") is None:
        return await for_people.show(inbound, context)
    return say(inbound.address, await context.db.read(_listed, context, inbound.address.channel))


def waiting(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what an approver is to decide about."""
    if not staff.at_least(member.role, "approver"):
        return None
    return _section(tx, ("draft",), texts.SECTION_WAITING, lambda done: done.submitted_by is not None)


def drafts(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what nobody has put forward yet."""
    if not staff.at_least(member.role, "editor"):
        return None
    return _section(tx, ("draft",), texts.SECTION_DRAFTS, lambda done: done.submitted_by is None)


def going(tx: Tx, context: Context, member: Member) -> Section | None:
    """Of /viec: what people are asked just now."""
    if not staff.at_least(member.role, "approver"):
        return None
    return _section(tx, ("open", "paused"), texts.SECTION_GOING, lambda _: True)


def _section(
    tx: Tx, states: Sequence[polls.State], heading: str, fits: Callable[[Launch], bool]
) -> Section | None:
    found = [poll for poll in polls.in_states(tx, *states) if fits(launching.launch(tx, poll.key))]
    choices = tuple(_choice(poll) for poll in found[:POLLS])
    return Section(heading.format(count=len(found)), choices=choices) if choices else None


def _listed(tx: Tx, context: Context, channel: str) -> Text:
    newest = surveys.all_surveys(tx)[:SURVEYS]
    if not newest:
        return plain(texts.NOTHING.format(**context.words(channel)))
    parts: list[Part] = []
    choices: list[Choice] = []
    for survey in newest:
        found = polls.of_survey(tx, survey.key)[::-1]
        heading = texts.LIST_SURVEY.format(
            name=survey.name, begins=day(survey.begins_on), ends=day(survey.ends_on)
        )
        lines = [_where(tx, survey), *(_line(tx, context, poll) for poll in found[:POLLS])]
        if not found:
            lines.append(texts.LIST_NONE)
        elif len(found) > POLLS:
            lines.append(texts.LIST_MORE.format(count=len(found) - POLLS))
        parts += [Part("\n\n" if parts else ""), Part(heading, "bold"), Part("\n" + "\n".join(lines))]
        choices += [_choice(poll) for poll in found[:POLLS]]
    return Text(tuple(parts), tuple(choices))


def _where(tx: Tx, survey: Survey) -> str:
    return "; ".join(launching.names_of_units(tx, survey)) or texts.EVERYWHERE


def _line(tx: Tx, context: Context, poll: Poll) -> str:
    line = texts.LIST_LINE.format(
        key=poll.key,
        title=poll.title + _version(poll),
        state=poll_cards.state(poll, launching.launch(tx, poll.key)),
    )
    if not poll.has_opened and poll.opens_at:
        line += ", " + texts.OPENS.format(when=at(context, poll.opens_at))
    elif poll.state in ("open", "paused"):
        line += ", " + texts.UNTIL.format(when=at(context, poll.closes_at))
    return line


def _version(poll: Poll) -> str:
    return texts.VERSION.format(version=poll.version) if poll.version > 1 else ""


def _choice(poll: Poll) -> Choice:
    """Without its number: beside the one to type, it would be taken for it."""
    return Choice(brief(poll.title, _TITLE) + _version(poll), payload(poll_cards.DESK, poll.key, "show"))
