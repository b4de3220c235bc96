"""What staff see of a digest before and while it goes out: the exact messages on each network, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.channels.layout import fit, words_of
from bot.model import Address, Picture, Reply, Text, Tx
from scheduler.digest_rows import Digest, Item
from scheduler.media import Media
from scheduler.rendering import Medium, render
from scheduler.selection import chosen


@dataclass(frozen=True, slots=True)
class Rendering:
    """where  (channel, whether in groups): those on which it looks exactly so
    pieces   its messages, one call to the platform each
    picture  whether the first one is a picture
    """

    where: tuple[tuple[str, bool], ...]
    pieces: tuple[Text, ...]
    picture: bool = False


def renderings(tx: Tx, digest: Digest, media: Media, networks: Iterable[str]) -> list[Rendering]:
    """On each network that somebody gets it on; on all `networks`, where nobody gets it yet."""
    samples: dict[tuple[str, bool], Address] = {}
    for recipient in chosen(tx, digest.unit, digest.audience):
        samples.setdefault((recipient.to.channel, recipient.kind == "group"), recipient.to)
    samples = samples or {(name, False): Address(name, "") for name in networks}
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Rendering] = {}
    for place, to in sorted(samples.items()):
        medium = media.of(to)
        if medium is None:
            continue
        replies = render(digest, medium)
        pieces = tuple(piece for reply in replies for piece in fit(_words(reply), medium.limits))
        labels = tuple(choice.label for piece in pieces for choice in piece.choices)
        key = (tuple(piece.plain for piece in pieces), labels)
        before = found.get(key)
        where = (*(before.where if before else ()), place)
        found[key] = Rendering(where, pieces, any(isinstance(reply, Picture) for reply in replies))
    return list(found.values())


def pieces(text: Text, medium: Medium) -> list[Text]:
    """The messages that it becomes there."""
    return fit(text, medium.limits)


def _words(reply: Reply) -> Text:
    if isinstance(reply, Text):
        return reply
    return words_of(reply) if isinstance(reply, Picture) else Text(())


@dataclass(frozen=True, slots=True)
class Difference:
    """What another digest had otherwise; numbers of documents, or their titles where they have none."""

    title: bool = False
    greeting: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.title or self.greeting or self.added or self.removed or self.reworded)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A digest as it was at a rehearsal: document to its name and sentences."""

    title: str
    greeting: str
    items: dict[str, tuple[str, str]]


def snapshot(digest: Digest) -> Snapshot:
    items = {str(item.document): (_name(item), item.sentences) for item in digest.items}
    return Snapshot(digest.title, digest.greeting, items)


def difference(now: Snapshot, before: Snapshot) -> Difference:
    both = now.items.keys() & before.items.keys()
    return Difference(
        now.title != before.title,
        now.greeting != before.greeting,
        tuple(now.items[key][0] for key in now.items if key not in both),
        tuple(before.items[key][0] for key in before.items if key not in both),
        tuple(now.items[key][0] for key in now.items if key in both and now.items[key] != before.items[key]),
    )


def _name(item: Item) -> str:
    return item.number or item.title
