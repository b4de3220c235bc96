"""The button "Gửi cán bộ" under what found no answer, and what keeps the question, sealed, until it is pressed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.audience import staff
from bot.model import Choice, Inbound, Part, Text, Tx
from bot.texts import officer as texts
from handlers.context import Context
from handlers.payloads import OFFICER, payload


@dataclass(frozen=True, slots=True)
class Offer:
    """`token` names the question in its conversation; `text` is what somebody can understand who has not followed it."""

    token: str
    text: str
    inbound: Inbound
    context: Context

    @property
    def choice(self) -> Choice:
        return Choice(texts.SEND, payload(OFFICER, self.token))

    def keep(self, tx: Tx) -> None:
        content = {"text": self.text.strip()}
        self.context.drafts.keep(tx, self.inbound.address, self.token, content)


def keepable(inbound: Inbound, context: Context, token: str, text: str) -> Offer | None:
    """What keeps this question, in case that its answer is not what was asked; None in groups, where all would read it."""
    if not inbound.private or inbound.address.channel in context.keeps_nobody:
        return None
    return Offer(token, text, inbound, context)


async def offered(inbound: Inbound, context: Context, token: str, text: str) -> Offer | None:
    """The same, where there is somebody to send it to."""
    offer = keepable(inbound, context, token, text)
    return offer if offer and await staffed(context) else None


def keeping(offer: Offer | None) -> tuple[Callable[[Tx], None], ...]:
    """The writes of an offer."""
    return (offer.keep,) if offer else ()


def with_offer(reply: Text, offer: Offer | None) -> Text:
    """What is kept when the button is pressed is said before."""
    if offer is None:
        return reply
    return replace(
        reply, parts=(*reply.parts, Part(f"\n\n{texts.OFFER}")), choices=(*reply.choices, offer.choice)
    )


async def offered_again(inbound: Inbound, context: Context, token: str) -> Choice | None:
    """The button for a question that is still kept under its token."""
    draft = await context.db.read(context.drafts.find, inbound.address, token)
    if draft is None or not await staffed(context):
        return None
    return Choice(texts.SEND, payload(OFFICER, token))


async def staffed(context: Context) -> bool:
    """Whether anybody would see it: nothing is promised that nobody can keep."""
    return bool(await context.db.read(staff.members, context.admins, "editor"))
