"""Counts what people can see of the knowledge base change, so that a running service knows when to read it again."""

from __future__ import annotations

from bot.model import Tx


def revision(tx: Tx) -> int:
    row = tx.row("SELECT number FROM revisions WHERE subject = 'knowledge'")
    return int(row["number"]) if row else 0


def touch(tx: Tx) -> None:
    tx.run("UPDATE revisions SET number = number + 1 WHERE subject = 'knowledge'")
