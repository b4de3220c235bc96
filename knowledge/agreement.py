"""Which entries a question's exact facts allow: a number, congress or year that is named is never answered from another."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from knowledge.analysis import Analysed
from knowledge.candidates import Cited, Indexed
from knowledge.numbers import Facts, facts
from knowledge.references import DocumentRef, document_ref


@dataclass(frozen=True, slots=True)
class Stated:
    """What an entry is about, exactly: the documents it names (else the one it cites) and every number-like fact
    that its question, phrasings, answer or document hold."""

    references: tuple[DocumentRef, ...]
    terms: frozenset[int]
    years: frozenset[int]
    ordinals: frozenset[int]


_NOTHING = Stated((), frozenset(), frozenset(), frozenset())


class Documents:
    """Every document that the knowledge base knows of, by number; immutable."""

    def __init__(self, documents: Iterable[Cited], named: Iterable[DocumentRef]) -> None:
        self._cited: dict[str, list[tuple[DocumentRef, Cited]]] = {}
        self._named: dict[str, list[DocumentRef]] = {}
        self._completed: dict[DocumentRef, DocumentRef] = {}  # of entries: at most one each
        self._by_key = {each.key: each for each in documents}
        for document in self._by_key.values():
            if ref := cited_ref(document):
                self._cited.setdefault(ref.number, []).append((ref, document))
        for ref in dict.fromkeys(named):
            self._named.setdefault(ref.number, []).append(ref)

    def meant(self, ref: DocumentRef) -> tuple[Cited, ...]:
        """The documents of the database that the reference may mean, newest first."""
        found = [document for known, document in self._cited.get(ref.number, ()) if not ref.conflicts(known)]
        return tuple(sorted(found, key=lambda document: str(document.issued_on or ""), reverse=True))

    def cited(self, key: int) -> Cited | None:
        return self._by_key.get(key)

    def is_known(self, ref: DocumentRef) -> bool:
        return bool(self._possible(ref))

    def is_ambiguous(self, ref: DocumentRef) -> bool:
        """Whether two documents that cannot be the same one both fit."""
        fitting = self._possible(ref)
        return any(one.conflicts(other) for at, one in enumerate(fitting) for other in fitting[at + 1 :])

    def completed(self, ref: DocumentRef) -> DocumentRef:
        """The reference of an entry with what is known of the only document that it can mean."""
        if ref not in self._completed:
            self._completed[ref] = self._complete(ref)
        return self._completed[ref]

    def _complete(self, ref: DocumentRef) -> DocumentRef:
        fitting = self._possible(ref)
        if any(one.conflicts(other) for at, one in enumerate(fitting) for other in fitting[at + 1 :]):
            return ref
        for known in fitting:
            ref = DocumentRef(
                ref.number,
                ref.kind or known.kind,
                ref.issuer or known.issuer,
                ref.year or known.year,
                ref.issued_on or known.issued_on,
                ref.place or known.place,
                ref.text,
            )
        return ref

    def _possible(self, ref: DocumentRef) -> list[DocumentRef]:
        known = [each for each, _ in self._cited.get(ref.number, ())] + self._named.get(ref.number, [])
        return [each for each in known if not ref.conflicts(each)]


def cited_ref(document: Cited) -> DocumentRef | None:
    return document_ref(document.number, document.kind, document.issued_on, document.issuer)


def stated(entry: Indexed, questions: Iterable[Facts]) -> Stated:
    """The facts of an entry; its references are those of its own questions, else the document it cites."""
    asked = tuple(questions)
    cited = cited_ref(entry.document) if entry.document else None
    named = tuple(ref for each in asked for ref in each.references)
    if cited:
        named = tuple(_merged(ref, cited) for ref in named) or (cited,)
    answered = facts(entry.answer)
    if not (named or answered.states or any(each.states for each in asked) or entry.document):
        return _NOTHING
    titled = facts(entry.document.title) if entry.document else answered
    issued = entry.document.issued_on if entry.document else None
    return Stated(
        named,
        _shared(frozenset().union(answered.terms, titled.terms, *(each.terms for each in asked))),
        _shared(
            frozenset({issued.year} if issued else ()).union(
                answered.years,
                titled.years,
                *(each.years for each in asked),
                {ref.year for ref in (*named, *answered.references) if ref.year},
            )
        ),
        _shared(frozenset().union(*(each.ordinals for each in asked))),
    )


@lru_cache(maxsize=2_000)
def _shared(numbers: frozenset[int]) -> frozenset[int]:
    """One object for equal sets: in a large knowledge base most are empty, or a year."""
    return numbers


def allows(query: Analysed, entry: Stated, documents: Documents) -> bool:
    """Whether the entry may be the direct answer as far as exact facts go."""
    asked = query.facts
    # Worth working out only for a question that names a document: most name none.
    known = [documents.completed(ref) for ref in entry.references] if asked.references else []
    return (
        all(
            not documents.is_ambiguous(ref) and any(ref.confirmed_by(each) for each in known)
            for ref in asked.references
        )
        and asked.terms <= entry.terms
        and asked.years <= entry.years
        and (not asked.ordinals or not entry.ordinals or bool(asked.ordinals & entry.ordinals))
    )


def contradicts(query: Analysed, entry: Stated) -> bool:
    """Whether the question names a document and the entry is about others only."""
    asked = query.facts.references
    return bool(asked and entry.references) and all(
        ref.conflicts(each) for ref in asked for each in entry.references
    )


def _merged(ref: DocumentRef, cited: DocumentRef) -> DocumentRef:
    if ref.conflicts(cited):
        return ref
    return DocumentRef(
        ref.number,
        ref.kind or cited.kind,
        ref.issuer or cited.issuer,
        ref.year or cited.year,
        ref.issued_on or cited.issued_on,
        ref.place or cited.place,
        ref.text,
    )
