"""Why a text was answered as it was, as plain data: what it became, what matched, how it was weighed, what decided."""

from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from knowledge.analysis import Analysed
from knowledge.answering import Finding, Thresholds, asks_too_little, find, leaves_open
from knowledge.candidates import Candidate
from knowledge.features import NAMES
from knowledge.letters import both_forms
from knowledge.matcher import Index
from knowledge.normalise import written_out
from knowledge.raw_typing import decoded
from knowledge.tables import table
from knowledge.unspoken import says_nothing

_FUNCTION_WORD = 0.2  # general weight up to which nobody misses a word


def explain(
    text: str, index: Index, thresholds: Thresholds | None = None, *, group: bool = False
) -> dict[str, Any]:
    """The explanation of `find(text, index, thresholds, group=group)`; everything in it can be written as JSON.

    text, read_as      as it was typed, and with raw typing decoded
    short_forms        what was written out: `written`, `means`
    slips              what was taken for a typing slip: `typed`, `read`
    meant              the question as it was understood, in words
    words, units       each word with its weight here; each unit: its words, and `same_as` for those of a concept
    facts              documents, congresses, years and ordinals that must agree
    outcome, answer, score, thresholds, decided_by (see `_decided_by`)
    candidates         best first, each with `features` in falling order of what they did to its place (`value` times
                       `weight` is `effect`)
    """
    thresholds = thresholds or Thresholds()
    least = thresholds.group_answer if group else thresholds.answer
    finding = find(text, index, thresholds, group=group)
    read = decoded(text, index.words)
    query = index.query(read)
    said, short_forms = written_out(query.facts.rest, index.short_forms, query.facts.without)
    words, slips = _corrected(said, query)
    units = _units(words, query)
    return {
        "text": text,
        "read_as": read,
        "short_forms": [{"written": written, "means": means} for written, means in short_forms],
        "slips": [{"typed": typed, "read": meant} for typed, meant in slips],
        "meant": " ".join(words),
        "words": [
            {"word": word, "weight": round(weight, 3)}
            for word, weight in zip(words, index.question(query).weights.tolist(), strict=True)
        ],
        "units": [
            {"words": word, "same_as": _concept(unit)} for word, unit in zip(units, query.units, strict=True)
        ],
        "facts": _facts(query, index),
        "outcome": finding.outcome,
        "answer": finding.entry.id if finding.entry else None,
        "score": finding.score,
        "thresholds": {"answer": least, "suggest": thresholds.suggest},
        "decided_by": _decided_by(finding, least, query, index),
        "candidates": [_candidate(each, query, units, index) for each in finding.ranked],
    }


def _corrected(said: list[str], query: Analysed) -> tuple[list[str], list[tuple[str, str]]]:
    """The words after typing slips were undone, and those that were."""
    bare = [both_forms(word)[0] for word in said]
    words: list[str] = []
    slips: list[tuple[str, str]] = []
    for kind, start, end, other, last in SequenceMatcher(
        None, bare, query.words.folded, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            words += said[start:end]
        else:
            words += query.words.folded[other:last]
            slips.append((" ".join(said[start:end]), " ".join(query.words.folded[other:last])))
    return words, slips


def _units(words: list[str], query: Analysed) -> list[str]:
    """Each unit of the question in words."""
    return [" ".join(words[start:end]) for start, end in pairwise((*query.unit_starts, len(words)))]


def _concept(unit: str) -> list[str]:
    return list(table("concepts")[int(unit[1:])]) if unit.startswith("#") else []


def _facts(query: Analysed, index: Index) -> dict[str, Any]:
    facts = query.facts
    return {
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
    }  # fmt: skip


def _decided_by(finding: Finding, least: float, query: Analysed, index: Index) -> str:
    """ "sensitive", "urgent" (an emergency, with an answer all the same), "small_talk", "documents" (the text names
    documents and asks no more), "unknown_document", "answer" or "suggest" (the threshold that the score was held against),
    "nothing_alike", or why a sure candidate is no answer: "words" (each side has a telling word that the other lacks),
    "facts" (numbers or years do not allow it), "ambiguous" (two documents have the number), "too_little" (the question is
    only "lệ phí"), "turned" (a small word makes it another question), "unspoken" (the entry passes over something), "open"
    (which document is meant is left open), "mentioned" (the entry only mentions it)."""
    first = finding.ranked[0] if finding.ranked else None
    if finding.sensitive and finding.outcome == "answer":
        return "urgent"
    for reason, holds in (
        ("sensitive", finding.sensitive), ("small_talk", finding.small_talk), ("documents", finding.documents),
        ("unknown_document", finding.unknown_document), ("nothing_alike", first is None),
    ):  # fmt: skip
        if holds:
            return reason
    if first is None or finding.outcome == "answer" or finding.score < least:
        return "suggest" if finding.outcome == "none" else "answer"
    if refused := _refused_by(first, query, index):
        return refused
    if says_nothing(query):
        return "too_little"
    if index.is_turned_round(query, first):
        return "turned"
    if index.leaves_out(query, first):
        return "unspoken"
    if not asks_too_little(query, first) and leaves_open(query, first, index):
        return "open"
    return "mentioned"


def _refused_by(candidate: Candidate, query: Analysed, index: Index) -> str | None:
    """Why the candidate may be no direct answer however sure: "ambiguous", "facts", "words", or None if it may."""
    if candidate.direct:
        return None
    if index.allows(query, candidate):
        return "words"
    return "ambiguous" if any(map(index.documents.is_ambiguous, query.facts.references)) else "facts"


def _candidate(candidate: Candidate, query: Analysed, units: list[str], index: Index) -> dict[str, Any]:
    phrasing, matched = index.phrasing_of(candidate)
    has = {*matched.units, *matched.words.folded}
    tells = [weight > _FUNCTION_WORD for weight in query.unit_weights]
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
        "matched": phrasing,
        "score": candidate.score,
        "refused_by": _refused_by(candidate, query, index),
        "shared": _said(units, [at for at, unit in enumerate(query.units) if tells[at] and unit in has]),
        "shared_parts": [
            {"part": part, "word": units[at]}
            for at, unit in enumerate(query.units)
            if tells[at] and unit not in has
            for part in _parts(units[at], has)
        ],
        "missing": _said(units, [at for at, unit in enumerate(query.units) if tells[at] and unit not in has]),
        "unspoken": _said(units, [at for at in index.left_out(query, candidate) if tells[at]]),
        "features": sorted(effects, key=lambda each: -abs(float(str(each["effect"])))),
    }


def _parts(word: str, has: set[str]) -> list[str]:
    """The syllables of a word of several that a text has."""
    syllables = word.split()
    return [each for each in syllables if len(syllables) > 1 and both_forms(each)[0] in has]


def _said(units: list[str], places: list[int]) -> list[str]:
    """The units at these places; neighbours together, as they were asked."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return list(dict.fromkeys(" ".join(units[at] for at in run) for run in runs))
