"""The text of a digest as people pass it on: short enough for a message on Zalo, and whole where it is cut. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, tzinfo

from bot.channels.layout import shorten, size
from bot.texts import digests as digest_texts
from bot.texts import forwarding as texts
from knowledge.citations import cited
from knowledge.recognising import says_only_its_name
from scheduler.digest_rows import Digest, Item

LONGEST = 1_900  # UTF-16 units, which are at least as many as characters: one message on every network
TITLE, NAME, SENTENCES, ADDRESS = 200, 250, 420, 300  # of one document: so the first always fits
HEADING, ORGANISATION = 150, 120
PREVIEW = 90  # of a title: more is cut by those that show previews of links
_ABOUT = re.compile(r"về(?: việc)?:?\s+(?!đích\b)", re.IGNORECASE)


def kit_text(digest: Digest, organisation: str, day: date, link: str | None = None) -> str:
    """`link` is the digest's page, with the unit that passes it on; None where we have no address."""
    head = f"{heading(digest)}\n{_from(organisation, day)}"
    foot = texts.READ_ALL.format(address=link) if link else ""
    items = [_item(at, item) for at, item in enumerate(digest.items, 1)]
    shown = len(items)
    while size(text := _put_together(head, items, shown, foot), "utf-16") > LONGEST and shown > 1:
        shown -= 1
    return text


def link_to(public_url: str | None, digest: Digest, slug: str | None) -> str | None:
    """The short address of its page; `slug` says whose passing on counts its openings."""
    if not public_url:
        return None
    return f"{public_url}/d/{digest.code}?u={slug}" if slug else f"{public_url}/d/{digest.code}"


def day_of(digest: Digest, timezone: tzinfo) -> date:
    """The local day on which it went out."""
    return (digest.started_at or digest.send_at).astimezone(timezone).date()


def card_reference(digest: Digest, slug: str | None) -> str:
    """Where its picture stands below our address; its QR code is of that unit."""
    return f"d/{digest.code}/card-{slug}.png" if slug else f"d/{digest.code}/card.png"


def heading(digest: Digest) -> str:
    title = one_line(digest.title, HEADING)
    urgent = digest.urgent and digest_texts.URGENT.lower() not in title.lower()
    return texts.HEADING_URGENT.format(title=title) if urgent else title


def told_by(digest: Digest) -> str:
    """Its heading where nothing stands below it: urgent news that has no title of its own goes by its document's."""
    if digest.title != digest_texts.URGENT or not digest.items:
        return heading(digest)
    item = digest.items[0]
    about_it = subject(item) if item.number else item.title
    return texts.HEADING_URGENT.format(title=one_line(about_it, PREVIEW)) if about_it else heading(digest)


def name(item: Item) -> str:
    """ "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị"; a document without a number goes by its title."""
    return one_line(cited(item), NAME)


def about(item: Item) -> str:
    """What its name does not say yet: its title; "" where that is the name."""
    named = not item.number or says_only_its_name(item.title, item.number)
    return "" if named else one_line(item.title, TITLE)


def subject(item: Item) -> str:
    """The same after "Về: ", which many titles begin with themselves."""
    title = about(item)
    rest = title[found.end() :] if (found := _ABOUT.match(title)) else title
    return rest[:1].upper() + rest[1:]


def sentences(item: Item) -> str:
    """What a digest says about it; staff may have written more, which is cut between words."""
    return one_line(item.sentences, SENTENCES)


def address(item: Item) -> str:
    """Half an address leads nowhere: "" for one that is too long."""
    found = item.address or ""
    return found if len(found) <= ADDRESS and not re.search(r"\s", found) else ""


def one_line(text: str, longest: int) -> str:
    return shorten(" ".join(text.split()), longest, "utf-16")


def _from(organisation: str, day: date) -> str:
    return texts.FROM.format(organisation=one_line(organisation, ORGANISATION), date=f"{day:%d/%m/%Y}")


def _item(at: int, item: Item) -> str:
    title, source = subject(item), address(item)
    lines = (
        f"{at}. {name(item)}",
        texts.ABOUT.format(title=title) if title else "",
        sentences(item),
        texts.SOURCE.format(address=source) if source else "",
    )
    return "\n".join(line for line in lines if line)


def _put_together(head: str, items: Sequence[str], shown: int, foot: str) -> str:
    more = len(items) - shown
    tail = texts.AND_MORE.format(count=more) if more else ""
    return "\n\n".join(part for part in (head, *items[:shown], tail, foot) if part)
