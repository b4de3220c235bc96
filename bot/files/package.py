"""Office files are zip archives of XML parts: opens them within bounds and walks through their elements."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, iterparse  # type: ignore[import-untyped]

from bot.errors import InputError
from bot.texts import staff

MOST_PARTS = 5_000
LARGEST_UNPACKED = 300_000_000  # bytes; a sheet of 100,000 full rows has about 150 million
BOMB_FROM, BOMB_RATIO = 20_000_000, 200  # real sheets shrink to a tenth, very repetitive ones to a fiftieth

_TEXT_PARTS = re.compile(
    r"xl/(comments|threadedComments|drawings)[^/]*(/[^/]+)?\.xml"
    r"|word/(document|header\d*|footer\d*|comments|footnotes)\.xml"
)
_TEXTS = frozenset(("p", "comment", "threadedComment"))
# What zipfile and its unpackers raise; RuntimeError: a password, or a way of packing that it does not know.
_UNPACKING = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError)
_BROKEN = (ParseError, DefusedXmlException, KeyError, *_UNPACKING)


def opened(content: bytes, name: str) -> zipfile.ZipFile:
    """The archive, checked against what a small machine can unpack. Raises InputError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputError(staff.FILE_BROKEN.format(name=name)) from error
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    bomb = unpacked > BOMB_FROM and unpacked > BOMB_RATIO * len(content)
    if bomb or len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED:
        raise InputError(staff.FILE_UNPACKS_TOO_LARGE.format(name=name))
    return archive


def has_part(content: bytes, part: str) -> bool:
    try:
        return part in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def elements(archive: zipfile.ZipFile, part: str, wanted: frozenset[str]) -> Iterator[Element]:
    """The elements of a part with one of these names (without namespace), whole, as they end; nothing else of the
    part is kept. zipfile stops at the size that the archive declared. Raises InputError."""
    open_elements: list[Element] = []
    inside = 0
    try:
        with archive.open(part) as stream:
            for event, element in iterparse(stream, events=("start", "end")):
                name = local(element.tag)
                if event == "start":
                    open_elements.append(element)
                    inside += name in wanted
                    continue
                open_elements.pop()
                if name in wanted:
                    yield element
                    inside -= 1
                if not inside and open_elements:
                    open_elements[-1].clear()
    except _BROKEN as error:
        raise InputError(staff.FILE_BROKEN.format(name=part)) from error


def lines(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """(part, line) of what stands outside the cells of a workbook (comments, text boxes) and of all that stands in a
    Word file. Raises InputError."""
    for part in archive.namelist():
        if _TEXT_PARTS.fullmatch(part):
            for element in elements(archive, part, _TEXTS):
                for line in "".join(element.itertext()).splitlines():
                    yield part, line


def local(tag: Any) -> str:
    """An element's name without its namespace."""
    return str(tag).rpartition("}")[2]
