"""A publication as a file: for Word, or as a page that can be printed."""

from __future__ import annotations

from datetime import UTC

from markupsafe import Markup

from bot.clock import Clock
from bot.files import documents, qr
from bot.files.printing import Publication, Sheet
from bot.texts import booklet as texts
from web import pages

MEDIA_TYPES = {"docx": documents.MEDIA_TYPE, "html": "text/html"}


def written(publication: Publication, sheet: Sheet, form: str, clock: Clock) -> bytes:
    """The content of the file: form is one of MEDIA_TYPES."""
    if form == "docx":
        return documents.write(publication, sheet, clock.now().astimezone(UTC))
    code = Markup(qr.svg(publication.link)) if publication.link else ""  # noqa: S704 - made of squares alone
    return (
        pages.template("publication.html")
        .render(publication=publication, sheet=sheet, texts=texts, code=code)
        .encode()
    )
