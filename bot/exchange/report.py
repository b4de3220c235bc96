"""What staff are told about a file that they hand in, place by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import InputError
from bot.files.tables import Notice
from bot.texts import staff


@dataclass(frozen=True, slots=True)
class Report:
    """Notices in the order of the file: `place` ("ô C7") and `text` in Vietnamese; serious ones are errors."""

    notices: tuple[Notice, ...] = ()

    @property
    def errors(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.serious)

    @property
    def warnings(self) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if not notice.serious)

    def and_also(self, notices: Iterable[Notice]) -> Report:
        return Report((*self.notices, *notices))

    def require_no_errors(self) -> None:
        """Raises InputError, one sentence with the count and the first error."""
        if errors := self.errors:
            first = errors[0]
            raise InputError(staff.NOT_APPLIED.format(count=len(errors), place=first.place, text=first.text))
