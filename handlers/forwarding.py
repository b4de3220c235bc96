"""/chuyentiep: a digest as a text to pass on, with its picture, its sheet of paper and its script for the loudspeaker.

The text is a message of its own, so that it can be passed on as it is. Whoever asks gets it; what is around it is for
members, whose links and numbers count for their unit.
"""

from __future__ import annotations

import re

from bot.audience.staff import Member
from bot.files import documents as word
from bot.model import Choice, File, Inbound, Outcome, Picture, Reply, Sending, Tx, say
from bot.texts import forwarding as texts
from handlers import forward_reports as reports
from handlers.commands import asked, command
from handlers.context import Context
from handlers.forward_reports import Kit
from handlers.payloads import KIT, payload
from handlers.staff.membership import member as member_of
from handlers.wording import day, plain
from scheduler import forwarding, kits, loudspeaker, notices
from scheduler.digests import Digest

COMMAND = "chuyentiep"
CARD, SHEET, ALOUD = "card", "a4", "loa"
_CODE = re.compile(r"[a-z0-9]{4,16}")
_MEDIA_TYPE = "image/png"


def is_wish(inbound: Inbound) -> bool:
    """The command, alone or with a digest's code; words with other words after them are a question."""
    rest = asked(inbound, COMMAND)
    return rest is not None and (bool(command(inbound)) or not rest or _code_in(rest) != "")


async def show(inbound: Inbound, context: Context) -> Outcome:
    code = _code_in(asked(inbound, COMMAND) or "")
    if not inbound.private:
        return await _in_group(inbound, context, code)
    member = await member_of(inbound, context)
    if code:
        return await _kit(inbound, context, member, code)
    found = await context.db.read(kits.newest)
    if member and len(found) > 1:
        choices = (Choice(_dated(digest, context), payload(KIT, digest.code)) for digest in found)
        return say(inbound.address, plain(texts.WHICH, *choices))
    if found:
        return await _kit(inbound, context, member, found[0].code)
    said = texts.NOTHING_YET_MEMBER if member else texts.NOTHING_YET
    return say(inbound.address, plain(said.format(**context.words(inbound.address.channel))))


async def press(inbound: Inbound, context: Context) -> Outcome:
    """ "kit/abcd2345", "…/card", "…/a4", "…/loa", "…/n", "…/n/3" """
    _, code, act, value = (*inbound.payload.split("/"), "", "", "")[:4]
    if not inbound.private:
        return await _in_group(inbound, context, code)
    member = await member_of(inbound, context)
    if member is None or not act:
        return await _kit(inbound, context, member, code)
    kit = await _of(context, member, code)
    if kit is None:
        return _gone(inbound, context)
    if act == reports.COUNT:
        return await reports.press(inbound, context, kit, value)
    return say(inbound.address, *_part(inbound, context, kit, act))


async def _kit(inbound: Inbound, context: Context, member: Member | None, code: str) -> Outcome:
    kit = await _of(context, member, code)
    if kit is None:
        return _gone(inbound, context)
    text = plain(_text(context, kit.digest, kit.slug))
    if member is None:
        return say(inbound.address, plain(texts.CITIZEN), text)
    done = await context.db.read(reports.reported, kit)
    menu = reports.menu(inbound, context, kit, done, _parts(kit.digest))
    outcome = say(inbound.address, text, menu, writes=(reports.expecting(inbound, context, kit),))
    return outcome if context.public_url else _with_note(outcome, inbound, member)


def _part(inbound: Inbound, context: Context, kit: Kit, act: str) -> tuple[Reply, ...]:
    if act == CARD:
        return (_card(inbound, context, kit),)
    if act == SHEET:
        return (_sheet(inbound, context, kit),)
    if act == ALOUD:
        return _aloud(context, kit)
    return (plain(texts.GONE.format(**context.words(inbound.address.channel))),)


def _card(inbound: Inbound, context: Context, kit: Kit) -> Reply:
    if not _takes_media(inbound, context):
        return plain(texts.CARD_NOT_HERE)
    title = forwarding.heading(kit.digest)
    link = forwarding.link_to(context.public_url, kit.digest, kit.slug)
    caption = f"{title}\n{texts.READ_ALL.format(address=link)}" if link else title
    name = f"ban-tin-{kit.digest.code}.png"
    reference = forwarding.card_reference(kit.digest, kit.slug)
    return Picture(name, _MEDIA_TYPE, reference, caption, texts.CARD_ALT.format(title=title))


def _sheet(inbound: Inbound, context: Context, kit: Kit) -> Reply:
    names = {form: notices.reference(kit.digest, kit.slug, form) for form in ("docx", "html")}
    web = f"{context.public_url}/{names['html']}"
    if inbound.address.channel in context.takes_files:
        caption = texts.SHEET_CAPTION
        if context.public_url:
            caption += f"\n{texts.SHEET_ON_THE_WEB.format(address=web)}"
        name = notices.file_name(kit.digest.code, "docx")
        return File(name, word.MEDIA_TYPE, names["docx"], caption)
    if context.public_url:
        links = {"word": f"{context.public_url}/{names['docx']}", "web": web}
        return plain(texts.SHEET_LINKS.format(caption=texts.SHEET_CAPTION, **links))
    return plain(texts.SHEET_NOT_HERE)


def _aloud(context: Context, kit: Kit) -> tuple[Reply, ...]:
    """What the reader has to know, and what is read, apart: the second is passed on as it is."""
    script = loudspeaker.script(kit.digest, context.organisation)
    note = loudspeaker.note(script)
    return plain(note), plain(script.text)


async def _in_group(inbound: Inbound, context: Context, code: str) -> Outcome:
    """Nobody's kit fills a group: where to get it, in one line."""
    found = (
        await context.db.read(kits.find, code)
        if code
        else next(iter(await context.db.read(kits.newest)), None)
    )
    if found is None:
        said = texts.GONE if code else texts.NOTHING_YET
        return say(inbound.address, plain(said.format(**context.words(inbound.address.channel)), to=inbound))
    if link := forwarding.link_to(context.public_url, found, None):
        return say(inbound.address, plain(texts.IN_GROUP_LINK.format(address=link), to=inbound))
    words = texts.WITH_CODE[context.knows_slash(inbound.address.channel)].format(code=found.code)
    return say(inbound.address, plain(texts.IN_GROUP.format(words=words), to=inbound))


async def _of(context: Context, member: Member | None, code: str) -> Kit | None:
    def look(tx: Tx) -> Kit | None:
        digest = kits.find(tx, code)
        unit = member.unit if member else None
        return Kit(digest, member, kits.slug_of(tx, unit)) if digest else None

    return await context.db.read(look)


def _text(context: Context, digest: Digest, slug: str | None) -> str:
    link = forwarding.link_to(context.public_url, digest, slug)
    return forwarding.kit_text(
        digest, context.organisation, forwarding.day_of(digest, context.timezone), link
    )


def _parts(digest: Digest) -> list[Choice]:
    labels = ((CARD, texts.CARD), (SHEET, texts.SHEET), (ALOUD, texts.ALOUD))
    return [Choice(label, payload(KIT, digest.code, act)) for act, label in labels]


def _with_note(outcome: Outcome, inbound: Inbound, member: Member) -> Outcome:
    """Said to each member once."""
    cause = f"kit:no-address:{member.key}"
    note = Sending(inbound.address, plain(texts.NO_ADDRESS), cause)
    return Outcome(outcome.sends, outcome.writes, settle=lambda _: [note])


def _gone(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(texts.GONE.format(**context.words(inbound.address.channel))))


def _takes_media(inbound: Inbound, context: Context) -> bool:
    """Zalo fetches pictures from our address, where there is one."""
    return bool(context.public_url) or inbound.address.channel in context.takes_files


def _dated(digest: Digest, context: Context) -> str:
    sent = day(forwarding.day_of(digest, context.timezone))
    title = forwarding.heading(digest)
    return title if sent in title else texts.DATED.format(title=title, date=sent)


def _code_in(rest: str) -> str:
    said = rest.strip(' .!“”"').lower()
    return said if _CODE.fullmatch(said) else ""
