"""What approvers are told about digests by itself: a draft, that it is late, that it goes out and how far it is, the end.

Each once to each of them. Where a network lets us, the message about the start is edited while it goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import campaigns
from bot.audience import staff
from bot.audience.staff import Member
from bot.clock import stamp
from bot.model import Edit, Part, Reply, Sending, Text, Tx
from bot.texts import digest_desk as texts
from handlers.context import Context
from handlers.staff import digest_cards, digest_progress
from handlers.staff.reaching import reached
from handlers.wording import counted, plain
from scheduler import digests, selection
from scheduler.digests import Digest, Occasion
from scheduler.selection import Numbers

_AT_ONCE = 5  # digests whose sending is shown
_TIME_TO_DECIDE = timedelta(hours=1)
_JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class News:
    """What is to be told of a digest; put together before the transaction that tells it, since counting takes its time."""

    digest: Digest
    occasion: Occasion
    texts: tuple[Text, ...]


async def look(context: Context) -> list[News] | None:
    """None where there is nothing to tell, and nothing goes on that a message could be about."""
    untold = await context.db.read(digests.untold, context.clock.now())
    moving = await context.db.read(_moving, context)
    if not (untold or moving):
        return None
    return [await context.db.read(_news, context, digest, occasion) for digest, occasion in untold]


def announce(tx: Tx, context: Context, found: Sequence[News]) -> list[Sending]:
    """Nothing is marked as told where nobody can be reached: an approver who comes later still hears of a draft."""
    to = reached(tx, context, staff.members(tx, context.admins, "approver"))
    if not to:
        return []
    still = {(digest.key, occasion) for digest, occasion in digests.untold(tx, context.clock.now())}
    sendings: list[Sending] = []
    for news in found:
        if (news.digest.key, news.occasion) not in still:
            continue
        digests.mark_told(tx, news.digest.key, news.occasion)
        not_before = _in_daytime(context, news)
        for member, at in to:
            sendings += [
                Sending(at, text, _cause(news.digest, news.occasion, member, number), not_before)
                for number, text in enumerate(news.texts)
            ]
    return [*sendings, *_progress(tx, context)]


def drafted(
    tx: Tx, context: Context, digest: Digest, exact: Sequence[Text], numbers: Numbers | None, but: int
) -> list[Sending]:
    """Urgent news that `but` has just drafted, at once to all others who decide."""
    approvers = [each for each in staff.members(tx, context.admins, "approver") if each.key != but]
    to = reached(tx, context, approvers)
    if to:
        digests.mark_told(tx, digest.key, "late")  # the reminder would come a minute after it
    card = digest_cards.card(tx, context, digest, texts.TOLD_DRAFT, numbers)
    return [
        Sending(at, text, _cause(digest, "draft", member, number))
        for member, at in to
        for number, text in enumerate((*exact, card))
    ]


def _news(tx: Tx, context: Context, digest: Digest, occasion: Occasion) -> News:
    match occasion:
        case "draft":
            said = texts.TOLD_DRAFT if digest.state == "draft" else texts.TOLD_AUTOMATIC
            told = [*digest_cards.full(tx, context, digest), _card(tx, context, digest, said)]
        case "late":
            until = digest_cards.at(context, digest.valid_until)
            exact = () if digests.shown(tx, digest.key) else digest_cards.full(tx, context, digest)
            told = [*exact, _card(tx, context, digest, texts.TOLD_LATE.format(until=until))]
        case "sending":
            told = [_started(tx, context, digest)]
        case "sent":
            said = texts.TOLD_SENT.format(key=digest.key, title=digest.title)
            told = [plain("\n".join((said, *_ended(tx, digest))))]
        case _:
            reason = texts.REASONS.get(digest.reason, digest.reason)
            said = texts.TOLD_SKIPPED.format(key=digest.key, title=digest.title, reason=reason)
            again = digest.reason in ("not approved", "missed")
            told = [plain(f"{said} {texts.COMES_AGAIN}" if again else said)]
    return News(digest, occasion, tuple(told))


def _in_daytime(context: Context, news: News) -> datetime | None:
    """When a draft may come that is prepared at night, and is not due before the morning has begun."""
    if news.occasion != "draft":
        return None
    end = digest_cards.quiet_until(context, news.digest, context.clock.now())
    return end if end and end + _TIME_TO_DECIDE <= news.digest.send_at else None


def _card(tx: Tx, context: Context, digest: Digest, said: str) -> Text:
    numbers = selection.numbers(tx, digest, context.media, context.clock.now())
    return digest_cards.card(tx, context, digest, said, numbers)


def _started(tx: Tx, context: Context, digest: Digest) -> Text:
    progress = campaigns.progress(tx, digest.cause)
    said = texts.TOLD_SENDING.format(key=digest.key, title=digest.title, chats=counted(digest.chats))
    parts = (Part(said, "bold"), Part(f"\n{digest_progress.line(digest, progress)}"))
    return Text(parts, tuple(digest_cards.choices(context, digest)))


def _ended(tx: Tx, digest: Digest) -> list[str]:
    return [*digest_progress.lines(tx, digest)[1:], *digest_progress.reasons(tx, digest)]


def _progress(tx: Tx, context: Context) -> list[Sending]:
    """The message about the start as it would be now; the same words are not written twice."""
    sendings: list[Sending] = []
    for digest in _moving(tx, context):
        text: Text = _started(tx, context, digest) if digest.state != "sent" else _over(tx, context, digest)
        for member, at in reached(tx, context, staff.members(tx, context.admins, "approver")):
            start = _cause(digest, "sending", member, 0)
            if context.delivery(tx, start) != "sent":
                continue
            edit: Reply = Edit(start, text)
            sendings.append(Sending(at, edit, f"{start}:{digest_cards.fingerprint(text.plain)}"))
    return sendings


def _moving(tx: Tx, context: Context) -> list[Digest]:
    """Those that go out, or have just gone."""
    since = context.clock.now() - _JUST_NOW
    latest = digests.latest_sent(tx, _AT_ONCE)
    return [each for each in latest if each.finished_at is None or each.finished_at > since]


def _over(tx: Tx, context: Context, digest: Digest) -> Text:
    said = texts.TOLD_SENT.format(key=digest.key, title=digest.title)
    return plain("\n".join((said, *digest_progress.lines(tx, digest)[1:])))


def _cause(digest: Digest, occasion: Occasion, member: Member, number: int) -> str:
    """Not "digest:…": those are its messages to chats. A draft that was postponed, or wants another yes, is told anew."""
    again = f"{stamp(digest.send_at)}:{digest_cards.mark(digest)}" if occasion in ("draft", "late") else ""
    return f"desk:{digest.key}:{occasion}:{again}:{member.key}:{number}"
