"""What a message finds in a conversation that is about a document: "còn mục tiêu thì sao?", "nghị quyết này …".

The worst that can happen is a wrong official answer, so the document only completes a question that does not stand on its
own: the number that the asker left out is put in, and the whole is asked like any other question. What can be answered
without it is; where the two readings lead to different documents, both are offered and neither is given.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from knowledge.analysis import Analysed
from knowledge.answering import SUGGESTIONS, Finding, Thresholds, distinct, find, says_only
from knowledge.candidates import Candidate, Cited
from knowledge.follow_up import FollowUp, read
from knowledge.matcher import Index
from knowledge.normalise import words
from knowledge.numbers import facts
from knowledge.references import KIND_WORDS
from knowledge.triage import small_talk

_TELLING = 0.6  # weight of a word from which on a suggestion must share it


def find_after(text: str, index: Index, thresholds: Thresholds, topic: int | str) -> Finding:
    """`find` for a message in a conversation about a document: the one with this key, which was shown last, or one that was
    named in these words and is not there."""
    key = topic if isinstance(topic, int) else None
    alone = find(text, index, thresholds, topic=key)
    if alone.sensitive or alone.small_talk or alone.documents or alone.unknown_document:
        return alone
    follow_up = read(text)
    if follow_up is None or (small_talk(follow_up.asked) and not follow_up.leans):
        return alone
    if isinstance(topic, str):
        return _after_unknown(alone, follow_up, index, thresholds, topic)
    shown = index.documents.cited(topic)
    if shown is None or not follow_up.may_mean(shown.kind):
        return alone
    return _Reading(index, thresholds, follow_up, shown).finding(alone)


def _after_unknown(
    alone: Finding, follow_up: FollowUp, index: Index, thresholds: Thresholds, named: str
) -> Finding:
    """What leans on a document that is not there is asked about that one, so no other one answers it."""
    kinds = {KIND_WORDS.get(ref.kind or "", follow_up.noun) for ref in facts(named).references}
    if not follow_up.leans or not any(map(follow_up.may_mean, kinds)):
        return alone
    return find(f"{follow_up.asked} {named}", index, thresholds)


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
        asked = f"{_named(self.document)} nội dung là gì"
        found = find(asked, self.index, self.thresholds, topic=self.document.key)
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
        both = distinct((*ours, *others))
        return replace(
            alone,
            outcome="suggest" if both else "none",
            entry=None,
            suggestions=both[:SUGGESTIONS],
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
