"""How far digests have gone, where `hoidap serve` was started: on a terminal a line that is written over and over, elsewhere
one when a digest begins and one when it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TextIO

from bot import campaigns
from bot.campaigns import Progress
from bot.errors import StorageError
from bot.model import Tx
from bot.storage.base import Database, among

EVERY = 2.0  # seconds
_OVER = "\r\x1b[K"  # to the beginning of the line, and clear it

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a digest."""

    key: int
    state: str
    progress: Progress


@dataclass(slots=True)
class Display:
    """What has been shown so far. `live`: `out` is a terminal."""

    out: TextIO
    live: bool
    began: dict[int, tuple[float, int]] = field(
        default_factory=dict
    )  # by digest: when, and how many had it then

    def show(self, standings: Collection[Standing], now: float) -> None:
        """now  seconds of any steady clock"""
        for each in standings:
            if not each.progress.all and each.key not in self.began:  # "0 of 0" tells nobody anything
                continue
            new = each.key not in self.began
            since, before = self.began.setdefault(each.key, (now, each.progress.sent))
            if each.state not in ("sending", "paused"):
                del self.began[each.key]
                self._write(f"{line(each)}\n")
            elif self.live:
                self._write(line(each, (each.progress.sent - before) / (now - since) if now > since else 0.0))
            elif new:
                self._write(f"{line(each)}\n")

    def close(self) -> None:
        """What is printed next begins on a line of its own."""
        if self.live and self.began:
            self.out.write("\n")

    def _write(self, words: str) -> None:
        self.out.write(f"{_OVER if self.live else ''}{words}")
        self.out.flush()


def line(standing: Standing, rate: float = 0.0) -> str:
    """`rate` in messages a second, for how long it will still take; 0: nobody knows."""
    done = standing.progress
    words = [f"Digest {standing.key} {standing.state}: {done.sent} of {done.all} messages sent"]
    words += [f"{count} {what}" for what, count in (("failed", _failed(done)), ("held", done.held)) if count]
    if standing.state == "sending" and done.unfinished and rate > 0:
        words.append(f"about {_in_words(done.unfinished / rate)} left")
    return ", ".join(words)


async def watch(db: Database, display: Display) -> None:
    """Until cancelled."""
    loop = asyncio.get_running_loop()
    try:
        while True:
            try:
                display.show(await db.read(standings, tuple(display.began)), loop.time())
            except StorageError as error:
                log.debug("no progress can be shown: %s", error)
            await asyncio.sleep(EVERY)
    finally:
        display.close()


def standings(tx: Tx, also: Collection[int] = ()) -> list[Standing]:
    """Of digests that are being sent, and of these."""
    some, values = among("key", list(also))
    rows = tx.rows(
        f"SELECT key, state FROM digests WHERE state IN ('sending', 'paused') OR key IN {some} ORDER BY key",  # noqa: S608
        **values,
    )
    return [
        Standing(row["key"], row["state"], campaigns.progress(tx, f"digest:{row['key']}:")) for row in rows
    ]


def _failed(done: Progress) -> int:
    return done.parked + done.undeliverable


def _in_words(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"
