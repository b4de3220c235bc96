"""What the matcher is given and what it gives back: plain values."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Cited:
    """A document as the matcher needs it; `key` is its database key."""

    key: int
    number: str | None
    kind: str
    title: str
    issuer: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class Indexed:
    """One answerable entry, as the database gives it; sample entries are not used in groups."""

    key: int
    id: str
    question: str
    phrasings: tuple[str, ...]
    answer: str
    document: Cited | None
    in_groups: bool = True

    def without_answer(self) -> "Indexed":
        """The answer is the longest of its texts, and the index has it in its own form."""
        return Indexed(self.key, self.id, self.question, self.phrasings, "", self.document, self.in_groups)


class Candidate(NamedTuple):
    """An entry that may answer. `score` is the estimated probability that it does (0..1); `direct` says whether
    the typed facts (document numbers, congresses, years) allow it as a direct answer; `features` explain."""

    key: int
    id: str
    question: str
    score: float
    direct: bool = True
    in_groups: bool = True
    matched: str = ""
    features: tuple[float, ...] = ()
