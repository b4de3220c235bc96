"""The answer to an inquiry: seen as the asker will see it, then sent to everybody who asked it, once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass

from bot.audience import audit, staff
from bot.audience.staff import Member
from bot.files import secrecy
from bot.model import JSON, Choice, Inbound, Outcome, Part, Sending, Text, Tx, say
from bot.texts import inquiries as texts
from bot.texts import officer
from handlers.answers import find_entry, in_short
from handlers.context import Context
from handlers.payloads import INQUIRY, payload
from handlers.staff import cards
from handlers.staff.reaching import others
from handlers.wording import counted, plain
from knowledge import inquiries, inquiry_groups, proposals
from knowledge.inquiries import LONGEST_REPLY, Asker
from knowledge.inquiry_groups import Group, State

LONGEST = LONGEST_REPLY
ACTS = {"answered": "inquiry.answered", "out of scope": "inquiry.out of scope", "refused": "inquiry.refused"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member is about to send: to which group, which of its inquiries the preview has shown, how it ends.

    entry  the one in the knowledge base whose answer this is
    """

    group: int
    numbers: list[int]
    text: str
    state: State = "answered"
    entry: int | None = None


def content(draft: Draft) -> JSON:
    return asdict(draft)


async def preview(
    inbound: Inbound,
    context: Context,
    member: Member,
    group: Group,
    text: str,
    *,
    state: State = "answered",
    entry: int | None = None,
) -> Outcome:
    """Nothing is sent before its author has seen how it will look: a wrong official answer cannot be called back."""
    text = text.strip()
    if refusal := _refusal(group.number, text):
        return say(inbound.address, plain(refusal))
    draft = Draft(group.key, list(group.numbers), text, state, entry)

    def show(tx: Tx) -> Sequence[Sending]:
        return (_shown(tx, inbound, context, member, draft),)

    return Outcome(settle=show)


async def send(
    inbound: Inbound, context: Context, member: Member, number: int, token: str, *, privately: bool
) -> Outcome:
    content = await context.db.read(context.drafts.find, inbound.address, token)
    if content is None:
        return say(inbound.address, plain(texts.DRAFT_GONE.format(number=number)))
    draft = Draft(**content)

    def settle(tx: Tx) -> Sequence[Sending]:
        group = inquiry_groups.by_key(tx, draft.group)
        if group is None:
            return _told(inbound, texts.GONE.format(number=draft.numbers[0]))
        if group.state != "open":
            return (Sending(inbound.address, too_late(tx, context, group, member, token, draft)),)
        if not set(group.numbers) <= set(draft.numbers):  # somebody has joined whom the preview did not show
            return (_shown(tx, inbound, context, member, _now_with(draft, group), changed=True),)
        return _sent(tx, inbound, context, member, group, draft, token, privately=privately)

    return Outcome(settle=settle)


async def drop(inbound: Inbound, context: Context, number: int, token: str) -> Outcome:
    def forget(tx: Tx) -> None:
        context.drafts.drop(tx, inbound.address, token)

    return say(inbound.address, plain(texts.DROPPED.format(number=number)), writes=(forget,))


def answer(context: Context, number: int, question: str, text: str) -> Text:
    """What an asker reads, whichever network they are on."""
    return Text(
        (
            Part(officer.ANSWER.format(organisation=context.organisation, number=number), "bold"),
            Part("\n" + officer.QUESTION.format(text=question)),
            Part(f"\n\n{text}"),
            Part(f"\n\n{officer.ANSWERED}", "italic"),
        )
    )


def letters(context: Context, told: Sequence[Asker], text: str) -> list[Sending]:
    """The answer to each asker whose network is on."""
    return [
        Sending(asker.address, answer(context, asker.number, asker.text, text), cards.cause(asker.number))
        for asker in told
        if asker.address.channel in context.networks
    ]


def sent_to_who_waits(tx: Tx, context: Context, by: int | None) -> list[Sending]:
    """Who has been waiting until an entry was published is told now, once: with the answer their addresses go."""
    sent: list[Sending] = []
    for group in inquiry_groups.awaiting(tx):
        shown = find_entry(tx, group.entry or 0)
        if shown is None:
            continue
        now = context.clock.now()
        told = inquiry_groups.close(tx, group.key, "answered", by, now, answer=shown.entry.answer)
        audit.record(tx, by, ACTS["answered"], f"inquiry:{group.number}", now)
        sent += letters(context, told or (), in_short(shown))
    return sent


def too_late(tx: Tx, context: Context, group: Group, member: Member, token: str, draft: Draft) -> Text:
    """It has been closed. What this member wrote is not lost: it can go into the knowledge base."""
    words = texts.CLOSED_BY_YOU if group.closed_by == member.key else texts.TOO_LATE
    said = words.format(number=group.number, **cards.closing(tx, context, group))
    parts = [said, *cards.closed_answer(group)]
    choices = (
        [Choice(texts.INTO_KNOWLEDGE, payload(INQUIRY, group.number, "mine", token))]
        if draft.state == "answered" and draft.entry is None
        else []
    )
    return plain("\n\n".join(parts), *choices)


def _refusal(number: int, text: str) -> str:
    """Names the inquiry, so that a reply to it is still about that one."""
    if len(text) > LONGEST:
        said = {"length": counted(len(text)), "longest": counted(LONGEST)}
        return texts.TOO_LONG.format(number=number, **said)
    if mark := secrecy.mark_among(text):
        return texts.MARKED.format(number=number, mark=mark)
    return ""


def _shown(
    tx: Tx, inbound: Inbound, context: Context, member: Member, draft: Draft, *, changed: bool = False
) -> Sending:
    """The preview, with what a press of its buttons will send kept under a fresh token."""
    group = inquiry_groups.by_key(tx, draft.group)
    if group is None or group.state != "open":
        said = texts.GONE.format(number=draft.numbers[0])
        return Sending(inbound.address, plain(said))
    token = context.token()
    context.drafts.keep(tx, inbound.address, token, content(draft))
    waiting = inquiries.askers(tx, group.key)
    first = waiting[0] if waiting else Asker(group.number, group.question, inbound.address)
    seen = answer(context, first.number, first.text, draft.text)
    heading = [*([texts.CHANGED.format(number=group.number)] if changed else []), _heading(group, waiting)]
    if group.taken_by not in (None, member.key) and staff.by_key(tx, context.admins, group.taken_by or 0):
        heading.append(texts.SOMEBODY_ELSE.format(name=staff.name_of(tx, group.taken_by or 0)))
    private = draft.state == "answered" and draft.entry is None
    below = f"\n{texts.LINE}" + (f"\n{texts.PRIVATELY}" if private else "")
    parts = (Part("\n".join(heading) + f"\n{texts.LINE}\n"), *seen.parts, Part(below))
    return Sending(inbound.address, Text(parts, tuple(_choices(group, token, private=private))))


def _heading(group: Group, waiting: Sequence[Asker]) -> str:
    if not waiting:
        return texts.PREVIEW_NOBODY.format(number=group.number)
    if len(waiting) == 1:
        return texts.PREVIEW.format(number=waiting[0].number)
    numbers = ", ".join(f"#{asker.number}" for asker in waiting)
    return texts.PREVIEW_SEVERAL.format(count=len(waiting), numbers=numbers)


def _choices(group: Group, token: str, *, private: bool) -> list[Choice]:
    offered = [
        (texts.SEND, "send"),
        *([(texts.SEND_PRIVATELY, "private"), (texts.SEND_LATER, "later")] if private else []),
        (texts.DROP, "drop"),
    ]
    return [
        Choice(label.format(number=group.number), payload(INQUIRY, group.number, act, token))
        for label, act in offered
    ]


def _now_with(draft: Draft, group: Group) -> Draft:
    return Draft(group.key, list(group.numbers), draft.text, draft.state, draft.entry)


def _sent(
    tx: Tx,
    inbound: Inbound,
    context: Context,
    member: Member,
    group: Group,
    draft: Draft,
    token: str,
    *,
    privately: bool,
) -> Sequence[Sending]:
    now = context.clock.now()
    kept = "" if privately or draft.state != "answered" else draft.text
    told = inquiry_groups.close(tx, group.key, draft.state, member.key, now, answer=kept, entry=draft.entry)
    if told is None:
        raise LookupError("the group has been closed in the meantime")
    audit.record(tx, member.key, ACTS[draft.state], f"inquiry:{group.number}", now)
    if draft.entry is not None:
        for wording in group.wordings:
            proposals.propose_phrasing(tx, draft.entry, wording, member.key, "inquiry", now)
    context.drafts.drop(tx, inbound.address, token)
    sent = letters(context, told, draft.text)
    reusable = bool(kept) and draft.entry is None
    by_other = plain(texts.SENT_BY_OTHER.format(name=member.name, number=group.number))
    return [
        *sent,
        Sending(inbound.address, _confirmation(group, len(sent), len(told), reusable=reusable)),
        *(Sending(at, by_other) for _, at in others(tx, context, [group.taken_by], member)),
    ]


def _confirmation(group: Group, sent: int, told: int, *, reusable: bool) -> Text:
    said = texts.SENT if told else texts.SENT_NOBODY
    lines = [said.format(number=group.number, count=sent)]
    if told > sent:
        lines.append(texts.UNSENT.format(count=told - sent))
    return plain(" ".join(lines), *(cards.into_knowledge(group.number) if reusable else ()))


def _told(inbound: Inbound, said: str, choices: Collection[Choice] = ()) -> Sequence[Sending]:
    return (Sending(inbound.address, plain(said, *choices)),)
