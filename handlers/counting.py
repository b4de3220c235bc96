"""What a reply shows, counted in the transaction that sends it: for each document and entry, never for a person."""

from __future__ import annotations

from collections.abc import Callable

from bot.model import Tx
from handlers.context import Context
from knowledge import usage

Write = Callable[[Tx], None]


def viewed(document: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_view(tx, document, today)


def downloaded(document: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_download(tx, document, today)


def answered(entry: int, context: Context) -> Write:
    today = context.today
    return lambda tx: usage.count_answer(tx, entry, today)
