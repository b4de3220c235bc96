"""The storage seam: synchronous functions over a Tx, run in one transaction off the event loop.

SQL lives in plain functions beside its feature, in the dialect that SQLite and PostgreSQL share: `:name` parameters,
ON CONFLICT, RETURNING, CTEs, window functions; times as UTC text (bot.clock.stamp); 0/1 integers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from bot.model import Address, Tx

P = ParamSpec("P")
T = TypeVar("T")
Row = dict[str, Any]


class Reader(Protocol):
    async def read(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` on a read-only connection, on one consistent snapshot."""


class Database(Reader, Protocol):
    async def run(self, fn: Callable[Concatenate[Tx, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(tx, …)` in a transaction and return after it is safely on disk.

        Raises what `fn` raised (then nothing of it was written), or StorageError.
        `fn` may run beside others in one commit and must have no effect but through `tx`.
        """


def among(name: str, values: Iterable[Any]) -> tuple[str, dict[str, Any]]:
    """`IN` for a list, in both dialects: the text "(:name_0, :name_1)" and its parameters. Never empty in SQL's eyes."""
    parameters = {f"{name}_{position}": value for position, value in enumerate(values)}
    return f"({', '.join(f':{key}' for key in parameters) or 'NULL'})", parameters


def in_chat(at: Address) -> tuple[str, dict[str, Any]]:
    """That a row is of this chat, or of one of its topics where it is a forum ("-100123/45"): condition and parameters."""
    return (
        "channel = :channel AND (conversation = :conversation OR (conversation > :topics AND conversation < :behind))",
        {
            "channel": at.channel,
            "conversation": at.conversation,
            "topics": f"{at.conversation}/",
            "behind": f"{at.conversation}0",  # the sign after "/"
        },
    )
