"""Beginnings and everything around questions: /start, /help, unknown commands, pictures."""

from __future__ import annotations

from bot.audience import people
from bot.model import Inbound, Outcome, Tx, say
from bot.texts import chat
from handlers.commands import command
from handlers.context import Context
from handlers.wording import plain


async def start(inbound: Inbound, context: Context) -> Outcome:
    introduction = chat.INTRODUCTION.format(**context.words(inbound.address.channel))
    today = context.today

    def meet(tx: Tx) -> None:
        people.meet(tx, inbound.address.channel, inbound.sender, today)

    writes = (meet,) if inbound.private and inbound.sender else ()
    return say(inbound.address, plain(f"{introduction}\n\n{chat.START}"), writes=writes)


async def help_(inbound: Inbound, context: Context) -> Outcome:
    slash = context.knows_slash(inbound.address.channel)
    named = context.words(inbound.address.channel)
    lines = [
        chat.COMMAND_LINE.format(command=named[name], description=description.lower())
        for name, description in chat.COMMANDS
    ]
    heading = chat.COMMANDS_HEADING if slash else chat.SPOKEN_COMMANDS_HEADING
    return say(
        inbound.address, plain("\n".join((chat.HELP.format(**named), "", heading, *lines)), to=inbound)
    )


async def unknown_command(inbound: Inbound, context: Context) -> Outcome:
    if not inbound.private:
        return Outcome()  # most likely another bot's command
    said = chat.UNKNOWN_COMMAND.format(
        command=command(inbound)[:40], **context.words(inbound.address.channel)
    )
    return say(inbound.address, plain(said))


async def not_open(inbound: Inbound, context: Context) -> Outcome:
    words = chat.NOT_OPEN_COMMANDS[command(inbound)[1:]]
    said = chat.NOT_OPEN.format(words=words, **context.words(inbound.address.channel))
    return say(inbound.address, plain(said, to=inbound))


async def unreadable(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(chat.ONLY_TEXT)) if inbound.private else Outcome()


async def stopped(inbound: Inbound, context: Context) -> Outcome:
    """Blocked or removed: what waits for the conversation is ended by dispatch, the person is forgotten here."""

    def forget(tx: Tx) -> None:
        context.end(tx, inbound.address)

    return Outcome(writes=(forget,))
