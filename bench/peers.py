"""Matchers beside ours, each on its own: a knowledge base becomes a function from a question to the ids of the best five."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from knowledge.answering import find
from knowledge.candidates import Indexed
from knowledge.letters import clean, fold, tokens
from knowledge.matcher import Index

FIRST = 25  # texts that are looked at for five different entries

Ranker = Callable[[str], list[str]]
Maker = Callable[[Sequence[Indexed]], Ranker]


def ours(entries: Sequence[Indexed]) -> Ranker:
    """The whole decision, not only the order: facts, triage and the last check are part of the time."""
    index = Index.build(entries, [])
    return lambda text: [each.id for each in find(text, index).ranked]


def fuzzy(scorer: Callable[..., float]) -> Maker:
    """A scorer of RapidFuzz with its own preprocessing."""

    def make(entries: Sequence[Indexed]) -> Ranker:
        texts, ids = _texts(entries, utils.default_process)

        def ranker(text: str) -> list[str]:
            found = process.extract(utils.default_process(text), texts, scorer=scorer, limit=FIRST)
            return _entries(ids[at] for _, _, at in found)

        return ranker

    return make


def full_text(entries: Sequence[Indexed]) -> Ranker:
    """SQLite FTS5 on our folding, any of the words, BM25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE asked USING fts5(id UNINDEXED, text)")
    texts, ids = _texts(entries, _folded)
    base.executemany("INSERT INTO asked VALUES (?, ?)", zip(ids, texts, strict=True))

    def ranker(text: str) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(_folded(text).split()))
        if not query:
            return []
        found = base.execute(
            "SELECT id FROM asked WHERE asked MATCH ? ORDER BY bm25(asked) LIMIT ?", (query, FIRST)
        )
        return _entries(row[0] for row in found)

    return ranker


def tantivy_alone(entries: Sequence[Indexed]) -> Ranker:
    """tantivy in memory on our folding, any of the words, its BM25."""
    import tantivy  # here, so that it is in the memory of its own row only

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False)
    builder.add_integer_field("at", stored=True, indexed=False)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    texts, ids = _texts(entries, _folded)
    for at, text in enumerate(texts):
        writer.add_document(tantivy.Document(text=text, at=at))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ranker(text: str) -> list[str]:
        words = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", word))
            for word in dict.fromkeys(_folded(text).split())
        ]
        hits = searcher.search(tantivy.Query.boolean_query(words), FIRST).hits if words else []
        return _entries(ids[searcher.doc(address)["at"][0]] for _, address in hits)

    return ranker


def bm25s_alone(entries: Sequence[Indexed]) -> Ranker:
    """bm25s on our folding."""
    import bm25s

    texts, ids = _texts(entries, _folded)
    retriever = bm25s.BM25()
    retriever.index([text.split() for text in texts], show_progress=False)
    known = set(retriever.vocab_dict)
    count = min(FIRST, len(texts))

    def ranker(text: str) -> list[str]:
        words = [word for word in _folded(text).split() if word in known]
        if not words:
            return []
        found, scores = retriever.retrieve([words], k=count, show_progress=False)
        return _entries(ids[at] for at, score in zip(found[0], scores[0], strict=True) if score > 0)

    return ranker


MATCHERS: dict[str, Maker] = {
    "ours": ours,
    "RapidFuzz WRatio": fuzzy(fuzz.WRatio),
    "RapidFuzz token_set_ratio": fuzzy(fuzz.token_set_ratio),
    "SQLite FTS5": full_text,
    "tantivy": tantivy_alone,
    "bm25s": bm25s_alone,
}


def _texts(entries: Sequence[Indexed], read: Callable[[str], str]) -> tuple[list[str], list[str]]:
    """Every question and phrasing, read, and the entry of each."""
    pairs = [(read(text), each.id) for each in entries for text in (each.question, *each.phrasings)]
    return [text for text, _ in pairs], [id for _, id in pairs]


def _folded(text: str) -> str:
    return " ".join(tokens(fold(clean(text))))


def _entries(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))[:5]
