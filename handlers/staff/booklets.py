"""Members order booklets and meeting material in chat: as a file where the network takes one, else as links for a day."""

from __future__ import annotations

import shlex
from datetime import timedelta

from bot.audience.staff import Member
from bot.errors import InputError, UsageError
from bot.files import documents
from bot.model import File, Inbound, Outcome, say
from bot.texts import booklet as texts
from handlers.context import Context
from handlers.staff import booklet_words
from handlers.wording import plain
from knowledge import booklet
from knowledge.booklet import Chosen, Order

LASTS = timedelta(hours=24)


async def send(inbound: Inbound, context: Context, member: Member) -> Outcome:
    order = Order()
    try:
        order = booklet_words.read(inbound.text, context.today)
        chosen = await context.db.read(booklet.choose, order, texts.WORD_FOR_SAMPLES)
    except InputError as error:
        unknown_topic = isinstance(error, UsageError) and order.topic
        said = f"{error} {texts.MEANT_A_QUESTION}" if unknown_topic else str(error)
        return say(inbound.address, plain(said))
    ticket = context.ticket(booklet.FOLDER, order.as_text(), context.clock.now() + LASTS)
    word, web = (f"{booklet.FOLDER}/{ticket}.{form}" for form in ("docx", "html"))
    caption = _caption(chosen)
    if inbound.address.channel in context.takes_files:
        if context.public_url:
            caption += f"\n{texts.ON_THE_WEB.format(address=f'{context.public_url}/{web}')}"
        file = File(booklet.file_name(order, "docx"), documents.MEDIA_TYPE, word, caption)
        return say(inbound.address, file)
    if context.public_url:
        addresses = {"word": f"{context.public_url}/{word}", "web": f"{context.public_url}/{web}"}
        return say(inbound.address, plain(texts.LINKS.format(caption=caption, **addresses)))
    said = texts.NO_FILES_HERE.format(caption=caption, command=_command(order))
    return say(inbound.address, plain(said))


def _caption(chosen: Chosen) -> str:
    about = booklet.about(chosen)[0]
    form = texts.CAPTION_OF_MEETING if chosen.order.meeting else texts.CAPTION
    return form.format(
        about=about,
        documents=len(chosen.documents),
        count=len(chosen.items),
        sheet=chosen.order.sheet,
    )


def _command(order: Order) -> str:
    """What the operator types for the same."""
    words = ["hoidap", "booklet", booklet.file_name(order, "docx")]
    words += ["--topic", order.topic] if order.topic else []
    words += ["--document", order.document] if order.document else []
    words += ["--from", f"{order.first:%d/%m/%Y}"] if order.first else []
    words += ["--to", f"{order.last:%d/%m/%Y}"] if order.last else []
    words += ["--page", "A5"] if order.sheet == "A5" else []
    words += ["--meeting"] if order.meeting else []
    words += ["--samples"] if order.samples else []
    return shlex.join(words)
