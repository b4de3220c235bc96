"""Files that belong to a document: which kinds are taken, told by their content and never by their name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.errors import InputError
from bot.files import package, secrecy
from bot.texts import staff

LARGEST = 5_000_000  # bytes

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SIGNATURES = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """The text of a document as a file, for those that have no address."""

    name: str
    media_type: str
    content: bytes


def read(path: Path) -> Attachment:
    """Raises InputError (a sentence about the file, without its place): missing, too large, not a kind that is taken,
    or a Word file that bears a secrecy mark."""
    try:
        size = path.stat().st_size if path.is_file() else None
        content = path.read_bytes() if size is not None and size <= LARGEST else b""
    except OSError as error:
        raise InputError(staff.FILE_UNREADABLE.format(name=path.name)) from error
    if size is None:
        raise InputError(staff.FILE_MISSING.format(name=path.name))
    if size > LARGEST:
        raise InputError(staff.FILE_TOO_LARGE.format(name=path.name, limit=LARGEST // 1_000_000))
    media_type = kind_of(content)
    if media_type is None:
        raise InputError(staff.FILE_KIND.format(name=path.name))
    if media_type == _DOCX:
        secrecy.check_package(package.opened(content, path.name), path.name)
    return Attachment(path.name, media_type, content)


def kind_of(content: bytes) -> str | None:
    """The media type of a PDF, Word, JPEG or PNG file; None for anything else."""
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _DOCX if package.has_part(content, "word/document.xml") else None
    return next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)
