"""An import of short forms and synonyms against those that hold: what changes, what cannot be, what may do harm."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from bot.exchange.plan import Given, Plan
from bot.files.syllables import is_syllable
from bot.files.tables import Notice
from bot.model import Tx
from bot.texts import staff
from knowledge import entries, own_words
from knowledge.letters import both_forms, clean, tokens
from knowledge.numbers import facts
from knowledge.own_words import Word
from knowledge.short_forms import Place, ShortForm, Syllable
from knowledge.tables import table

PLACES: Mapping[str, str] = {
    "anywhere": "mọi chỗ",
    "before number": "trước số",
    "at end": "cuối câu",
    "with accents": "câu gõ có dấu",
}
_AROUND = 2  # words of an example on either side
_Key = tuple[str, Place]
_Said = tuple[Syllable, ...]
_Rows = Sequence[tuple[Given, Word]]


def plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - a word is no draft
    before = {word.key: word for word in own_words.all_words(tx)}
    planned = [(row, _word(row, before)) for row in rows]
    changed = [
        (row, word)
        for row, word in planned
        if (old := before.get(word.key)) is None or (old.form, old.active) != (word.form, word.active)
    ]
    notices = [notice for row, word in changed for notice in _faults(row, word.form)]
    notices += _repeated(planned)
    notices = notices or [*_circles(changed, before)] or [*_doubts(tx, changed, before)]
    added = sum(word.key not in before for _, word in changed)
    return Plan(
        added,
        len(changed) - added,
        len(planned) - len(changed),
        tuple(notices),
        lambda tx, now: own_words.save_all(tx, [word for _, word in changed], now),
    )


def _word(row: Given, before: Mapping[_Key, Word]) -> Word:
    """Empty or absent: a place is everywhere, a status as it was, at first "on"."""
    written = own_words.normalised(row.values["written"] or "")
    place: Place = row.values.get("place") or "anywhere"
    old = before.get((written, place))
    status = row.values.get("status") or ("off" if old and not old.active else "on")
    return Word(ShortForm(written, row.values["means"] or "", place), status == "on")


def _faults(row: Given, form: ShortForm) -> Iterator[Notice]:
    for name, text in (("written", form.written), ("means", form.means)):
        given = row.values[name]
        stated = facts(given)
        if not any(character.isalpha() for character in text):
            yield _serious(row, name, staff.WORD_WITHOUT_LETTERS.format(text=given))
        elif stated.references or stated.years or stated.terms:
            yield _serious(row, name, staff.WORD_IS_A_NUMBER.format(text=given))
    written, means = _said(form.written), _said(form.means)
    if written == means:
        yield _serious(row, "means", staff.WORD_IS_ITSELF.format(text=form.means))
    elif written in _parts(means):
        yield _serious(
            row, "means", staff.WORD_HOLDS_ITSELF.format(means=form.means, written=row.values["written"])
        )


def _repeated(planned: _Rows) -> Iterator[Notice]:
    seen: dict[tuple[_Said, Place], Given] = {}
    for row, word in planned:
        first = seen.setdefault((_said(word.form.written), word.form.place), row)
        if first is not row:
            place = first.line.place("written")
            yield _serious(row, "written", staff.WORD_TWICE.format(text=row.values["written"], place=place))


def _circles(changed: _Rows, before: dict[_Key, Word]) -> Iterator[Notice]:
    """Forms that would be read as each other: "A" as "B" and "B" as "A", also by way of others."""
    after = before | {word.key: word for _, word in changed}
    forms = {
        _said(word.form.written): word.form
        for word in after.values()
        if word.active and word.form.place == "anywhere"
    }
    for row, word in changed:
        own = _said(word.form.written)
        if forms.get(own) == word.form and (circle := _way_back(own, forms)):
            names = " → ".join(forms[each].written for each in circle)
            yield _serious(row, "means", staff.WORDS_IN_CIRCLE.format(circle=names))


def _way_back(start: _Said, forms: Mapping[_Said, ShortForm]) -> list[_Said] | None:
    """From a form over the forms in its meaning back to itself; None where no way leads back."""
    ways = [[start]]
    seen = {start}
    while ways:
        way = ways.pop()
        for part in _parts(_said(forms[way[-1]].means)):
            if part == start:
                return [*way, start]
            if part in forms and part not in seen:
                seen.add(part)
                ways.append([*way, part])
    return None


def _doubts(tx: Tx, changed: _Rows, before: Mapping[_Key, Word]) -> Iterator[Notice]:
    texts: list[str] = []
    for row, word in changed:
        old = before.get(word.key)
        if old and old.shipped and clean(word.form.means) != old.shipped:
            yield Notice(row.line.place("means"), staff.WORD_REPLACES.format(means=old.shipped))
        if word.active and word.form.place == "anywhere" and _may_be_a_word(word.form.written):
            texts = texts or _texts(tx)
            yield Notice(row.line.place("written"), _told(word.form.written, texts))


def _may_be_a_word(written: str) -> bool:
    return len(written) > 1 and " " not in written and is_syllable(written)


def _told(written: str, texts: Sequence[str]) -> str:
    """Why a short form that may be a word is doubtful, with a place where it is one."""
    place = PLACES["at end"]
    for text in texts:
        typed = tokens(clean(text))
        for at, word in enumerate(typed):
            bare, mark = both_forms(word)
            if mark if (bare, "") == both_forms(written) else both_forms(word) == both_forms(written):
                example = " ".join(typed[max(0, at - _AROUND) : at + _AROUND + 1])
                form = staff.WORD_IS_A_WORD if word == written else staff.WORD_WITHOUT_ACCENTS
                return form.format(text=written, word=word, example=example, place=place)
    return staff.WORD_MAY_BE_A_WORD.format(text=written, place=place)


def _texts(tx: Tx) -> list[str]:
    """Where an example is looked for: what people ask here, then common phrases."""
    asked = chain.from_iterable(
        (each.question, *each.phrasings, each.answer) for each in entries.all_entries(tx)
    )
    return [*asked, *chain.from_iterable(table("concepts")), *table("stopwords")["function"]]


def _said(text: str) -> _Said:
    return tuple(map(both_forms, tokens(clean(text))))


def _parts(said: _Said) -> set[_Said]:
    """Every run of neighbouring words."""
    return {said[start:end] for start in range(len(said)) for end in range(start + 1, len(said) + 1)}


def _serious(row: Given, field: str, text: str) -> Notice:
    return Notice(row.line.place(field), text, serious=True)
