"""Numbers as Vietnamese writes them: a point between thousands, a comma before the fraction."""

from __future__ import annotations


def counted(number: int) -> str:
    """ "2.000" """
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1, *, signed: bool = False) -> str:
    """ "3,4"; "+3,4" """
    return f"{number:{'+' if signed else ''}.{places}f}".replace(".", ",")
