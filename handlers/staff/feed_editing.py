""" "sửa tin 12", and under it "số hiệu: 57-NQ/TW": a member puts right what a feed has brought."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.audience import audit
from bot.audience.staff import Member
from bot.errors import InputError
from bot.files import secrecy
from bot.model import Inbound, Outcome, Sending, Tx, say
from bot.texts import feeds as texts
from handlers import questions
from handlers.context import Context
from handlers.payloads import number
from handlers.staff import feed_cards
from handlers.wording import plain
from knowledge import document_lines
from knowledge.document_sketch import NAMES, Sketch
from knowledge.normalise import fold
from scheduler import feed_items
from scheduler.feed_items import FeedItem

_ORDER = re.compile(r"\s*/?sua\s+tin\s+#?(?P<key>\d{1,9})\b[\s:,.]*", re.IGNORECASE)


def is_order(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_ORDER.match(fold(inbound.text)))


async def edit(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _ORDER.match(fold(inbound.text))
    if found is None:
        return await questions.ask(inbound, context)
    key = number(found["key"])
    item = await context.db.read(feed_items.by_key, key)
    if item is None or item.state != "waiting":
        return say(inbound.address, plain(texts.NOT_THERE))
    lines = inbound.text[found.end() :]
    if not lines.strip():
        return say(inbound.address, plain(texts.EDIT_HOW.format(key=key)))
    try:
        read(item, lines, context.today)
    except InputError as error:
        return say(inbound.address, plain(str(error)))

    def settle(tx: Tx) -> Sequence[Sending]:
        present = feed_items.by_key(tx, key)
        if present is None or present.state != "waiting":
            return [Sending(inbound.address, plain(texts.NOT_THERE))]
        changed = read(present, lines, context.today)
        feed_items.change(tx, changed, member.key)
        audit.record(tx, member.key, "found.changed", f"found:{key}", context.clock.now())
        after = feed_items.by_key(tx, key) or changed
        return [Sending(inbound.address, feed_cards.card(tx, after, texts.EDITED))]

    return Outcome(settle=settle)


def read(item: FeedItem, text: str, today: date) -> FeedItem:
    """The item as the lines want it. Raises InputError: one of them cannot be taken, and nothing changes."""
    if mark := secrecy.mark_among(text):
        raise InputError(texts.MARKED.format(mark=mark))
    was = Sketch(**{name: getattr(item, name) for name in NAMES})
    was = was if item.is_document else replace(was, number=None)
    known, wrong = document_lines.read(text, today, was)
    if wrong:
        raise InputError("\n".join((*wrong, texts.NOTHING_CHANGED)))
    changed = replace(item, **{name: getattr(known, name) for name in NAMES})
    # Who gives it a number or a kind says that it is a document.
    is_one = item.is_document or (known.number, known.kind) != (was.number, was.kind)
    return replace(changed, is_document=is_one, number=known.number if is_one else item.number)
