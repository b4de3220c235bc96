"""What can be browsed: the published documents by level and topic, newest first, by number and by words. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from knowledge.documents import Document, Level
from knowledge.normalise import clean, fold
from knowledge.titles import Titles

LEVELS: tuple[Level, ...] = ("Trung ương", "tỉnh", "xã")


@dataclass(frozen=True, slots=True)
class Topic:
    """`key` is short and ASCII whatever the name is; spellings that differ in case, accents and spaces share it."""

    key: str
    name: str
    count: int


class Catalogue:
    """`documents` as the database has them, newest first; drafts are left out. `samples`: whether those are wanted."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._all = tuple(document for document in documents if document.status != "draft")
        self._topics = {
            document.key: {topic_key(topic): " ".join(topic.split()) for topic in reversed(document.topics)}
            for document in self._all
        }
        self._titles = Titles(self._all)
        keys = {document.key for document in self._all}
        self._superseded = {
            document.key for document in self._all if document.superseded_by in keys - {document.key}
        }

    def is_superseded(self, document: Document) -> bool:
        return document.key in self._superseded

    def levels(self, *, samples: bool) -> list[tuple[Level, int]]:
        """Those that have documents, and how many."""
        count = Counter(document.level for document in self._shown(samples))
        return [(level, count[level]) for level in LEVELS if count[level]]

    def topics(self, level: Level | None = None, *, samples: bool) -> list[Topic]:
        """Those that have documents of the level, the largest first; named as most of their documents spell them."""
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for document in self.documents(level, samples=samples):
            for key, name in self._topics[document.key].items():
                spellings[key][name] += 1
        topics = [Topic(key, _usual(names), names.total()) for key, names in spellings.items()]
        return sorted(topics, key=lambda topic: (-topic.count, fold(clean(topic.name))))

    def documents(
        self, level: Level | None = None, topic: str | None = None, *, samples: bool
    ) -> list[Document]:
        """Newest first; `topic` is a key."""
        return [
            document
            for document in self._shown(samples)
            if level in (None, document.level) and (topic is None or topic in self._topics[document.key])
        ]

    def numbered(self, number: int, *, samples: bool) -> list[Document]:
        """57: 57-NQ/TW, 57-KH/UBND …"""
        return [
            document
            for document in self._shown(samples)
            if (found := re.match(r"\d+", document.number or "")) and int(found[0]) == number
        ]

    def search(self, text: str, *, samples: bool) -> list[Document]:
        """By the words of titles and topics, newest first; see Titles."""
        return self._titles.search(text, samples=samples)

    def _shown(self, samples: bool) -> Iterable[Document]:
        return (document for document in self._all if samples or not document.sample)


def topic_key(name: str) -> str:
    return blake2b(fold(clean(name)).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _usual(spellings: Counter[str]) -> str:
    """Of equally frequent ones, one with a capital."""
    return max(spellings, key=lambda name: (spellings[name], name[:1].isupper()))
