"""Members and inquiries: "#12" shows it, "#12 …" or a reply to its card answers it; buttons take it, hand it on, end it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.audience import audit, staff
from bot.audience.staff import Member, Role
from bot.model import Choice, Inbound, Outcome, Sending, Tx, say
from bot.texts import chat
from bot.texts import inquiries as texts
from handlers import answers
from handlers.context import Context
from handlers.payloads import INQUIRY, number, payload
from handlers.staff import answering, cards, proposing, referring, regrouping
from handlers.staff.reaching import reached
from handlers.wording import plain
from knowledge import inquiry_groups
from knowledge.candidates import Candidate
from knowledge.inquiry_groups import Group
from knowledge.wordings import same

WORDS = (INQUIRY,)
NEEDED: Role = "editor"  # to work on inquiries; collaborators propose

_JOIN = re.compile(r"(?:gop|vao|gop voi|gop vao)\s*(\d{1,7})")
Act = Callable[[Inbound, Context, Member, Group, str], Awaitable[Outcome]]


async def only_text(inbound: Inbound, context: Context, member: Member) -> Outcome:
    return say(inbound.address, plain(texts.ONLY_TEXT.format(number=referring.quoted(inbound))))


async def handle(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "#12", "#12 nhận", "#15 gộp #12", "#12 Đường được sửa trong tháng ba", or a reply with just the answer."""
    which, rest = referring.read(inbound)
    if not staff.at_least(member.role, NEEDED):
        return say(inbound.address, plain(texts.NOT_YOURS))
    group = await context.db.read(inquiry_groups.by_number, which)
    if group is None:
        return say(inbound.address, plain(texts.GONE.format(number=which)))
    said = same(rest)
    if not said:
        return await show(inbound, context, member, group, "")
    if joined := _JOIN.fullmatch(said):
        return regrouping.join(inbound, context, member, which, int(joined[1]))
    if (act := texts.WORDS.get(said)) in _ACTS:
        return await _ACTS[act](inbound, context, member, group, "")
    if group.state != "open":
        return await _late(inbound, context, member, group, rest)
    return await answering.preview(inbound, context, member, group, rest)


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """ "inquiry/12/take", "inquiry/12/send/k3x9q2m7w1zd" """
    _, first, act, *more = (*inbound.payload.split("/"), "", "")
    group = await context.db.read(inquiry_groups.by_number, number(first))
    if not staff.at_least(member.role, NEEDED):
        return say(inbound.address, plain(texts.NOT_YOURS))
    if act not in _ACTS:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    if group is None:
        return say(inbound.address, plain(texts.GONE.format(number=first)))
    if group.state != "open" and act in _WHILE_OPEN:
        return await show(inbound, context, member, group, "")
    return await _ACTS[act](inbound, context, member, group, more[0])


async def show(inbound: Inbound, context: Context, member: Member, group: Group, _: str) -> Outcome:
    close = _close(context, group)

    def card(tx: Tx) -> Sequence[Sending]:
        return (Sending(inbound.address, cards.card(tx, context, group, close, inbound.address.channel)),)

    return Outcome(settle=card)


# Who works on it


async def _take(inbound: Inbound, context: Context, member: Member, group: Group, _: str) -> Outcome:
    def settle(tx: Tx) -> Sequence[Sending]:
        present = {each.key for each in staff.members(tx, context.admins, NEEDED)}
        if inquiry_groups.take(tx, group.key, member.key, present):
            audit.record(tx, member.key, "inquiry.taken", f"inquiry:{group.number}", context.clock.now())
            return _told(inbound, texts.TAKEN.format(number=group.number))
        now = inquiry_groups.by_key(tx, group.key)
        if now is None or now.state != "open":
            return _told(inbound, texts.GONE.format(number=group.number))
        name = staff.name_of(tx, now.taken_by or 0)
        return _told(inbound, texts.TAKEN_BEFORE.format(number=group.number, name=name))

    return Outcome(settle=settle)


async def _hand(inbound: Inbound, context: Context, member: Member, group: Group, _: str) -> Outcome:
    others = [
        each
        for each in await context.db.read(staff.members, context.admins, NEEDED)
        if each.key != member.key
    ]
    if not others:
        return say(inbound.address, plain(texts.NOBODY_ELSE.format(number=group.number)))
    choices = [Choice(each.name, payload(INQUIRY, group.number, "to", each.key)) for each in others]
    return say(inbound.address, plain(texts.TO_WHOM.format(number=group.number), *choices))


async def _to(inbound: Inbound, context: Context, member: Member, group: Group, to: str) -> Outcome:
    close = _close(context, group)

    def settle(tx: Tx) -> Sequence[Sending]:
        other = staff.by_key(tx, context.admins, number(to))
        to_them = reached(tx, context, [other]) if other else []
        if other is None or not (to_them and staff.at_least(other.role, NEEDED)):
            return _told(inbound, texts.NOT_REACHED.format(name=staff.name_of(tx, number(to))))
        if not inquiry_groups.hand_on(tx, group.key, other.key):
            raise LookupError("the group has been closed in the meantime")
        now = inquiry_groups.by_key(tx, group.key) or group
        act = f"inquiry:{group.number} member:{other.key}"
        audit.record(tx, member.key, "inquiry.handed on", act, context.clock.now())
        heading = texts.HANDED_TO_YOU.format(name=member.name)
        at = to_them[0][1]
        card = cards.card(tx, context, now, close, at.channel, heading)
        said = plain(texts.HANDED_ON.format(number=group.number, name=other.name))
        return (Sending(at, card), Sending(inbound.address, said))

    return Outcome(settle=settle)


# How it ends


async def _scope(inbound: Inbound, context: Context, member: Member, group: Group, _: str) -> Outcome:
    text = context.department().out_of_scope_text
    return await answering.preview(inbound, context, member, group, text, state="out of scope")


async def _refuse(inbound: Inbound, context: Context, member: Member, group: Group, why: str) -> Outcome:
    ready = {name: text for name, _, text in texts.REFUSALS}
    if why in ready:
        return await answering.preview(inbound, context, member, group, ready[why], state="refused")
    choices = [
        Choice(label, payload(INQUIRY, group.number, "refuse", name)) for name, label, _ in texts.REFUSALS
    ]
    return say(inbound.address, plain(texts.REFUSE_WHY.format(number=group.number), *choices))


async def _use(inbound: Inbound, context: Context, member: Member, group: Group, entry: str) -> Outcome:
    """Answer with what the knowledge base says already."""
    if not entry:
        choices = [
            Choice(each.question, payload(INQUIRY, group.number, "use", each.key))
            for each in cards.worth(_close(context, group))
        ]
        heading = texts.WHICH_ENTRY if choices else texts.NO_ENTRY
        return say(inbound.address, plain(heading.format(number=group.number), *choices))
    shown = await context.db.read(answers.find_entry, number(entry))
    if shown is None:
        return say(inbound.address, plain(chat.GONE))
    text = answers.in_short(shown)
    return await answering.preview(inbound, context, member, group, text, entry=shown.entry.key)


async def _send(inbound: Inbound, context: Context, member: Member, group: Group, token: str) -> Outcome:
    return await answering.send(inbound, context, member, group.number, token, privately=False)


async def _privately(inbound: Inbound, context: Context, member: Member, group: Group, token: str) -> Outcome:
    return await answering.send(inbound, context, member, group.number, token, privately=True)


async def _drop(inbound: Inbound, context: Context, member: Member, group: Group, token: str) -> Outcome:
    return await answering.drop(inbound, context, group.number, token)


async def _late(inbound: Inbound, context: Context, member: Member, group: Group, text: str) -> Outcome:
    """It was closed before this was written: nothing is sent, and nothing that was written is lost."""
    draft = answering.Draft(group.key, list(group.numbers), text.strip())
    token = context.token()

    def settle(tx: Tx) -> Sequence[Sending]:
        context.drafts.keep(tx, inbound.address, token, answering.content(draft))
        return (Sending(inbound.address, answering.too_late(tx, context, group, member, token, draft)),)

    return Outcome(settle=settle)


_WHILE_OPEN = frozenset(("take", "hand", "to", "scope", "refuse", "use", "split"))
_ACTS: dict[Any, Act] = {
    "show": show,
    "take": _take,
    "hand": _hand,
    "to": _to,
    "scope": _scope,
    "refuse": _refuse,
    "use": _use,
    "split": regrouping.split,
    "send": _send,
    "private": _privately,
    "drop": _drop,
    "later": proposing.later,
    "mine": proposing.mine,
    "entry": proposing.entry,
    "phrase": proposing.phrase,
}


def _close(context: Context, group: Group) -> Sequence[Candidate]:
    return context.library.find(group.question, context.thresholds).ranked


def _told(inbound: Inbound, said: str) -> Sequence[Sending]:
    return (Sending(inbound.address, plain(said)),)
