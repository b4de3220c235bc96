"""From the bytes of a feed to its entries: plain text, nothing that could run, the newest ones only.

Reading happens in a process of its own (`python -m scheduler.feed_reading`): some crooked megabytes keep every parser busy
for minutes, and answers to people must not wait for that. What it may use of the machine is bounded, and it is ended.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import re
import resource
import sys
from calendar import timegm
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import feedparser

from bot.errors import InputError
from bot.exchange.tidying import tidy
from bot.files import encodings

NEWEST = 200  # entries of one feed that are looked at
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_ADDRESS = 1_000, 2_000, 1_000  # characters
PATIENCE = 20.0  # seconds
_MEMORY = 1024 * 1024 * 1024
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,100}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.-]+)", re.IGNORECASE)
_HEAD = 100_000  # bytes in which a document type would stand

Fault = Literal["empty", "no feed", "broken", "heavy"]


class NotRead(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True, slots=True)
class Entry:
    """guid       what the feed knows it by, in one short form
    published  when the feed says it came out, in UTC; "" where that cannot be
    """

    guid: str
    title: str
    summary: str
    address: str | None
    published: str


@dataclass(frozen=True, slots=True)
class Contents:
    """`left_out`: how many older entries were not looked at."""

    title: str
    entries: tuple[Entry, ...]
    left_out: int = 0


async def read_apart(
    body: bytes, content_type: str, now: datetime, *, patience: float = PATIENCE
) -> Contents:
    """`read`, in a process of its own. Raises NotRead."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scheduler.feed_reading",
        content_type[:200],
        now.isoformat(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it could quote what a feed says
        cwd=Path(__file__).parent.parent,  # wherever the service was started
        env={},  # no token is its business
    )
    try:
        async with asyncio.timeout(patience):
            said, _ = await child.communicate(body)
    except TimeoutError:
        raise NotRead("heavy") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return _from_child(said)


def read(body: bytes, content_type: str, now: datetime) -> Contents:
    """Raises NotRead."""
    if not body.strip():
        raise NotRead("empty")
    if b"<!ENTITY" in body[:_HEAD].replace(b"\0", b"").upper():  # no feed needs them, bombs do
        raise NotRead("broken")
    body, content_type = _decoded(body, content_type)
    found = feedparser.parse(
        io.BytesIO(body),  # never a name or an address: those it would open
        response_headers={"content-type": content_type},
        sanitize_html=False,  # only plain text is taken
        resolve_relative_uris=False,
    )
    if not found.entries and (not found.version or found.bozo):
        raise NotRead("broken" if found.version else "no feed")
    entries = _told_apart([entry for each in found.entries if (entry := _entry(each, now))])
    newest = _newest(entries)
    return Contents(plain(found.feed.get("title", ""), 100), newest, len(entries) - len(newest))


def plain(html: str, longest: int) -> str:
    """The words of a piece of HTML, or of a plain text, on one line."""
    words = _Words()
    words.feed(html[:100_000])
    words.close()
    text = tidy("".join(words.found))
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def _decoded(body: bytes, content_type: str) -> tuple[bytes, str]:
    """What says truly in which encoding it is stays; where nothing is said, or UTF-8 in vain, it is found out."""
    declared = _DECLARED.match(body)
    charset = _CHARSET.search(content_type)
    said = (charset[1] if charset else declared[1].decode() if declared else "utf-8").lower()
    if said not in ("utf-8", "utf8", "us-ascii") or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body, content_type
    try:
        text = encodings.decode(body, "")
    except InputError:
        return body, content_type
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).encode(), "application/xml; charset=utf-8"


def _entry(item: Any, now: datetime) -> Entry | None:
    """None for an item that says nothing."""
    title = plain(item.get("title", ""), LONGEST_TITLE)
    summary = plain(item.get("summary", ""), LONGEST_SUMMARY)
    if not title:
        title, summary = summary[:LONGEST_TITLE], ""
    if not title:
        return None
    address = _address(item.get("link", ""))
    name = item.get("id") or address or title
    return Entry(_short(str(name)), title, summary, address, _published(item, now))


def _told_apart(entries: Sequence[Entry]) -> list[Entry]:
    """Some feeds give all their entries one name, as the address of the page that lists them: titles tell those apart."""
    times = Counter(entry.guid for entry in entries)
    return [
        replace(entry, guid=_short(f"{entry.guid} {entry.title}")) if times[entry.guid] > 1 else entry
        for entry in entries
    ]


def _short(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]


def _address(link: str) -> str | None:
    try:
        parts = urlsplit(link.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return (
        link.strip()
        if usable and len(link) <= LONGEST_ADDRESS and not re.search(r"[\s<>\"]", link.strip())
        else None
    )


def _published(item: Any, now: datetime) -> str:
    # As they stand: asked for in the usual way, the library warns that one takes the place of the other.
    moment = dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")
    try:
        found = datetime.fromtimestamp(timegm(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        return ""
    return found.isoformat() if found and found.year >= 1990 and found <= now else ""


def _newest(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By their dates where all have one; else as they stand, for feeds begin with what is new."""
    if all(entry.published for entry in entries):
        entries = sorted(entries, key=lambda entry: entry.published, reverse=True)
    return tuple(entries[:NEWEST])


class _Words(HTMLParser):
    _SILENT = ("script", "style", "head", "template")
    _WITHIN = frozenset(("a", "b", "i", "u", "em", "strong", "span", "sup", "sub", "font"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 - the library's signature
        if tag in self._SILENT:
            self._silent += 1
        elif tag not in self._WITHIN:
            self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag not in self._WITHIN:
            self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def _from_child(said: bytes) -> Contents:
    try:
        told = json.loads(said)
    except ValueError:  # it was ended by its limits
        raise NotRead("heavy") from None
    if (fault := told.get("fault")) in get_args(Fault):
        raise NotRead(fault)
    return Contents(told["title"], tuple(Entry(**each) for each in told["entries"]), told["left_out"])


def _main(content_type: str, now: str) -> None:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
    try:
        told: dict[str, Any] = asdict(
            read(sys.stdin.buffer.read(), content_type, datetime.fromisoformat(now))
        )
    except NotRead as error:
        told = {"fault": error.fault}
    except Exception:  # a fault of the parser's: the feed cannot be read, whatever it was
        told = {"fault": "broken"}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
