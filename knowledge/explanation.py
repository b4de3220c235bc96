"""Why a text was answered as it was, as plain data: what it became, what matched, how it was weighed, what decided."""

from typing import Any

from knowledge.analysis import Analysed
from knowledge.answering import Finding, Thresholds, find
from knowledge.candidates import Candidate
from knowledge.features import NAMES
from knowledge.matcher import Index
from knowledge.raw_typing import decoded


def explain(
    text: str, index: Index, thresholds: Thresholds | None = None, *, group: bool = False
) -> dict[str, Any]:
    """The explanation of `find(text, index, thresholds, group=group)`; everything in it can be written as JSON.

    Keys: `text`, `read_as` (raw typing decoded), `words` (`word`, `accents`, `weight`), `units`, `facts`, `outcome`,
    `score`, `thresholds`, `decided_by` (see `_decided_by`), `answer` (id or None) and `candidates`, best first, each
    with `features` in falling order of what they did to its place (`value` times `weight` is `effect`).
    """
    thresholds = thresholds or Thresholds()
    least = thresholds.group_answer if group else thresholds.answer
    finding = find(text, index, thresholds, group=group)
    read = decoded(text, index.is_known)
    query = index.query(read)
    return {
        "text": text,
        "read_as": read,
        **_said(query, index),
        "outcome": finding.outcome,
        "answer": finding.entry.id if finding.entry else None,
        "score": finding.score,
        "thresholds": {"answer": least, "suggest": thresholds.suggest},
        "decided_by": _decided_by(finding, least),
        "candidates": [_candidate(each, query, index) for each in finding.ranked],
    }


def _said(query: Analysed, index: Index) -> dict[str, Any]:
    question = index.question(query)
    facts = query.facts
    return {
        "words": [
            {"word": word, "accents": mark, "weight": round(weight, 3)}
            for word, mark, weight in zip(query.words.folded, query.words.marked, question.weights.tolist(), strict=True)
        ],
        "units": list(query.units),
        "facts": {
            "documents": [
                {
                    "text": ref.text, "number": ref.number, "kind": ref.kind, "issuer": ref.issuer, "year": ref.year,
                    "known": index.documents.is_known(ref), "ambiguous": index.documents.is_ambiguous(ref),
                }
                for ref in facts.references
            ],
            "congresses": sorted(facts.terms),
            "years": sorted(facts.years),
            "ordinals": sorted(facts.ordinals),
        },
    }  # fmt: skip


def _decided_by(finding: Finding, least: float) -> str:
    """ "sensitive", "small_talk", "documents" (the text names documents and asks no more), "unknown_document", "facts"
    (sure, but numbers or years do not allow it), "unspoken" (sure, but the entry passes over something), "answer" or
    "suggest" (the threshold that the score was held against), or "nothing_alike"."""
    first = finding.ranked[0] if finding.ranked else None
    for reason, holds in (
        ("sensitive", finding.sensitive), ("small_talk", finding.small_talk), ("documents", finding.documents),
        ("unknown_document", finding.unknown_document), ("nothing_alike", first is None),
    ):  # fmt: skip
        if holds:
            return reason
    if first is None or finding.outcome == "answer" or finding.score < least:
        return "suggest" if finding.outcome == "none" else "answer"
    return "unspoken" if first.direct else "facts"


def _candidate(candidate: Candidate, query: Analysed, index: Index) -> dict[str, Any]:
    matched = frozenset(candidate.matched.split())
    effects = [
        {
            "name": name,
            "value": round(value, 3),
            "weight": weight,
            "effect": round(value * weight, 3),
        }
        for name, value, weight in zip(NAMES, candidate.features, index.weights.ranking, strict=True)
    ]
    return {
        "id": candidate.id,
        "question": candidate.question,
        "matched": candidate.matched,
        "score": candidate.score,
        "direct": candidate.direct,
        "shared_words": [word for word in dict.fromkeys(query.words.folded) if word in matched],
        "missing_words": [word for word in dict.fromkeys(query.words.folded) if word not in matched],
        "features": sorted(effects, key=lambda each: -abs(float(str(each["effect"])))),
    }
