"""A digest as the ward's loudspeaker reads it: every number, date and short form in words, with how long it takes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts import loudspeaker as texts
from scheduler.digests import Digest, Item
from scheduler.forwarding import name, subject
from scheduler.reading_aloud import ordinal, read, unread
from scheduler.spoken_numbers import cardinal

LONGEST = 300  # seconds of one reading: beyond, nobody at home still listens
PACE = 2.6  # syllables in a second: slower than on the radio, since it echoes from house to house
PAUSE, LONG_PAUSE = 0.5, 1.5  # seconds, after a sentence and after a paragraph
_PARTS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Script:
    """What is read; the seconds that one reading takes; short forms of which nobody told us how they are said."""

    text: str
    seconds: int
    unread: tuple[str, ...] = ()


def script(digest: Digest, organisation: str) -> Script:
    """As many of its documents as one listens to, at least the first."""
    issuers, of = _issuers(digest.items), len(digest.items)
    said = [texts.GREETING, read(_opening(digest).format(organisation=organisation), issuers)]
    text = ""
    for at, item in enumerate(digest.items, 1):
        said.append(_item(at, item, of, issuers))
        longer = _whole(said, of - at)
        if text and seconds(longer) > LONGEST:
            break
        text = longer
    return Script(text, seconds(text), unread(text))


def note(of: Script) -> str:
    """What whoever reads it has to know."""
    said = texts.NOTE.format(length=length(of.seconds), twice=length(2 * of.seconds))
    return f"{said} {texts.UNKNOWN.format(words=', '.join(of.unread))}" if of.unread else said


def seconds(text: str) -> int:
    """How long it takes to read, slowly."""
    syllables = len(_PARTS.split(text.strip()))
    pauses = PAUSE * len(re.findall(r"[.!?:;]", text)) + LONG_PAUSE * text.count("\n\n")
    return round(syllables / PACE + pauses)


def length(of: int) -> str:
    """ "3 phút 20 giây", to the ten seconds."""
    rounded = max(10, round(of / 10) * 10)
    minutes, rest = divmod(rounded, 60)
    if not minutes:
        return texts.SECONDS.format(count=rest)
    return (
        texts.MINUTES_SECONDS.format(minutes=minutes, seconds=rest)
        if rest
        else texts.MINUTES.format(count=minutes)
    )


def _opening(digest: Digest) -> str:
    if digest.urgent:
        return texts.OPENING_URGENT
    return texts.OPENING if len(digest.items) > 1 else texts.OPENING_OF_ONE


def _item(at: int, item: Item, of: int, issuers: Mapping[str, str]) -> str:
    said = read(name(item), issuers)
    if title := read(subject(item), issuers).rstrip("."):
        said = texts.ABOUT.format(document=said, title=title)
    numbered = texts.ITEM.format(ordinal=ordinal(at)) if of > 1 else ""
    return " ".join(part for part in (numbered, _ended(said), _ended(read(item.sentences, issuers))) if part)


def _ended(said: str) -> str:
    """With a full stop, which is where a reader breathes."""
    if not said:
        return ""
    said = said[0].upper() + said[1:].rstrip("…")
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _whole(said: list[str], more: int) -> str:
    rest = [texts.MORE.format(count=cardinal(more))] if more else []
    return "\n\n".join((*said, *rest, texts.ENDING))


def _issuers(items: tuple[Item, ...]) -> dict[str, str]:
    """Who issued which number; none where two bodies have the same."""
    found: dict[str, str] = {}
    for item in items:
        if item.number and item.issuer:
            known = found.setdefault(item.number, item.issuer)
            found[item.number] = item.issuer if known == item.issuer else ""
    return {number: issuer for number, issuer in found.items() if issuer}
