"""Ways in to a poll: what a button carries that leads there, what a deep link begins with, where its page is."""

from __future__ import annotations

WORD = "poll"
BEGIN = "start"  # of a button: "poll/k7m2q9/start"
DEEP_LINK = "r_"  # before the code: t.me/<bot>?start=r_k7m2q9


def press(code: str, act: str) -> str:
    """What a button carries: an act of `engine`, or BEGIN."""
    return f"{WORD}/{code}/{act}"


def page(public_url: str | None, code: str) -> str:
    """Where it is answered while it is open, and its result is seen afterwards; "" without a page of ours."""
    return f"{public_url}/r/{code}" if public_url else ""
