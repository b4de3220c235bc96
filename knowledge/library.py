"""The knowledge base as a running service answers from it: an index in memory that follows the database."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from bot.model import Tx
from bot.storage.base import Reader
from knowledge import documents, entries, own_words
from knowledge.answering import Finding, Thresholds, find
from knowledge.candidates import Cited, Indexed
from knowledge.catalogue import Catalogue
from knowledge.conversation import find_after
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.matcher import Draft, Index
from knowledge.revisions import revision
from knowledge.short_forms import ShortForms

EXAMPLES = 4
LOOKED_AT = 1_000  # entries, to find examples
WARM_UP = "nq 57"
PART = 500  # entries that are read at once
REMEMBERED = 2_000  # findings
SHORTEST_EXAMPLE, LONGEST_EXAMPLE = 30, 65  # characters


class Library:
    """Holds the newest index; answers go on from the last one while the next is being made."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self._recent: OrderedDict[tuple[bytes, Thresholds, bool], Finding] = OrderedDict()
        self._revision = -1
        self._marks: entries.Marks = {}  # of the entries in the index
        self._cited: dict[int, Cited] = {}
        self.index = Index.build((), ())
        find(WARM_UP, self.index)  # tables are read and patterns made at the first question
        self.catalogue = Catalogue(())
        self.examples: tuple[str, ...] = ()  # a few short questions that can be answered

    def find(
        self, text: str, thresholds: Thresholds, *, group: bool = False, topic: int | str | None = None
    ) -> Finding:
        """`answering.find` on the newest index, or `conversation.find_after` where the conversation is about a document.
        What many people ask in the same words is found once.

        Remembered by a digest: but for the last few texts that were read (knowledge/letters.py) no question of anybody's
        stays in memory.
        """
        key = (
            blake2b(f"{topic!r} {text}".encode("utf-8", "surrogatepass"), digest_size=16).digest(),
            thresholds,
            group,
        )
        finding = self._recent.pop(key, None) or (
            find(text, self.index, thresholds, group=group)
            if topic is None
            else find_after(text, self.index, thresholds, topic)
        )
        self._recent[key] = finding
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return finding

    async def refresh(self) -> bool:
        """Bring the index up to date if anything that people can see has changed; whether it had. Only entries that
        changed are read, and whatever takes long is done a part at a time in a thread: answers go on meanwhile."""
        if await self._db.read(revision) == self._revision:
            return False
        change = await self._db.read(self._change)
        for at in range(0, len(change.changed), PART):
            part = await self._db.read(entries.answerable_among, change.changed[at : at + PART])
            await asyncio.to_thread(change.draft.add, [_indexed(entry, change.cited) for entry in part])
        made = await asyncio.to_thread(_made, change.draft, change.seen.published)
        self.index, self.catalogue, self.examples = made
        self._recent.clear()
        self._revision, self._marks, self._cited = change.seen.revision, change.seen.marks, change.cited
        return True

    def _change(self, tx: Tx) -> _Change:
        seen = _look(tx)
        cited = {document.key: _cited(document) for document in seen.published}
        # With other short forms every text may read otherwise.
        before = self._marks if seen.short_forms.forms == self.index.short_forms.forms else {}
        edited = {key for key in {*cited, *self._cited} if cited.get(key) != self._cited.get(key)}
        citing = {key for mark, keys in seen.marks.items() if mark[2] in edited for key in keys}
        changed = sorted(citing | _more(seen.marks, before))
        if not before:
            return _Change(seen, cited, changed, Draft(cited.values(), seen.short_forms))
        stale = citing | _more(before, seen.marks)
        return _Change(seen, cited, changed, self.index.draft(stale, cited.values()))


class _Seen(NamedTuple):
    """What the database holds, without the texts of entries."""

    revision: int
    marks: entries.Marks
    published: list[Document]
    short_forms: ShortForms


class _Change(NamedTuple):
    """How to come from the index to what was seen: `changed` are the keys of the entries to be added to the draft."""

    seen: _Seen
    cited: dict[int, Cited]
    changed: list[int]
    draft: Draft


def _look(tx: Tx) -> _Seen:
    published = [document for document in documents.all_documents(tx) if document.status != "draft"]
    return _Seen(revision(tx), entries.marks(tx), published, own_words.load(tx))


def _more(marks: entries.Marks, than: entries.Marks) -> set[int]:
    """The keys that have a mark in one and not in the other."""
    return {key for mark, keys in marks.items() for key in keys - than.get(mark, frozenset())}


def _indexed(entry: Entry, cited: Mapping[int, Cited]) -> Indexed:
    return Indexed(
        entry.key,
        entry.id,
        entry.question,
        entry.phrasings,
        entry.answer,
        cited.get(entry.document) if entry.document is not None else None,
        in_groups=entry.status == "published",
    )


def _made(draft: Draft, published: list[Document]) -> tuple[Index, Catalogue, tuple[str, ...]]:
    index = draft.index()
    return index, Catalogue(published), _examples(index.entries)


def _examples(indexed: Iterable[Indexed]) -> tuple[str, ...]:
    """Short questions in plain words (no numbers of documents where there are others), each of another document."""
    first = islice(indexed, LOOKED_AT)
    fit = [entry for entry in first if SHORTEST_EXAMPLE <= len(entry.question) <= LONGEST_EXAMPLE]
    fit.sort(key=lambda entry: any(map(str.isdigit, entry.question)))
    chosen: dict[int | None, str] = {}
    for entry in fit:
        chosen.setdefault(entry.document.key if entry.document else None, entry.question)
    return tuple(chosen.values())[:EXAMPLES]


def _cited(document: Document) -> Cited:
    return Cited(
        document.key, document.number, document.kind, document.title, document.issuer, document.issued_on
    )
