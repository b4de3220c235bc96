"""The short forms and synonyms that hold here: those of the program, and the department's rows over them.

A row adds a form, changes the meaning of a shipped one, or switches it off. Only rows that differ from what is shipped are
kept, so that a shipped form that a later version mends is mended here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.clock import stamp
from bot.model import Tx
from bot.storage.base import Row
from knowledge.letters import clean
from knowledge.revisions import touch
from knowledge.short_forms import Place, ShortForm, ShortForms, defaults, shipped_forms

_BETWEEN = re.compile(r"[^\w&]|_")


@dataclass(frozen=True, slots=True)
class Word:
    """A form as staff see it. `active`: it is read; `shipped`: what the program says it means, if it knows the form."""

    form: ShortForm
    active: bool = True
    shipped: str | None = None

    @property
    def key(self) -> tuple[str, Place]:
        return self.form.written, self.form.place

    @property
    def is_own(self) -> bool:
        """Whether it differs from what is shipped."""
        return self.shipped is None or not self.active or clean(self.form.means) != self.shipped


def normalised(written: str) -> str:
    """One spelling of a form: "Đ/c" is "đ c"."""
    return " ".join(_BETWEEN.sub(" ", clean(written)).split())


def all_words(tx: Tx) -> list[Word]:
    """Every form, the shipped ones first, those that are switched off too."""
    own = {(row["written"], row["place"]): row for row in _own_rows(tx)}
    words = [
        _word(own.pop((form.written, form.place), None), form) or Word(form, shipped=form.means)
        for form in defaults()
    ]
    return words + [word for row in own.values() if (word := _word(row, None))]


def load(tx: Tx) -> ShortForms:
    """What a text is read by."""
    if not _own_rows(tx):
        return shipped_forms()
    return ShortForms(word.form for word in all_words(tx) if word.active)


def save_all(tx: Tx, words: Iterable[Word], now: datetime) -> int:
    """Keep what differs from what is kept, and forget rows that are as shipped again; how many changed. The `shipped` of
    the words given is not looked at."""
    shipped = {(form.written, form.place): form for form in defaults()}
    known = {word.key: word for word in all_words(tx)}
    changed = 0
    for word in words:
        before = known.get(word.key)
        if before and (before.form.means, before.active) == (word.form.means, word.active):
            continue
        changed += 1
        default = shipped.get(word.key)
        if Word(word.form, word.active, default.means if default else None).is_own:
            _keep(tx, word, now)
        else:
            tx.run(
                "DELETE FROM words WHERE written = :written AND place = :place",
                written=word.form.written,
                place=word.form.place,
            )
    if changed:
        touch(tx)
    return changed


def _own_rows(tx: Tx) -> list[Row]:
    return tx.rows("SELECT written, place, means, active FROM words ORDER BY written, place")


def _word(row: Row | None, shipped: ShortForm | None) -> Word | None:
    if row is None:
        return None
    form = ShortForm(row["written"], row["means"], row["place"])
    return Word(form, bool(row["active"]), shipped.means if shipped else None)


def _keep(tx: Tx, word: Word, now: datetime) -> None:
    tx.run(
        """INSERT INTO words (written, place, means, active, changed_at)
            VALUES (:written, :place, :means, :active, :now)
            ON CONFLICT (written, place) DO UPDATE SET
                means = excluded.means, active = excluded.active, changed_at = excluded.changed_at""",
        written=word.form.written,
        place=word.form.place,
        means=word.form.means,
        active=int(word.active),
        now=stamp(now),
    )
