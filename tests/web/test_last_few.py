"""What is costly to make is made once, one at a time, and the last few are kept."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from web.last_few import LastFew


class Workshop:
    """It says what it makes, and whether it ever made two things at once."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.busy = False

    async def make(self, name: str) -> str:
        assert not self.busy
        self.busy = True
        await asyncio.sleep(0)
        self.busy = False
        self.made.append(name)
        if name == "broken":
            raise LookupError
        return name.upper()


async def test_who_asks_at_the_same_time_shares_what_is_made_once() -> None:
    last, workshop = LastFew[str, str](2), Workshop()
    asked = [last.made(name, partial(workshop.make, name)) for name in ("a", "b", "a", "a")]
    assert await asyncio.gather(*asked) == ["A", "B", "A", "A"]
    assert workshop.made == ["a", "b"]


async def test_what_was_not_asked_for_longest_gives_way() -> None:
    last, workshop = LastFew[str, str](2), Workshop()
    for name in ("a", "b", "a", "c", "a", "b"):
        await last.made(name, partial(workshop.make, name))
    assert workshop.made == ["a", "b", "c", "b"]


async def test_of_what_failed_nothing_is_kept() -> None:
    last, workshop = LastFew[str, str](2), Workshop()
    for _ in range(2):
        with pytest.raises(LookupError):
            await last.made("broken", partial(workshop.make, "broken"))
    assert workshop.made == ["broken", "broken"]
