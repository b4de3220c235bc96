"""How alike a question and an indexed phrasing are, as named numbers (mostly 0..1) that the weights combine."""

from collections.abc import Callable, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from knowledge.analysis import Analysed

NAMES = (
    "query_covered", "entry_covered", "query_covered_units", "entry_covered_units", "overlap_units",
    "pairs_query", "pairs_entry", "ratio", "token_sort", "token_set", "partial",
    "marks_disagree", "asks_agree", "asks_differ", "heaviest_missing", "answer_covers", "pairs_answer",
    "numbers_missing", "facts_conflict", "exact", "length",
)  # fmt: skip

Idf = Callable[[str], float]


def features(
    query: Analysed, phrasing: Analysed, answer: frozenset[str], answer_pairs: frozenset[str], idf: Idf
) -> tuple[float, ...]:
    mine, theirs = query.words, phrasing.words
    my_weights = [weight * idf(word) for word, weight in zip(mine.folded, query.weights, strict=True)]
    their_weights = [weight * idf(word) for word, weight in zip(theirs.folded, phrasing.weights, strict=True)]
    my_hits, their_hits, disagree = _aligned(query, phrasing, my_weights)
    my_total = sum(my_weights) or 1e-9
    their_total = sum(their_weights) or 1e-9
    query_covered = _dot(my_weights, my_hits) / my_total
    entry_covered = _dot(their_weights, their_hits) / their_total
    my_units = [weight * idf(unit) for unit, weight in zip(query.units, query.unit_weights, strict=True)]
    their_units = [
        weight * idf(unit) for unit, weight in zip(phrasing.units, phrasing.unit_weights, strict=True)
    ]
    query_units = _covered(query.units, my_units, set(phrasing.units) | set(theirs.folded))
    entry_units = _covered(phrasing.units, their_units, set(query.units) | set(mine.folded))
    query_units, entry_units = max(query_units, query_covered), max(entry_units, entry_covered)
    my_pairs, their_pairs = _pairs(query), _pairs(phrasing)
    both = set(my_pairs) & set(their_pairs)
    missing = [weight * (1 - hit) for weight, hit in zip(my_weights, my_hits, strict=True)]
    unmatched = sum(missing)
    answered = sum(lost for word, lost in zip(mine.folded, missing, strict=True) if word in answer)
    flat, other = str(mine), str(theirs)
    return (
        query_covered,
        entry_covered,
        query_units,
        entry_units,
        2 * query_units * entry_units / ((query_units + entry_units) or 1.0),
        sum(my_pairs[pair] for pair in both) / (sum(my_pairs.values()) or 1.0),
        sum(their_pairs[pair] for pair in both) / (sum(their_pairs.values()) or 1.0),
        fuzz.ratio(flat, other) / 100,
        fuzz.token_sort_ratio(flat, other) / 100,
        fuzz.token_set_ratio(flat, other) / 100,
        fuzz.partial_ratio(flat, other) / 100,
        disagree / my_total,
        1.0 if query.asks & phrasing.asks else 0.0,
        1.0 if query.asks and phrasing.asks and not query.asks & phrasing.asks else 0.0,
        max(missing, default=0.0),
        answered / unmatched if unmatched > 1e-6 else 0.0,
        sum(weight for pair, weight in my_pairs.items() if pair in answer_pairs)
        / (sum(my_pairs.values()) or 1.0),
        _numbers_missing(query, phrasing),
        1.0 if _disjoint(query, phrasing) else 0.0,
        1.0 if flat == other else 0.0,
        min(len(mine.folded), len(theirs.folded)) / (max(len(mine.folded), len(theirs.folded)) or 1),
    )


def _aligned(
    query: Analysed, phrasing: Analysed, my_weights: Sequence[float]
) -> tuple[list[float], list[float], float]:
    """How well each syllable is found on the other side (1 same, 0.6 a slip away), and the weight of syllables
    that are the same letters with other accents."""
    mine, theirs = query.words, phrasing.words
    places: dict[str, list[int]] = {}
    for at, word in enumerate(theirs.folded):
        places.setdefault(word, []).append(at)
    my_hits, their_hits = [0.0] * len(mine.folded), [0.0] * len(theirs.folded)
    disagree = 0.0
    for at, word in enumerate(mine.folded):
        found = places.get(word)
        if not found:
            continue
        mark = mine.marked[at]
        hit = 1.0
        if mark and all(theirs.marked[place] not in ("", mark) for place in found):
            hit = 0.3
            disagree += my_weights[at]
        my_hits[at] = hit
        for place in found:
            their_hits[place] = max(their_hits[place], hit)
    _forgive_slips(mine.folded, theirs.folded, my_hits, their_hits)
    return my_hits, their_hits, disagree


def _forgive_slips(
    mine: Sequence[str], theirs: Sequence[str], my_hits: list[float], their_hits: list[float]
) -> None:
    lost = [at for at, hit in enumerate(their_hits) if not hit and len(theirs[at]) >= 4]
    if not lost:
        return
    for at, hit in enumerate(my_hits):
        if hit or len(mine[at]) < 4:
            continue
        for place in lost:
            if OSA.distance(mine[at], theirs[place], score_cutoff=1) <= 1:
                my_hits[at] = their_hits[place] = 0.6
                break


def _covered(units: Sequence[str], weights: Sequence[float], other: set[str]) -> float:
    total = sum(weights)
    return (
        sum(weight for unit, weight in zip(units, weights, strict=True) if unit in other) / total
        if total
        else 0.0
    )


def _pairs(text: Analysed) -> dict[str, float]:
    folded, weights = text.words.folded, text.weights
    return {f"{folded[at]} {folded[at + 1]}": weights[at] + weights[at + 1] for at in range(len(folded) - 1)}


def _numbers_missing(query: Analysed, phrasing: Analysed) -> float:
    numbers = {word for word in query.words.folded if word.isdigit()}
    return len(numbers - set(phrasing.words.folded)) / len(numbers) if numbers else 0.0


def _disjoint(query: Analysed, phrasing: Analysed) -> bool:
    """Whether both name a congress, a year or an ordinal and share none."""
    mine, theirs = query.facts, phrasing.facts
    return any(
        left and right and not left & right
        for left, right in (
            (mine.terms, theirs.terms), (mine.years, theirs.years), (mine.ordinals, theirs.ordinals)
        )
    )  # fmt: skip


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
