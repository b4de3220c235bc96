"""A digest as one sheet for a notice board or a branch meeting. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from bot.files import documents
from bot.files.printing import Chapter, Paragraph, Publication, Sheet
from bot.texts import forwarding as texts
from knowledge.booklet_pages import Imprint
from scheduler.digests import Digest, Item
from scheduler.forwarding import about, address, heading, name, sentences

FOLDER = "ban-in"  # of its address
SHEET: Sheet = "A4"


def reference(digest: Digest, slug: str | None, form: str) -> str:
    """Where the sheet stands below our address; `slug` says whose passing on its QR code counts for."""
    return f"{FOLDER}/{digest.code}-{slug}.{form}" if slug else f"{FOLDER}/{digest.code}.{form}"


def file_name(stem: str, form: str) -> str:
    """What it is saved as."""
    return f"ban-tin-{stem.partition('-')[0]}.{form}"


def compose(digest: Digest, imprint: Imprint, link: str | None) -> Publication:
    """As many of its documents as one sheet holds, at least the first; what is left out is counted."""
    made = _of(digest, 1, imprint, link)
    for shown in range(2, len(digest.items) + 1):
        larger = _of(digest, shown, imprint, link)
        if not documents.fits_one_page(larger, SHEET):
            break
        made = larger
    return made


def _of(digest: Digest, shown: int, imprint: Imprint, link: str | None) -> Publication:
    items = enumerate(digest.items[:shown], 1)
    paragraphs = [line for at, item in items for line in _item(at, item, with_address=not link)]
    if more := len(digest.items) - shown:
        paragraphs.append(Paragraph(texts.AND_MORE.format(count=more), "hint"))
    return Publication(
        organisation=imprint.organisation,
        title=texts.NOTICE,
        about=(heading(digest),),
        dated=imprint.dated,
        chapters=(Chapter("", "", tuple(paragraphs)),),
        cover=False,
        link=link or "",
    )


def _item(at: int, item: Item, *, with_address: bool) -> Iterator[Paragraph]:
    """Addresses stand behind the QR code where there is one: nobody types them from a wall."""
    yield Paragraph(f"{at}. {name(item)}", "item")
    if title := about(item):
        yield Paragraph(title)
    if said := sentences(item):
        yield Paragraph(said)
    if with_address and (source := address(item)):
        yield Paragraph(texts.FULL_TEXT.format(address=source), "source")
