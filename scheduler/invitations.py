"""An invitation to a poll as a chat gets it. Pure. A group gets no question: only the way to answer in private."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Choice, Part, Text
from bot.texts import polls as texts
from scheduler.rendering import Medium
from surveys import ways_in
from surveys.polls import Poll
from surveys.surveys import Survey


@dataclass(frozen=True, slots=True)
class Invitation:
    """What it says of a poll; `until` is its last day."""

    poll: Poll
    survey: Survey
    organisation: str
    until: str


def invitation(of: Invitation, medium: Medium) -> Text:
    poll = of.poll
    said = texts.INVITATION.format(
        organisation=of.organisation,
        title=poll.title,
        purpose=of.survey.purpose,
        questions=len(poll.questions),
        minutes=poll.minutes,
        until=of.until,
    )
    again = f"{texts.INVITATION_AGAIN}\n" if poll.previous is not None else ""
    how, choices = _in_group(poll, medium) if medium.group else _in_private(poll, medium)
    parts = [Part(texts.INVITATION_TITLE, "bold"), Part(f"\n{again}{said}")]
    return Text((*parts, *([Part(f"\n\n{how}", "italic")] if how else [])), choices)


def _in_private(poll: Poll, medium: Medium) -> tuple[str, tuple[Choice, ...]]:
    button = Choice(texts.INVITATION_BUTTON, ways_in.press(poll.code, ways_in.BEGIN))
    words = texts.INVITATION_WORDS[medium.limits.slash_commands].format(code=poll.code)
    return "" if medium.limits.buttons else words, (button,)


def _in_group(poll: Poll, medium: Medium) -> tuple[str, tuple[Choice, ...]]:
    """By a link into the private chat, else to our page, else by words to type there."""
    if medium.start and medium.limits.buttons:
        return texts.INVITATION_IN_GROUP, (
            Choice(texts.INVITATION_BUTTON_PRIVATE, url=f"{medium.start}{ways_in.DEEP_LINK}{poll.code}"),
        )
    words = texts.INVITATION_WORDS_IN_GROUP[medium.limits.slash_commands].format(code=poll.code)
    if address := ways_in.page(medium.public_url, poll.code):
        return f"{texts.INVITATION_PAGE.format(address=address)}\n{words}", ()
    return words, ()
