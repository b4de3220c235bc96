"""Beginnings and everything around questions: /start, /help, unknown commands, pictures, being added to a group."""

from __future__ import annotations

from bot.audience import people
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import chat
from handlers.context import Context
from handlers.wording import plain


def command(inbound: Inbound) -> str:
    """ "/help" of "/help", "/help@OurBot" and "/HELP something"; "" for what is no command."""
    if inbound.kind != "text" or not inbound.text.startswith("/"):
        return ""
    return inbound.text.split(maxsplit=1)[0].partition("@")[0].lower()


async def start(inbound: Inbound, context: Context) -> Outcome:
    introduction = chat.INTRODUCTION.format(organisation=context.organisation)
    today = context.today

    def meet(tx: Tx) -> None:
        people.meet(tx, inbound.address.channel, inbound.sender, today)

    writes = (meet,) if inbound.private and inbound.sender else ()
    return say(inbound.address, plain(f"{introduction}\n\n{chat.START}"), writes=writes)


async def help_(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(chat.HELP, to=inbound))


async def unknown_command(inbound: Inbound, context: Context) -> Outcome:
    if not inbound.private:
        return Outcome()  # most likely another bot's command
    return say(inbound.address, plain(chat.UNKNOWN_COMMAND.format(command=command(inbound)[:40])))


async def unreadable(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(chat.ONLY_TEXT)) if inbound.private else Outcome()


async def joined(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(chat.GROUP_GREETING.format(organisation=context.organisation)))


async def stopped(inbound: Inbound, context: Context) -> Outcome:
    """Blocked or removed: what waits for the conversation is ended by dispatch, the person is forgotten here."""

    def forget(tx: Tx) -> None:
        people.forget_private_chat(tx, inbound.address)

    return Outcome(writes=(forget,))


async def nothing(inbound: Inbound, context: Context) -> Outcome:
    return Outcome()
