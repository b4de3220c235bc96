"""How well the knowledge base answers a file of questions: figures, a row per question, the worst misses."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.answering import Finding, Thresholds, find
from knowledge.matcher import Index


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a query file; `expect` holds the ids that answer it and is empty for an out-of-scope question."""

    query: str
    expect: frozenset[str]


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one question; `rank` is the place of the first right entry, from 1, or None."""

    asked: Asked
    finding: Finding
    rank: int | None

    @property
    def is_wrong(self) -> bool:
        entry = self.finding.entry
        return entry is not None and entry.id not in self.asked.expect

    def as_json(self) -> dict[str, Any]:
        """The row of `hoidap evaluate --rows`."""
        return {
            "query": self.asked.query,
            "outcome": self.finding.outcome,
            "ranked": [each.id for each in self.finding.ranked],
            "score": self.finding.score,
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All rows in the file's order; every share is 0..1 of the questions it is about."""

    rows: tuple[Row, ...]

    def figures(self) -> dict[str, Any]:
        inside = [row for row in self.rows if row.asked.expect]
        outside = [row for row in self.rows if not row.asked.expect]
        direct = [row for row in inside if row.finding.outcome == "answer"]
        right = sum(not row.is_wrong for row in direct)
        return {
            "questions": len(inside),
            "top1": _share(sum(row.rank == 1 for row in inside), len(inside)),
            "top3": _share(sum(row.rank is not None and row.rank <= 3 for row in inside), len(inside)),
            "top5": _share(sum(row.rank is not None for row in inside), len(inside)),
            "direct": len(direct),
            "direct_share": _share(len(direct), len(inside)),
            "direct_right": right,
            "direct_wrong": len(direct) - right,
            "direct_precision": _share(right, len(direct)),
            "suggested": sum(row.finding.outcome == "suggest" for row in inside),
            "negatives": len(outside),
            "negatives_answered": sum(row.finding.outcome == "answer" for row in outside),
            "small_talk": sum(row.finding.small_talk is not None for row in self.rows),
            "sensitive": sum(row.finding.sensitive is not None for row in self.rows),
        }

    def confusions(self, limit: int = 20) -> list[dict[str, Any]]:
        """The worst misses first: wrong direct answers by confidence, then questions whose entry was not found."""
        wrong = sorted((row for row in self.rows if row.is_wrong), key=lambda row: -row.finding.score)
        missed = sorted(
            (row for row in self.rows if row.asked.expect and row.rank != 1 and not row.is_wrong),
            key=lambda row: (row.rank is not None, -row.finding.score),
        )
        return [
            {
                "query": row.asked.query,
                "outcome": row.finding.outcome,
                "wrong": row.is_wrong,
                "got": row.finding.ranked[0].id if row.finding.ranked else None,
                "got_question": row.finding.ranked[0].question if row.finding.ranked else None,
                "expect": sorted(row.asked.expect),
                "rank": row.rank,
                "score": row.finding.score,
            }
            for row in [*wrong, *missed][:limit]
        ]


def asked(records: Iterable[Mapping[str, Any]]) -> list[Asked]:
    """The questions of a parsed query file; KeyError or TypeError where a line has another form."""
    questions: list[Asked] = []
    for record in records:
        query, expect = record["query"], record["expect"]
        if not isinstance(query, str) or not isinstance(expect, list):
            raise TypeError(record)
        questions.append(Asked(query, frozenset(map(str, expect))))
    return questions


def evaluate(index: Index, questions: Sequence[Asked], thresholds: Thresholds | None = None) -> Evaluation:
    return Evaluation(tuple(_row(index, question, thresholds) for question in questions))


def _row(index: Index, question: Asked, thresholds: Thresholds | None) -> Row:
    finding = find(question.query, index, thresholds)
    rank = next((at for at, each in enumerate(finding.ranked, 1) if each.id in question.expect), None)
    return Row(question, finding, rank)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
