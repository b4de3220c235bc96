""" "báo cáo dư luận": editors choose a closed poll and get its report and its numbers, as files or as links for a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.audience.staff import Member
from bot.model import Choice, File, Inbound, Outcome, Reply, Sending, Text, Tx
from bot.texts import survey_report as texts
from handlers.context import Context
from handlers.payloads import payload
from handlers.wording import brief, day, plain
from knowledge.normalise import fold
from surveys import polls, report, ways_in
from surveys.polls import Poll

OPINION = "opinion"  # "opinion/k7m2qx" offers, "opinion/k7m2qx/docx" and "…/xlsx" give
LASTS = timedelta(hours=24)
SHOWN = 8
_WISH = re.compile(
    r"\W*/?bao ?cao du luan(?: xa hoi)?\b\s*[:,.-]?\s*(?P<code>[a-z0-9-]{4,12})?\s*[.!]?", re.IGNORECASE
)
_LABEL = 60  # characters


def is_wish(inbound: Inbound) -> bool:
    return inbound.kind == "text" and inbound.private and bool(_WISH.fullmatch(fold(inbound.text)))


async def ask(inbound: Inbound, context: Context, member: Member) -> Outcome:
    found = _WISH.fullmatch(fold(inbound.text))
    code = (found["code"] if found else "") or ""
    return Outcome(settle=lambda tx: _sent(inbound, _offer(tx, context, code) if code else _list(tx)))


async def press(inbound: Inbound, context: Context, member: Member) -> Outcome:
    _, code, form, *_ = (*inbound.payload.split("/"), "", "")

    def settle(tx: Tx) -> Sequence[Sending]:
        poll = polls.by_code(tx, code)
        if poll is None or poll.state != "closed" or form not in report.MEDIA_TYPES:
            return _sent(inbound, _offer(tx, context, code))
        return _sent(inbound, _given(inbound, context, poll, form))

    return Outcome(settle=settle)


def _list(tx: Tx) -> Text:
    closed = [each for each in polls.in_states(tx, "closed") if each.why_closed != "changed"]
    if not closed:
        return plain(texts.NONE_CLOSED)
    latest = sorted(closed, key=lambda poll: (poll.closes_at, poll.key), reverse=True)[:SHOWN]
    return plain(
        texts.WHICH, *(Choice(brief(poll.title, _LABEL), payload(OPINION, poll.code)) for poll in latest)
    )


def _offer(tx: Tx, context: Context, code: str) -> Text:
    poll = polls.by_code(tx, code)
    if poll is None:
        return plain(texts.NOT_FOUND.format(code=code))
    if poll.state != "closed":
        return plain(texts.NOT_CLOSED.format(title=poll.title))
    until = day(poll.last_day(context.timezone))
    page = ways_in.page(context.public_url, poll.code)
    return plain(
        texts.FORMS.format(title=poll.title, until=until, code=poll.code),
        Choice(texts.WORD, payload(OPINION, poll.code, "docx")),
        Choice(texts.EXCEL, payload(OPINION, poll.code, "xlsx")),
        *([Choice(texts.PAGE, url=page)] if page else []),
    )


def _given(inbound: Inbound, context: Context, poll: Poll, form: str) -> Reply:
    ticket = context.ticket(report.FOLDER, poll.code, context.clock.now() + LASTS)
    reference, name = f"{report.FOLDER}/{ticket}.{form}", report.file_name(poll, form)
    caption = texts.CAPTION[form].format(title=poll.title)
    if inbound.address.channel in context.takes_files:
        return File(name, report.MEDIA_TYPES[form], reference, caption)
    if context.public_url:
        return plain(texts.LINK.format(caption=caption, address=f"{context.public_url}/{reference}"))
    return plain(texts.NO_FILES_HERE.format(caption=caption, code=poll.code, name=name))


def _sent(inbound: Inbound, reply: Reply) -> Sequence[Sending]:
    return (Sending(inbound.address, reply),)
