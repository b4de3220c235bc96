"""Ours beside RapidFuzz, SQLite FTS5, tantivy and bm25s: quality and time in one table, on the evaluation data and on
grown copies of it.

`python -m bench.match [--quick]`; `--quick` leaves 100,000 phrasings out. Every row is measured in a process of its own, so
that its memory is its own. All questions are asked in turn, in several rounds, and the time of a question is the median of
its rounds: on a shared machine a single one says more about the neighbours.
"""

import asyncio
import gc
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import evalsets
from bench.peers import MATCHERS, Ranker
from bench.slips import with_a_slip
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries as stored
from knowledge.answering import Thresholds, find
from knowledge.candidates import Indexed
from knowledge.entries import EntryDraft
from knowledge.library import Library
from knowledge.matcher import Index

SEED = 7
WARM_UP = "nghị quyết 57 nói gì"
SIZES = (5_000, 10_000, 100_000)
ASKED = 100  # questions of a row on grown copies; the slowest takes a second for each
VARIANTS = ("typed", "no accents", "one slip")
PUBLISHED = 10  # entries, one after the other
ROUNDS = 5
LONG = 60.0  # seconds of asking after which no further round begins: the slowest take minutes for one


@dataclass(frozen=True, slots=True)
class Row:
    """Times for one question in milliseconds, `build` in seconds, both of the processor: what else the machine does is not
    in them. `first`: the p95 of the first round, when no question has been asked before. `memory` of the process in MB."""

    top1: float
    top5: float
    p50: float
    p95: float
    first: float
    build: float
    memory: int


def main() -> None:
    if not evalsets.present():
        print(evalsets.MISSING)
        return
    match sys.argv[1:]:
        case ["--row", name, mode, variant]:
            print(json.dumps(_on_the_sets(name, mode, variant)))
        case ["--grown", name, size]:
            print(json.dumps(_on_grown(name, int(size))))
        case ["--publish", size]:
            print(json.dumps(asyncio.run(_published(int(size)))))
        case flags:
            report(SIZES[:2] if "--quick" in flags else SIZES)


def report(sizes: Sequence[int]) -> None:
    print("evaluation data        " + _HEADINGS)
    for mode in ("multi", "single"):
        rows = {name: _measured("--row", name, mode, "typed") for name in MATCHERS}
        for name, row in rows.items():
            print(f"{mode:7}{_line(name, row, rows)}")
            if name == "ours":
                for variant in VARIANTS[1:]:
                    print(f"{mode:7}{_line(f'  {variant}', _measured('--row', name, mode, variant), rows)}")
    ours: dict[int, Row] = {}
    for size in sizes:
        print(f"\n{f'{size:,} phrasings':23}{_HEADINGS}", flush=True)
        rows = {name: _measured("--grown", name, str(size)) for name in MATCHERS}
        ours[size] = rows["ours"]
        for name, row in rows.items():
            print(f"{'':7}{_line(name, row, rows)}")
    if {10_000, 100_000} <= ours.keys():
        growth = ours[100_000].p95 / ours[10_000].p95
        print(f"\nfrom 10,000 to 100,000 phrasings: {growth:.1f} times the time (p95)")
    for size in sizes[1:]:
        told = _process("--publish", str(size))
        print(
            f"an entry published at {size:,}: found {told['visible']:.0f} ms later; "
            f"the slowest answer meanwhile took {told['slowest']:.0f} ms"
        )
    decisions()


_HEADINGS = (
    f"{'top-1':>10}{'top-5':>7}{'p50 ms':>9}{'p95 ms':>9}{'at first':>9}{'build s':>9}{'MB':>6}"
    f"{'faster than WRatio':>20}"
)


def _line(name: str, row: Row, rows: dict[str, Row]) -> str:
    ratio = rows["RapidFuzz WRatio"].p50 / row.p50
    return (
        f"{name:26}{row.top1:>7.3f}{row.top5:>7.3f}{row.p50:>9.2f}{row.p95:>9.2f}{row.first:>9.2f}{row.build:>9.2f}"
        f"{row.memory:>6}{ratio:>19.1f}x"
    )


def _measured(*arguments: str) -> Row:
    return Row(**_process(*arguments))


def _process(*arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.match", *arguments], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _on_the_sets(name: str, mode: str, variant: str) -> dict[str, float]:
    """All sets, each with its own knowledge base."""
    rng = random.Random(SEED)
    hits: list[tuple[bool, bool]] = []
    rounds: list[list[float]] = [[] for _ in range(ROUNDS)]
    built = 0.0
    for each in evalsets.SETS:
        entries = evalsets.entries(each, multi=mode == "multi")
        started = time.process_time()
        ranker = MATCHERS[name](entries)
        built += time.process_time() - started
        questions = evalsets.questions(each)
        ranked, times = _asked(ranker, [_varied_query(asked.query, variant, rng) for asked in questions])
        hits += [_hits(found, asked.expect) for found, asked in zip(ranked, questions, strict=True)]
        for at, of_round in enumerate(rounds):
            of_round += times[min(at, len(times) - 1)]
    return _row(hits, rounds, built)


def _on_grown(name: str, size: int) -> dict[str, float]:
    entries = grown(size)
    questions = [question for each in evalsets.SETS[:4] for question in evalsets.questions(each)]
    random.Random(SEED).shuffle(questions)
    del questions[ASKED:]
    outside = [each.query for each in evalsets.negatives() if each.kind != "chitchat"]
    started = time.process_time()
    ranker = MATCHERS[name](entries)
    built = time.process_time() - started
    ranked, rounds = _asked(ranker, [asked.query for asked in questions] + outside[: ASKED // 4])
    hits = [
        _hits([id.rpartition(":")[0] for id in found], asked.expect)
        for found, asked in zip(ranked, questions, strict=False)
    ]
    return _row(hits, rounds, built)


def _asked(ranker: Ranker, texts: Sequence[str]) -> tuple[list[list[str]], list[list[float]]]:
    """What is found for each text, and the times of each round in seconds."""
    ranker(WARM_UP)
    ranked: list[list[str]] = []
    rounds: list[list[float]] = []
    while len(rounds) < ROUNDS and sum(map(sum, rounds)) < LONG:
        of_round = []
        ranked.clear()
        for text in texts:
            started = time.process_time()
            ranked.append(ranker(text))
            of_round.append(time.process_time() - started)
        rounds.append(of_round)
    return ranked, rounds


def _row(
    hits: Sequence[tuple[bool, bool]], rounds: Sequence[Sequence[float]], built: float
) -> dict[str, float]:
    times = [statistics.median(of_question) for of_question in zip(*rounds, strict=True)]
    first, five = (sum(column) / len(hits) for column in zip(*hits, strict=True))
    return {
        "top1": first, "top5": five, "p50": _quantile(times, 50), "p95": _quantile(times, 95),
        "first": _quantile(rounds[0], 95), "build": built, "memory": _memory(),
    }  # fmt: skip


def _quantile(times: Sequence[float], percent: int) -> float:
    """In milliseconds."""
    return sorted(times)[len(times) * percent // 100] * 1e3


async def _published(size: int) -> dict[str, float]:
    """A database as a service has it: entries are published one by one while questions are answered."""
    asked = [question.query for each in evalsets.SETS[:4] for question in evalsets.questions(each)]
    with tempfile.TemporaryDirectory() as folder:
        db = SqliteDatabase.open(Path(folder) / "hoidap.db")
        drafts = [
            EntryDraft(each.id, each.question, each.answer, each.phrasings, status="published")
            for each in grown(size)
        ]
        await db.run(stored.save_all, drafts, datetime.now(UTC))
        library = Library(db)
        await library.refresh()
        gc.freeze()  # as `hoidap serve` does
        visible: list[float] = []
        slowest = 0.0
        for number in range(PUBLISHED):
            new = EntryDraft(
                f"new-{number}",
                f"Bao giờ phun thuốc muỗi ở khu phố {number}?",
                "Thứ bảy.",
                status="published",
            )
            await db.run(stored.save, new, datetime.now(UTC))
            started = time.perf_counter()
            refreshing = asyncio.ensure_future(library.refresh())
            while not refreshing.done():
                began = time.perf_counter()
                await asyncio.sleep(0)
                find(random.Random(number).choice(asked), library.index)
                slowest = max(slowest, time.perf_counter() - began)
            visible.append(time.perf_counter() - started)
            found = library.find(new.question, Thresholds())
            if not found.entry or found.entry.id != new.id:
                raise RuntimeError(f"{new.id} is not found")
        await db.close()
    return {"visible": sorted(visible)[PUBLISHED // 2] * 1e3, "slowest": slowest * 1e3}


def decisions() -> None:
    """What is answered directly with the shipped threshold, in scope and out of it."""
    print("\nshipped threshold")
    for mode in ("multi", "single"):
        right = wrong = count = 0
        for name in evalsets.SETS:
            index = Index.build(evalsets.entries(name, multi=mode == "multi"), [])
            for question in evalsets.questions(name):
                entry = find(question.query, index).entry
                count += 1
                right += entry is not None and entry.id in question.expect
                wrong += entry is not None and entry.id not in question.expect
        answered = right + wrong
        print(f"{mode}: {answered / count:.3f} of questions answered, {right / answered:.3f} of those right")
    for name in ("dvc_rasa", "capphutho_faq"):
        index = Index.build(evalsets.entries(name, multi=True), [])
        findings = [find(each.query, index) for each in evalsets.negatives()]
        answered = sum(finding.outcome == "answer" for finding in findings)
        print(f"negatives against {name}: {answered} of {len(findings)} answered")
    twins = Index.build(evalsets.entries("twins", multi=True), [])
    for question in evalsets.questions("twins"):
        entry = find(question.query, twins).entry
        if entry is not None and entry.id in question.forbidden:
            print(f"twin answered wrongly: {entry.id}: {question.query}")


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


def _varied(text: str, rng: random.Random, vocabulary: Sequence[str]) -> str:
    said = text.split()
    for _ in range(max(1, len(said) // 5)):
        said[rng.randrange(len(said))] = rng.choice(vocabulary)
    return " ".join([*said, rng.choice(vocabulary), rng.choice(vocabulary)])


def _varied_query(query: str, variant: str, rng: random.Random) -> str:
    if variant == "no accents":
        return evalsets.without_accents(query)
    return with_a_slip(query, rng) or query if variant == "one slip" else query


def _hits(ranked: Sequence[str], expect: frozenset[str]) -> tuple[bool, bool]:
    return bool(ranked) and ranked[0] in expect, any(each in expect for each in ranked)


def _memory() -> int:
    """The most that this process has held, in MB; ru_maxrss would begin with what the parent held."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    main()
