"""From a text to what may be said: an answer, suggestions, or nothing. The one entry point of the matcher."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Literal

from knowledge.analysis import Analysed
from knowledge.candidates import Candidate, Cited
from knowledge.features import NAMES
from knowledge.follow_up import asks_of_any
from knowledge.letters import fold
from knowledge.matcher import Index
from knowledge.normalise import words
from knowledge.numbers import Facts, facts
from knowledge.raw_typing import decoded
from knowledge.scoring import threshold
from knowledge.tables import table
from knowledge.triage import Sensitive, sensitive, small_talk, speaks_of_danger
from knowledge.unspoken import is_a_thing, says_nothing

SUGGESTIONS = 5
_EXTRA = NAMES.index("heaviest_extra")
_EXACT, _CORE = NAMES.index("exact"), NAMES.index("entry_core")
_ABOUT = 0.1  # of an entry's core; what has less is an example in some phrasing
_SPECIAL = 0.4  # weight of a word from which on an entry asks for more than what a document is


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The least score for each outcome. Those for answers are chosen by bench/train_weights.py on held-out folds; by the
    one for suggestions 15 of 363 questions of the evaluation sets lose the right suggestion, and 868 of 982 from outside
    are spared an absurd one."""

    answer: float = field(default_factory=partial(threshold, "answer"))
    suggest: float = 0.17
    group_answer: float = field(default_factory=partial(threshold, "group_answer"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What the knowledge base has to say to a text. `ranked` is for measuring: up to five, whatever the outcome; `about`
    is the document shown before, where the text was understood as going on about it. What is `sensitive` goes to people
    first; an emergency may have an answer all the same ("bị chó cắn phải làm gì")."""

    outcome: Literal["answer", "suggest", "none"]
    entry: Candidate | None = None
    suggestions: tuple[Candidate, ...] = ()
    score: float = 0.0
    small_talk: str | None = None
    sensitive: Sensitive | None = None
    documents: tuple[Cited, ...] = ()
    unknown_document: str | None = None
    ranked: tuple[Candidate, ...] = ()
    about: Cited | None = None


def find(
    text: str,
    index: Index,
    thresholds: Thresholds | None = None,
    *,
    group: bool = False,
    topic: int | None = None,
) -> Finding:
    """The finding for one message; `group` uses the stricter threshold and leaves sample entries out; `topic` is the
    document that the conversation is about."""
    thresholds = thresholds or Thresholds()
    text = decoded(text, index.words)
    query = index.query(text)
    ranked = tuple(index.ranked_for(query, SUGGESTIONS + 1, group=group))
    score = ranked[0].score if ranked else 0.0
    shown = ranked[:SUGGESTIONS]
    talk, concern = small_talk(text), sensitive(text)  # in this order: the text has just been read as a whole
    answer = thresholds.group_answer if group else thresholds.answer
    if concern:
        found = _decided(query, index, ranked, answer, thresholds.suggest, topic)
        # What is like a cry for help by chance ("cứu tôi với", "nghiên cứu thất bại thì sao") is no help.
        if concern == "emergency" and found.entry and speaks_of_danger(found.entry.question):
            return replace(found, sensitive=concern)
        return Finding("none", score=score, sensitive=concern, ranked=shown)
    if talk:
        return Finding("none", score=score, small_talk=talk, ranked=shown)
    if query.facts.references and says_only(query.facts, "reference"):
        return _document(query, index, shown, group)
    if _asks_what_it_is(query) and not (shown and _is_as_general(shown[0])) and _documents(query, index):
        return _document(query, index, shown, group)
    return _decided(query, index, ranked, answer, thresholds.suggest, topic)


def _decided(
    query: Analysed,
    index: Index,
    ranked: tuple[Candidate, ...],
    answer: float,
    suggest: float,
    topic: int | None,
) -> Finding:
    score = ranked[0].score if ranked else 0.0
    shown = ranked[:SUGGESTIONS]
    worth = distinct(each for each in ranked if each.score >= suggest / 2)
    unknown = next((ref.text for ref in query.facts.references if not index.documents.is_known(ref)), None)
    sure = ranked and score >= answer and unknown is None
    if sure and may_answer(query, ranked[0], index) and not leaves_open(query, ranked[0], index, topic):
        return Finding("answer", ranked[0], worth[1 : SUGGESTIONS + 1], score, ranked=shown)
    if (
        unknown
    ):  # another document's number is never a near miss, not even of the same number by another issuer
        worth = tuple(each for each in worth if not index.contradicts(query, each))
    if score < suggest or not worth:
        return Finding("none", score=score, unknown_document=unknown, ranked=shown)
    return Finding("suggest", None, worth[:SUGGESTIONS], score, unknown_document=unknown, ranked=shown)


def distinct(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Of those that read the same only the first: nobody could choose between them."""
    found: dict[str, Candidate] = {}
    for each in candidates:
        found.setdefault(fold(each.question.lower()), each)
    return tuple(found.values())


def may_answer(query: Analysed, candidate: Candidate, index: Index) -> bool:
    """Whether a candidate is an answer once its score is high enough."""
    return (
        candidate.direct
        and not asks_too_little(query, candidate)
        and not index.is_turned_round(query, candidate)
        and not index.leaves_out(query, candidate)
    )


def leaves_open(query: Analysed, candidate: Candidate, index: Index, topic: int | None = None) -> bool:
    """Whether the question leaves open which document it is about ("kinh phí thực hiện nghị quyết lấy từ đâu"), and the
    entry answers it for one that is not the topic of the conversation. Unless the entry asks it word for word."""
    return (
        index.is_of_a_document(candidate)
        and (topic is None or index.document_of(candidate) != topic)
        and candidate.features[_EXACT] < 1
        and not query.facts.references
        and asks_of_any(query.facts.rest)
    )


def asks_too_little(query: Analysed, candidate: Candidate) -> bool:
    """Whether the question is "lệ phí" or "bao nhiêu", or one thing that the entry only mentions ("công nhân" of "công ty
    đào tạo công nhân có được hỗ trợ không"), and the entry does not ask just that."""
    is_mentioned = is_a_thing(query) and candidate.features[_CORE] < _ABOUT
    return (is_mentioned or says_nothing(query)) and candidate.features[_EXACT] < 1


def _document(query: Analysed, index: Index, ranked: tuple[Candidate, ...], group: bool) -> Finding:
    """The text is only a document's number: its documents, else entries about it, else that we do not have it."""
    score = ranked[0].score if ranked else 0.0
    refs = query.facts.references
    documents = _documents(query, index)
    unknown = next((ref.text for ref in refs if not index.documents.is_known(ref)), None)
    if documents:
        return Finding("none", score=score, documents=documents, unknown_document=unknown, ranked=ranked)
    about = distinct(each for each in index.about(query) if each.in_groups or not group)
    if about and unknown is None:
        return Finding("suggest", None, about, score, ranked=ranked)
    return Finding("none", score=score, unknown_document=unknown, ranked=ranked)


def _documents(query: Analysed, index: Index) -> tuple[Cited, ...]:
    refs = query.facts.references
    return tuple(dict.fromkeys(document for ref in refs for document in index.documents.meant(ref)))


def _asks_what_it_is(query: Analysed) -> bool:
    """Whether a document's number stands with nothing but "là gì", "nói về gì", "nêu những nội dung gì"."""
    return bool(query.facts.references) and says_only(query.facts, "reference", "about")


def _is_as_general(candidate: Candidate) -> bool:
    """Whether the entry asks nothing more special either: "NQ 57 nói gì" is not answered by one of its aims."""
    return candidate.features[_EXTRA] < _SPECIAL or says_only(facts(candidate.question), "reference", "about")


def says_only(stated: Facts, *kinds: str) -> bool:
    """Whether nothing is left beside the references but words of these kinds ("cho tôi xem", "toàn văn" …)."""
    return all(any(word in _kind(kind) for kind in kinds) for word in words(stated.without).folded)


@cache
def _kind(name: str) -> frozenset[str]:
    return frozenset(str(words(word)) for word in table("stopwords")[name])
