"""One digest for many chats: every fifth is a group, the others are people who have subscribed."""

from __future__ import annotations

from bot.audience import groups, subscriptions
from bot.audience.subscriptions import Subscription
from bot.clock import Clock
from bot.model import Address, Tx
from knowledge import documents
from knowledge.documents import DocumentDraft
from scheduler import composing, digests
from scheduler.digests import Digest

EVERY_FIFTH = 5
NEWS = DocumentDraft(
    "57-NQ/TW",
    "Nghị quyết",
    "Về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
    "Bộ Chính trị",
    "Trung ương",
    summary="Phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số là đột phá quan trọng hàng đầu.",
    status="in force",
)


def chat_of(number: int) -> int:
    """Telegram's name of the chat: negative for a group."""
    return -(number + 1) if number % EVERY_FIFTH == 0 else number + 1


def subscribe(tx: Tx, chats: int, clock: Clock) -> None:
    for number in range(chats):
        at = Address("telegram", str(chat_of(number)))
        if at.conversation.startswith("-"):
            groups.add(tx, at, clock.now())
            found = groups.find(tx, at)
            assert found
            groups.change(tx, found.key, None, clock.now(), state="on")
        else:
            subscriptions.keep(tx, Subscription(at), clock.now())


def approve(tx: Tx, clock: Clock) -> Digest:
    """From now on it is due."""
    document = documents.save(tx, NEWS, clock.now())
    code = digests.code_of("0123456789abcdef")
    news = composing.urgent(tx, document, None, clock.now(), override_quiet=True, code=code)
    return digests.approve(tx, news.key, None, clock.now())
