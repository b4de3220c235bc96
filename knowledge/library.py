"""The knowledge base as a running service answers from it: an index in memory, made anew when the database changes."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from hashlib import blake2b

from bot.model import Tx
from bot.storage.base import Reader
from knowledge import documents, entries, own_words
from knowledge.answering import Finding, Thresholds, find
from knowledge.candidates import Cited, Indexed
from knowledge.catalogue import Catalogue
from knowledge.documents import Document
from knowledge.follow_up import find_after
from knowledge.matcher import Index
from knowledge.revisions import revision
from knowledge.short_forms import ShortForms

EXAMPLES = 4
WARM_UP = "nq 57"
REMEMBERED = 2_000  # findings
SHORTEST_EXAMPLE, LONGEST_EXAMPLE = 30, 65  # characters


class Library:
    """Holds the newest index; answers go on from the last one while the next is being made."""

    def __init__(self, db: Reader) -> None:
        self._db = db
        self._recent: OrderedDict[tuple[bytes, Thresholds, bool, int | None], Finding] = OrderedDict()
        self._revision = -1
        self.index = Index.build((), ())
        self.catalogue = Catalogue(())
        self.examples: tuple[str, ...] = ()  # a few short questions that can be answered

    def find(
        self, text: str, thresholds: Thresholds, *, group: bool = False, after: int | None = None
    ) -> Finding:
        """`answering.find` on the newest index, or `follow_up.find_after` where the conversation last showed the document
        with the key `after`. What many people ask in the same words is found once.

        Remembered by a digest: no question of anybody's stays in memory.
        """
        key = (
            blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
            thresholds,
            group,
            after,
        )
        finding = self._recent.pop(key, None) or (
            find(text, self.index, thresholds, group=group)
            if after is None
            else find_after(text, self.index, thresholds, after)
        )
        self._recent[key] = finding
        if len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
        return finding

    async def refresh(self) -> bool:
        """Make the index anew if anything that people can see has changed; whether it had."""
        if await self._db.read(revision) == self._revision:
            return False
        changed, indexed, published, short_forms = await self._db.read(_answerable)
        self.index = await asyncio.to_thread(
            _warm_index, indexed, [_cited(each) for each in published], short_forms
        )
        self.catalogue = await asyncio.to_thread(Catalogue, published)
        self._recent.clear()
        self.examples = _examples(indexed)
        self._revision = changed
        return True


def _warm_index(indexed: list[Indexed], cited: list[Cited], short_forms: ShortForms) -> Index:
    """An index that has been asked once: tables are read and patterns made at the first question."""
    index = Index.build(indexed, cited, short_forms)
    find(WARM_UP, index)
    return index


def _examples(indexed: list[Indexed]) -> tuple[str, ...]:
    """Short questions in plain words (no numbers of documents where there are others), each of another document."""
    fit = [entry for entry in indexed if SHORTEST_EXAMPLE <= len(entry.question) <= LONGEST_EXAMPLE]
    fit.sort(key=lambda entry: any(character.isdigit() for character in entry.question))
    chosen: dict[int | None, str] = {}
    for entry in fit:
        chosen.setdefault(entry.document.key if entry.document else None, entry.question)
    return tuple(chosen.values())[:EXAMPLES]


def _answerable(tx: Tx) -> tuple[int, list[Indexed], list[Document], ShortForms]:
    published = [document for document in documents.all_documents(tx) if document.status != "draft"]
    cited = {document.key: _cited(document) for document in published}
    indexed = [
        Indexed(
            entry.key,
            entry.id,
            entry.question,
            entry.phrasings,
            entry.answer,
            cited.get(entry.document) if entry.document is not None else None,
            in_groups=entry.status == "published",
        )
        for entry in entries.answerable(tx)
    ]
    return revision(tx), indexed, published, own_words.load(tx)


def _cited(document: Document) -> Cited:
    return Cited(
        document.key, document.number, document.kind, document.title, document.issuer, document.issued_on
    )
