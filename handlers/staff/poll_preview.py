"""Exactly how people will see a poll, on each kind of network: the invitation, consent, each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.model import Address, Part, Text, Tx
from bot.texts import poll_desk as texts
from bot.texts.linking import NETWORKS
from handlers import poll_prompts
from handlers.context import Context
from scheduler import launching
from scheduler.invitations import invitation
from scheduler.outlook import pieces
from scheduler.polls import invitation_to
from surveys import surveys
from surveys.engine import Run
from surveys.group_polls import LEAST_MEMBERS, native
from surveys.polls import Poll
from surveys.results import label
from surveys.surveys import Survey

_LINE = "———"


def full(tx: Tx, context: Context, poll: Poll) -> list[Text]:
    """Everything that people read, on each kind of network; networks where it looks the same together."""
    survey = surveys.by_key(tx, poll.survey)
    if survey is None:
        return []
    found: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for name, to in _places(tx, context, poll, survey):
        shown = tuple(_shown(tx, context, poll, survey, to))
        if shown:
            found.setdefault(shown, []).append(name)
    return [_previewed(", ".join(names), shown) for shown, names in found.items()]


def _places(tx: Tx, context: Context, poll: Poll, survey: Survey) -> Iterator[tuple[str, Address]]:
    """A chat of each kind that is invited; of every network where nobody is yet. In private it is always answered."""
    samples: dict[tuple[str, bool], Address] = {(name, False): Address(name, "") for name in context.tells}
    for each in launching.chosen(tx, poll, survey):
        samples.setdefault((each.to.channel, each.kind == "group"), each.to)
    for (channel, group), to in sorted(samples.items()):
        form = texts.PREVIEW_GROUP if group else texts.PREVIEW_PRIVATE
        yield form.format(network=NETWORKS.get(channel, channel)), to


def _shown(
    tx: Tx, context: Context, poll: Poll, survey: Survey, to: Address
) -> Iterable[tuple[str, tuple[str, ...]]]:
    medium = context.media.of(to)
    of = invitation_to(tx, poll, context.organisation, context.timezone)
    if medium is None or of is None:
        return
    if medium.group and medium.limits.native_polls:
        for number in native(poll.questions):
            question = poll.questions[number - 1]
            words = texts.PREVIEW_NATIVE.format(least=LEAST_MEMBERS, question=question.text)
            yield words, tuple(label(question, option) for option in range(1, question.choices + 1))
    asked = [] if medium.group else _in_private(context, poll, survey)
    for text in (invitation(of, medium), *asked):
        for piece in pieces(text, medium):
            yield piece.plain, tuple(choice.label for choice in piece.choices)


def _in_private(context: Context, poll: Poll, survey: Survey) -> list[Text]:
    questions = range(1, len(poll.questions) + 1)
    return [
        poll_prompts.consent(poll, survey, context.organisation, context.timezone),
        *(poll_prompts.show(poll, Run("question", number)) for number in questions),
    ]


def _previewed(where: str, pieces: Iterable[tuple[str, tuple[str, ...]]]) -> Text:
    parts = [Part(texts.PREVIEW.format(where=where), "italic")]
    for words, labels in pieces:
        parts.append(Part(f"\n{_LINE}\n{words}"))
        if labels:
            parts.append(Part(f"\n{texts.BUTTONS.format(labels=' | '.join(labels))}", "italic"))
    return Text((*parts, Part(f"\n{_LINE}")))
