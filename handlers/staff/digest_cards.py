"""A digest as approvers see it: what it says, when, to how many, what they can do; and exactly how it looks where."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.audience import audit, quiet, staff
from bot.model import Choice, Part, Text, Tx
from bot.texts import digest_desk as texts
from bot.texts.linking import NETWORKS
from handlers.context import Context
from handlers.payloads import payload
from handlers.staff import digest_times
from handlers.wording import brief, counted, moment, plain, short_name
from scheduler import outlook, schedules
from scheduler.digests import Digest, Item
from scheduler.outlook import Rendering
from scheduler.selection import Numbers

DIGEST = "digest"
SHOWN = 10  # items on a card
_TITLE = 80  # characters of an item's title
_SENTENCES = 300  # characters of what is said about it
_LINE = "———"


def mark(digest: Digest) -> str:
    """Of all that an approver says yes to: a button of an older card does not approve what came after it."""
    words = [digest.title, digest.greeting, digest.most_asked, digest.poll, digest.overrides_quiet]
    content = [(item.document, item.sentences, item.title) for item in digest.items]
    return fingerprint(repr((words, content)))


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def card(
    tx: Tx,
    context: Context,
    digest: Digest,
    said: str = "",
    numbers: Numbers | None = None,
    more: Sequence[str] = (),
) -> Text:
    """`said` stands first: what has been done, or why it is shown. `more` stands last."""
    lines = [_when(tx, context, digest), *_quiet_line(context, digest)]
    if digest.greeting:
        lines.append(texts.GREETING.format(text=brief(digest.greeting, 200)))
    lines += ["", *_items(digest, reworded=_reworded(tx, digest))]
    if numbers:
        lines += ["", *numbers_said(context, numbers)]
    parts = (
        *([Part(f"{said}\n\n")] if said else []),
        Part(texts.HEADING.format(key=digest.key, title=digest.title), "bold"),
        Part("\n" + "\n".join((*lines, *more))),
    )
    return Text(parts, tuple(choices(context, digest)))


def choices(context: Context, digest: Digest) -> list[Choice]:
    if digest.state == "draft":
        label = texts.APPROVE_NOW if digest.send_at <= context.clock.now() else texts.APPROVE
        return [act(digest, label, "approve", mark(digest)), *_writing(context, digest)]
    if digest.state == "approved":
        return _writing(context, digest)
    if digest.state in ("sending", "paused"):
        going = (
            act(digest, texts.PAUSE, "pause")
            if digest.state == "sending"
            else act(digest, texts.RESUME, "resume")
        )
        return [going, act(digest, texts.STOP, "cancel"), act(digest, texts.FAILED, "failed")]
    return [act(digest, texts.FAILED, "failed")] if digest.state == "sent" else []


def act(digest: Digest, label: str, word: str, *fields: int | str) -> Choice:
    return Choice(label, payload(DIGEST, digest.key, word, *fields))


def rendered(found: Iterable[Rendering]) -> list[Text]:
    """Each network's messages as they are; only their buttons are named instead of shown."""
    return [_rendered(each) for each in found]


def numbers_said(context: Context, numbers: Numbers) -> list[str]:
    if not numbers.chats:
        return [texts.REACHES_NOBODY]
    by_channel = numbers.by_channel or {}
    networks = ", ".join(
        texts.NETWORK.format(name=NETWORKS.get(name, name), count=counted(count))
        for name, count in sorted(by_channel.items(), key=lambda each: -each[1])
    )
    lines = [
        texts.REACHES.format(
            chats=counted(numbers.chats),
            groups=counted(numbers.groups),
            people=counted(numbers.chats - numbers.groups),
            networks=networks,
        ),
        texts.CALLS.format(messages=counted(numbers.messages), minutes=counted(max(numbers.minutes, 1))),
    ]
    if numbers.oa_open_48h or numbers.oa_open_7d or numbers.oa_closed:
        paid_how = texts.OA_PAID if context.department().oa_paid_window else texts.OA_NOT_PAID
        lines.append(
            texts.OA.format(
                open=counted(numbers.oa_open_48h),
                paid=counted(numbers.oa_open_7d),
                paid_how=paid_how,
                closed=counted(numbers.oa_closed),
            )
        )
    return lines


def which_to_edit(digest: Digest) -> Text:
    items = [act(digest, _named(item), "edit", item.document) for item in digest.items]
    greeting = act(digest, texts.EDIT_GREETING, "edit", 0)
    return plain(texts.EDIT_WHICH, greeting, *items, act(digest, texts.BACK, "show"))


def which_to_drop(digest: Digest) -> Text:
    items = [act(digest, _named(item), "drop", item.document) for item in digest.items]
    return plain(texts.DROP_WHICH, *items, act(digest, texts.BACK, "show"))


def until_when(context: Context, digest: Digest) -> Text:
    now = context.clock.now()
    evening = digest_times.chosen("evening", now, context.timezone)
    today = evening is not None and evening - now < timedelta(hours=18)
    offered = [
        act(digest, label, "later", word)
        for word, label in texts.POSTPONE_CHOICES
        if today or word != "evening"
    ]
    return plain(texts.POSTPONE_ASK, *offered, act(digest, texts.BACK, "show"))


def sure(digest: Digest) -> Text:
    """Before what cannot be taken back."""
    going = digest.state in ("sending", "paused")
    yes = act(digest, texts.YES_STOP if going else texts.YES_CANCEL, "cancel", "yes")
    return plain(texts.STOP_SURE if going else texts.CANCEL_SURE, yes, act(digest, texts.NO, "show"))


def at(context: Context, when: datetime) -> str:
    return moment(when, context.timezone)


def name_of(item: Item) -> str:
    return short_name(item) if item.number else brief(item.title, _TITLE)


def quiet_until(context: Context, digest: Digest, start: datetime) -> datetime | None:
    """When the service's quiet time ends, where it holds when the digest is to go out."""
    if digest.overrides_quiet:
        return None
    return quiet.until((context.department().quiet,), start, context.timezone)


def _writing(context: Context, digest: Digest) -> list[Choice]:
    found = [act(digest, texts.EDIT, "edit")]
    if len(digest.items) > 1:
        found.append(act(digest, texts.DROP, "drop"))
    if digest.urgent:
        label = texts.KEEP_QUIET if digest.overrides_quiet else texts.OVERRIDE_QUIET
        found.append(act(digest, label, "quiet", int(not digest.overrides_quiet)))
    return [
        *found,
        act(digest, texts.POSTPONE, "later"),
        act(digest, texts.TEST, "test"),
        act(digest, texts.FULL, "full"),
        act(digest, texts.CANCEL, "cancel"),
    ]


def _when(tx: Tx, context: Context, digest: Digest) -> str:
    state = texts.STATES[digest.state]
    if digest.state in ("draft", "approved"):
        said = texts.WHEN.format(when=at(context, digest.send_at), state=state)
    else:
        said = texts.STATE.format(state=state)
    if digest.state == "skipped" and digest.reason in texts.REASONS:
        said += "\n" + texts.SKIPPED_BECAUSE.format(reason=texts.REASONS[digest.reason])
    if digest.schedule and (schedule := schedules.by_key(tx, digest.schedule)):
        said += "\n" + texts.OF_SCHEDULE.format(name=schedule.name)
    if digest.approved_by and (name := staff.name_of(tx, digest.approved_by)):
        said += "\n" + texts.APPROVED_BY.format(name=name)
    return said


def _quiet_line(context: Context, digest: Digest) -> list[str]:
    if digest.state not in ("draft", "approved"):
        return []
    if digest.overrides_quiet:
        return [texts.QUIET_IGNORED]
    end = quiet_until(context, digest, max(digest.send_at, context.clock.now()))
    return [texts.QUIET_WAITS.format(when=at(context, end))] if end else []


def _reworded(tx: Tx, digest: Digest) -> bool:
    """Then the card shows what it says now: whoever has seen only the draft must not say yes to other words unseen."""
    return audit.last_actor(tx, f"digest:{digest.key}", ("digest.edited",)) is not None


def _items(digest: Digest, *, reworded: bool) -> list[str]:
    # No numbers: where there are no buttons, the choices below have them.
    lines = [f"• {_named(item)}" for item in digest.items[:SHOWN]]
    if reworded:
        lines = [
            f"{line}\n{brief(item.sentences, _SENTENCES)}" if item.sentences else line
            for line, item in zip(lines, digest.items, strict=False)
        ]
    more = len(digest.items) - SHOWN
    return [*lines, *([texts.MORE_ITEMS.format(count=more)] if more > 0 else [])]


def _named(item: Item) -> str:
    name = short_name(item) if item.number else item.kind
    return texts.ITEM.format(name=name, title=brief(item.title, _TITLE))


def _rendered(one: Rendering) -> Text:
    where = ", ".join(
        (texts.PLACE_GROUP if group else texts.PLACE_PRIVATE).format(network=NETWORKS.get(name, name))
        for name, group in one.where
    )
    parts = [Part(texts.RENDERED.format(where=where), "italic")]
    if one.picture:
        parts.append(Part(f"\n{texts.WITH_PICTURE}"))
    for piece in one.pieces:
        parts += [Part(f"\n{_LINE}\n"), *piece.parts]
        if piece.choices:
            labels = " | ".join(choice.label for choice in piece.choices)
            parts.append(Part(f"\n{texts.BUTTONS.format(labels=labels)}", "italic"))
    return Text((*parts, Part(f"\n{_LINE}")))


def full(tx: Tx, context: Context, digest: Digest) -> list[Text]:
    """Exactly what goes out, on each network."""
    return rendered(outlook.renderings(tx, digest, context.media, context.tells))
