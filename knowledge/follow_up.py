"""A question that goes on about the document shown last: "còn mục tiêu thì sao?", "ai thực hiện?", "nghị quyết này …".

The worst that can happen is a wrong official answer, so the document only completes a question that does not stand on its
own: the number that the asker left out is put in, and the whole is asked like any other question. What can be answered
without it is; where the two readings lead to different documents, both are offered and neither is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from knowledge.analysis import Analysed
from knowledge.answering import SUGGESTIONS, Finding, Thresholds, find, says_only
from knowledge.candidates import Candidate, Cited
from knowledge.matcher import Index
from knowledge.normalise import clean, fold, words
from knowledge.numbers import facts
from knowledge.tables import table
from knowledge.triage import small_talk

_LONGEST = 12  # words of a question that only its beginning or its end makes a follow-up
_LONGEST_POINTING = 30
_TELLING = 0.6  # weight of a word from which on a suggestion must share it
_PUNCTUATION = re.compile(r"[.,;:!?…\"“”()]+(?=\s|$)|(?<=\s)[\"“(]+|^[\"“(]+")
_YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked, without the words that lead back. `leans`: it makes no sense without a document ("nghị quyết này …",
    "kinh phí?"); `noun` is how it calls the document, "" where any will do."""

    asked: str
    leans: bool
    noun: str = ""

    def may_mean(self, document: Cited) -> bool:
        return self.noun in ("", document.kind.lower())


def read(text: str) -> FollowUp | None:
    """The text as a follow-up; None for a question that names its document itself, or does not look back."""
    said = " ".join(_PUNCTUATION.sub(" ", clean(text)).split())
    if not said or len(said.split()) > _LONGEST_POINTING:
        return None
    found = _looking_back(said)
    if not found:  # asked first, for it is quick, and so it is with most questions
        return None
    stated = facts(said)
    return None if stated.references or stated.terms else found


def _looking_back(said: str) -> FollowUp | None:
    forms = _forms(not said.isascii())
    said = forms.polite_end.sub("", f"{said} ").strip()
    if found := forms.points.search(said):
        before = forms.opener.sub("", f"{said[: found.start()]} ", count=1)
        asked = forms.polite_start.sub("", f"{before} {said[found.end() :]}".lstrip())
        return FollowUp(" ".join(asked.split()), leans=True, noun=forms.nouns[found["noun"]])
    if len(said.split()) > _LONGEST:
        return None
    if found_on := _going_on(said, forms):
        return found_on
    said = forms.polite_start.sub("", said)
    return FollowUp(said, leans=True) if _asks_an_aspect(said, forms) else None


def _going_on(said: str, forms: "_Forms") -> FollowUp | None:
    """ "còn mục tiêu thì sao", "thế còn kinh phí", "giáo viên thì sao"; not "nếu tôi vắng mặt thì sao", and not "còn nhận
    hồ sơ không", which asks whether it is still so."""
    closed = forms.closer.search(said)
    rest = said[: closed.start()] if closed else said
    opened = forms.opener.match(rest)
    if opened:
        if opened["unsure"] and not closed and forms.asks_whether.search(said):
            return None
        rest = rest[opened.end() :]
    elif not closed or forms.supposing.match(said):
        return None
    else:
        rest = forms.polite_start.sub("", rest)
    rest = rest.strip()
    return FollowUp(rest, leans=_asks_an_aspect(rest, forms)) if rest else None


def _asks_an_aspect(said: str, forms: "_Forms") -> bool:
    """ "ai thực hiện", "kinh phí", "mục tiêu đến năm 2030": of every document somebody may ask that."""
    return bool(forms.only_aspects.fullmatch(f"{said} ") and forms.asks.search(said))


def find_after(text: str, index: Index, thresholds: Thresholds, document: int) -> Finding:
    """`find` for a message in a conversation that last showed the document with this key."""
    alone = find(text, index, thresholds)
    if alone.sensitive or alone.small_talk or alone.documents or alone.unknown_document:
        return alone
    follow_up, shown = read(text), index.documents.cited(document)
    if follow_up is None or shown is None or not follow_up.may_mean(shown):
        return alone
    if small_talk(follow_up.asked) and not follow_up.leans:
        return alone
    return _Reading(index, thresholds, follow_up, shown).finding(alone)


@dataclass(frozen=True, slots=True)
class _Reading:
    index: Index
    thresholds: Thresholds
    follow_up: FollowUp
    document: Cited

    def finding(self, alone: Finding) -> Finding:
        if alone.entry and (self._is_ours(alone.entry) or not self.follow_up.leans):
            return self._beside(alone, alone.entry)
        whole = self._whole()
        if whole.entry or whole.documents:
            return whole
        alike = self._alike(whole.ranked)
        if self.follow_up.leans and not alike and not alone.entry:
            return Finding("none", score=alone.score, ranked=alone.ranked, about=self.document)
        return self._suggested(alone, alike)

    def _beside(self, alone: Finding, answer: Candidate) -> Finding:
        """The question is answered without the document; unless the document answers it too, with another entry."""
        if self._is_ours(answer):
            return alone
        whole = self._whole()
        return self._suggested(alone, (whole.entry,)) if whole.entry else alone

    def _whole(self) -> Finding:
        """What the question finds with the document named; only what is about that document, and only when surer than
        usual: that it is meant is a guess."""
        if self.follow_up.leans and says_only(self._query.facts, "reference", "about"):
            return self._what_it_is()
        completed = f"{self.follow_up.asked} {_named(self.document)}"
        means = [self.index.documents.meant(ref) for ref in facts(completed).references]
        if means != [(self.document,)]:
            return Finding("none", about=self.document)
        surer = replace(self.thresholds, answer=max(self.thresholds.answer, self.thresholds.group_answer))
        found = replace(find(completed, self.index, surer), documents=(), about=self.document)
        if found.entry and not self._speaks_about(found.entry):
            return replace(found, outcome="none", entry=None)
        return found

    def _what_it_is(self) -> Finding:
        """ "nghị quyết này", "toàn văn": the document's own page; "nội dung là gì": the entry that is asked just that."""
        page = Finding("none", documents=(self.document,), about=self.document)
        if says_only(self._query.facts, "reference"):
            return page
        found = find(f"{_named(self.document)} nội dung là gì", self.index, self.thresholds)
        general = found.entry and says_only(facts(found.entry.question), "reference", "about")
        if general and found.entry and self._is_ours(found.entry):
            return replace(found, about=self.document)
        return page

    def _speaks_about(self, candidate: Candidate) -> bool:
        """The number that was put in is a likeness that nobody has typed: the rest must bear the answer by itself."""
        return (
            self._is_ours(candidate)
            and bool(self._telling())
            and not self.index.leaves_out(self._query, candidate)
        )

    def _alike(self, ranked: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """The entries of the document that speak about what is asked, those that leave nothing out first."""
        telling = self._telling()
        if not telling and not self.follow_up.leans:
            return ()
        by_itself = self.index.ranked_for(self._query, 2 * SUGGESTIONS)
        ours = {each.key: each for each in (*ranked, *by_itself) if self._is_ours(each)}
        leaving = {key: self.index.leaves_out(self._query, each) for key, each in ours.items()}
        near = [
            each
            for key, each in ours.items()
            if not leaving[key] or telling & {*words(each.question).folded, *each.matched.split()}
        ]
        return tuple(sorted(near, key=lambda each: leaving[each.key]))

    def _telling(self) -> frozenset[str]:
        """The words of the question that tell what it is about."""
        weighted = zip(self._query.words.folded, self._query.weights, strict=True)
        return frozenset(word for word, weight in weighted if weight >= _TELLING)

    @property
    def _query(self) -> Analysed:
        return self.index.query(self.follow_up.asked)

    def _suggested(self, alone: Finding, ours: tuple[Candidate, ...]) -> Finding:
        """What the question finds by itself, and before it what it finds about the document."""
        others = (alone.entry,) if alone.entry else alone.suggestions
        both = {each.key: each for each in (*ours, *others)}
        return replace(
            alone,
            outcome="suggest" if both else "none",
            entry=None,
            suggestions=tuple(both.values())[:SUGGESTIONS],
            about=self.document if ours or not both else None,
        )

    def _is_ours(self, candidate: Candidate) -> bool:
        return self.index.document_of(candidate) == self.document.key


def _named(document: Cited) -> str:
    """As somebody would write it out, so that it can be no other one; "" for a document without a number."""
    if not document.number:
        return ""
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    return f"{document.kind} {document.number}{day}{issuer}"


@dataclass(frozen=True, slots=True)
class _Forms:
    """knowledge/data/follow_up.json as patterns, for text with accents or without."""

    polite_start: re.Pattern[str]
    polite_end: re.Pattern[str]
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    supposing: re.Pattern[str]
    asks_whether: re.Pattern[str]
    points: re.Pattern[str]
    only_aspects: re.Pattern[str]
    asks: re.Pattern[str]
    nouns: dict[str, str]


@cache
def _forms(accents: bool) -> _Forms:
    data = table("follow_up")

    def one_of(*lists: str) -> str:
        forms = [form for name in lists for form in data[name]]
        forms = forms if accents else [fold(form) for form in forms]
        return "|".join(sorted(map(re.escape, forms), key=len, reverse=True))

    polite = one_of("polite")
    unsure = one_of("openers with accents") if accents else r"(?!)"
    pointers = one_of("pointers", *(["pointers with accents"] if accents else []))
    nouns = {form if accents else fold(form): kind for form, kind in data["nouns"].items()}
    return _Forms(
        polite_start=re.compile(rf"^(?:(?:{polite})\s+)+"),
        polite_end=re.compile(rf"(?:\s+(?:{polite}))+\s*$"),
        opener=re.compile(
            rf"^(?:(?:{polite})\s+)*?(?:(?:{one_of('openers')})|(?P<unsure>{unsure}))(?:\s+|$)"
        ),
        closer=re.compile(rf"(?:^|\s+)(?:{one_of('closers')})$"),
        supposing=re.compile(rf"(?:(?:{polite})\s+)*(?:{one_of('supposing')})\b"),
        asks_whether=re.compile(rf"\s(?:{one_of('asks whether')})$"),
        points=re.compile(rf"(?<!\w)(?P<noun>{one_of('nouns')})\s+(?:{pointers})(?!\w)"),
        only_aspects=re.compile(rf"(?:(?:{one_of('aspects', 'questions', 'between')}|{_YEAR})\s+)+"),
        asks=re.compile(rf"(?<!\w)(?:{one_of('aspects', 'questions')})(?!\w)"),
        nouns=nouns,
    )
