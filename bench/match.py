"""Ours beside RapidFuzz and SQLite FTS5 on the evaluation data: quality per set and pooled, then time on grown copies.

`python -m bench.match [--quick]`; prints one table of each kind. `--quick` leaves 100,000 phrasings out.
"""

import random
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from rapidfuzz import fuzz, process, utils

from bench import evalsets
from bench.evalsets import Question
from bench.slips import with_a_slip
from knowledge.answering import find
from knowledge.candidates import Indexed
from knowledge.matcher import Index
from knowledge.normalise import clean, fold

SEED = 7
Ranker = Callable[[str], list[str]]  # a question to the ids of the best five entries


def main() -> None:
    if not evalsets.present():
        print(evalsets.MISSING)
        return
    for multi in (True, False):
        quality(multi=multi)
    decisions()
    twins()
    speed((5_000, 10_000) if "--quick" in sys.argv else (5_000, 10_000, 100_000))


def quality(*, multi: bool) -> None:
    """Top-1 and top-5 of every matcher; ours also without accents and with a slip."""
    print(f"\n{'multi' if multi else 'single'} mode, top-1/top-5")
    print(f"{'':22}{'all sets':12}" + "".join(f"{name[:12]:14}" for name in evalsets.SETS))
    bases = {name: evalsets.entries(name, multi=multi) for name in evalsets.SETS}
    asked = {name: evalsets.questions(name) for name in evalsets.SETS}
    rng = random.Random(SEED)
    plain = {name: [(evalsets.without_accents(each.query), each) for each in asked[name]] for name in asked}
    slips = {
        name: [(with_a_slip(each.query, rng) or each.query, each) for each in asked[name]] for name in asked
    }
    typed = {name: [(each.query, each) for each in asked[name]] for name in asked}
    for title, make, variant in (
        ("ours", ours, typed), ("ours, no accents", ours, plain), ("ours, one slip", ours, slips),
        ("WRatio", fuzzy(fuzz.WRatio), typed), ("token_set_ratio", fuzzy(fuzz.token_set_ratio), typed),
        ("  on our folding", fuzzy(fuzz.token_set_ratio, _folded), typed),
        ("FTS5 bm25", full_text, typed),
    ):  # fmt: skip
        hits: list[tuple[bool, bool]] = []
        cells = []
        for name in evalsets.SETS:
            ranker = make(bases[name])
            rows = [_hits(ranker(text), question) for text, question in variant[name]]
            hits += rows
            cells.append(_share(rows))
        print(f"{title:22}{_share(hits):12}" + "".join(f"{cell:14}" for cell in cells))


def decisions() -> None:
    """What is answered directly with the shipped threshold, in scope and out of it."""
    print("\nshipped threshold")
    for multi in (True, False):
        right = wrong = count = 0
        for name in evalsets.SETS:
            index = Index.build(evalsets.entries(name, multi=multi), [])
            for question in evalsets.questions(name):
                entry = find(question.query, index).entry
                count += 1
                right += entry is not None and entry.id in question.expect
                wrong += entry is not None and entry.id not in question.expect
        mode = "multi" if multi else "single"
        print(
            f"{mode}: {(right + wrong) / count:.3f} of questions answered, {right / (right + wrong):.3f} of those right"
        )
    for name in ("dvc_rasa", "capphutho_faq"):
        index = Index.build(evalsets.entries(name, multi=True), [])
        findings = [(each, find(each.query, index)) for each in evalsets.negatives()]
        talk = sum(each.kind == "chitchat" and finding.small_talk is not None for each, finding in findings)
        answered = sum(finding.outcome == "answer" for _, finding in findings)
        print(
            f"negatives against {name}: {answered} of {len(findings)} answered; small talk known: {talk} of 155"
        )


def twins() -> None:
    index = Index.build(evalsets.entries("twins", multi=True), [])
    print("\ntwins")
    for question in evalsets.questions("twins"):
        entry = find(question.query, index).entry
        if entry is not None and entry.id in question.forbidden:
            print(f"WRONG  {entry.id}: {question.query}")


def speed(sizes: Sequence[int]) -> None:
    """Milliseconds for one question on one core, build time and memory, on grown copies of the data."""
    asked = [each.query for name in evalsets.SETS for each in evalsets.questions(name)]
    asked += [each.query for each in evalsets.negatives() if each.kind != "chitchat"]
    random.Random(SEED).shuffle(asked)
    print(
        f"\n{'phrasings':10}{'build s':>9}{'p50 ms':>9}{'p95 ms':>9}{'change ms':>11}{'WRatio ms':>11}{'RSS MB':>8}"
    )
    for size in sizes:
        _speed_at(size, asked)


def _speed_at(size: int, asked: Sequence[str]) -> None:
    entries = grown(size)
    started = time.perf_counter()
    index = Index.build(entries, [])
    built = time.perf_counter() - started
    find(asked[-1], index)
    times = sorted(_timed(partial(find, query, index)) for query in asked[:300])
    new = Indexed(10**7, "new", "Bao giờ phun thuốc muỗi ở khu phố?", (), "Thứ bảy.", None)
    change = _timed(partial(index.with_changes, [new]))
    choices = [fold(clean(text)) for entry in entries for text in (entry.question, *entry.phrasings)]
    slow = _timed(partial(process.extract, fold(clean(asked[0])), choices, scorer=fuzz.WRatio, limit=5))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:<10}{built:9.1f}{times[150] * 1e3:9.2f}{times[285] * 1e3:9.2f}{change * 1e3:11.1f}"
        f"{slow * 1e3:11.0f}{memory:8}"
    )


def grown(size: int) -> list[Indexed]:
    """At least `size` phrasings: the sets' entries again and again, some words exchanged in every copy."""
    rng = random.Random(SEED)
    base = [each for name in evalsets.SETS[:4] for each in evalsets.entries(name, multi=True)]
    base = list({each.id: each for each in base}.values())
    vocabulary = [word for each in base for word in each.question.split()]
    made: list[Indexed] = []
    count = 0
    while count < size:
        copy, each = divmod(len(made), len(base))[0], base[len(made) % len(base)]
        texts = [
            _varied(text, rng, vocabulary) if copy else text for text in (each.question, *each.phrasings)
        ]
        key = len(made) + 1
        made.append(Indexed(key, f"{each.id}:{copy}", texts[0], tuple(texts[1:]), each.answer[:300], None))
        count += len(texts)
    return made


def ours(entries: Sequence[Indexed]) -> Ranker:
    index = Index.build(entries, [])
    return lambda text: [each.id for each in index.ranked(text, 5)]


def fuzzy(
    scorer: Callable[..., float], read: Callable[[str], str] = utils.default_process
) -> Callable[[Sequence[Indexed]], Ranker]:
    """A scorer of RapidFuzz alone, with its own preprocessing, or with another way to read a text first."""

    def make(entries: Sequence[Indexed]) -> Ranker:
        pairs = [(read(text), each.id) for each in entries for text in (each.question, *each.phrasings)]

        def ranker(text: str) -> list[str]:
            found = process.extract(read(text), [text for text, _ in pairs], scorer=scorer, limit=25)
            return list(dict.fromkeys(pairs[at][1] for _, _, at in found))[:5]

        return ranker

    return make


def _folded(text: str) -> str:
    return fold(clean(text))


def full_text(entries: Sequence[Indexed]) -> Ranker:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE asked USING fts5(id UNINDEXED, text)")
    rows = [(each.id, fold(clean(text))) for each in entries for text in (each.question, *each.phrasings)]
    base.executemany("INSERT INTO asked VALUES (?, ?)", rows)

    def ranker(text: str) -> list[str]:
        words = "".join(char if char.isalnum() else " " for char in fold(clean(text))).split()
        query = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        if not query:
            return []
        found = base.execute(
            "SELECT id FROM asked WHERE asked MATCH ? ORDER BY bm25(asked) LIMIT 25", (query,)
        )
        return list(dict.fromkeys(row[0] for row in found))[:5]

    return ranker


def _varied(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str:
    said = text.split()
    for _ in range(max(1, len(said) // 5)):
        said[rng.randrange(len(said))] = rng.choice(vocabulary)
    return " ".join([*said, rng.choice(vocabulary), rng.choice(vocabulary)])


def _hits(ranked: Sequence[str], question: Question) -> tuple[bool, bool]:
    return bool(ranked) and ranked[0] in question.expect, any(each in question.expect for each in ranked)


def _share(rows: Sequence[tuple[bool, bool]]) -> str:
    first, five = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return f"{first:.2f}/{five:.2f}" if len(rows) < 300 else f"{first:.3f}/{five:.3f}"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
