"""Typing slips, and what they cost: `python -m bench.slips` prints top-1 and top-5 beside those of the clean queries.

A slip is one letter dropped, doubled, swapped with the next, or exchanged for its neighbour on the keyboard, in one
word of five letters or more. Same seed, same slips.
"""

import random
import re
from collections.abc import Callable, Sequence

from bench import evalsets
from bench.evalsets import Question
from knowledge.letters import fold
from knowledge.matcher import Index

SEED = 7
ALLOWED = 0.05  # what a slip may cost
_TIMES = 3  # each query is mistyped, for a steadier figure
_LONG = re.compile(r"[^\W\d_]{5,}")
_NEIGHBOURS = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "ol",
    "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb", "h": "gyjn", "j": "hukm", "k": "jil", "l": "kop",
    "z": "asx", "x": "zsdc", "c": "xdfv", "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}  # fmt: skip


def dropped(word: str, at: int, rng: random.Random) -> str:  # noqa: ARG001 - every kind of slip is called alike
    return word[:at] + word[at + 1 :]


def doubled(word: str, at: int, rng: random.Random) -> str:  # noqa: ARG001
    return word[: at + 1] + word[at:]


def swapped(word: str, at: int, rng: random.Random) -> str:  # noqa: ARG001
    at = min(at, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def mistyped(word: str, at: int, rng: random.Random) -> str:
    near = _NEIGHBOURS.get(fold(word[at]).lower(), "")
    return word[:at] + rng.choice(near) + word[at + 1 :] if near else dropped(word, at, rng)


KINDS: tuple[Callable[[str, int, random.Random], str], ...] = (dropped, doubled, swapped, mistyped)


def with_a_slip(
    text: str, rng: random.Random, kinds: Sequence[Callable[[str, int, random.Random], str]] = KINDS
) -> str | None:
    """The text with one slip of one of the kinds; None where no word is long enough."""
    long = list(_LONG.finditer(text))
    if not long:
        return None
    match = rng.choice(long)
    word = rng.choice(kinds)(match[0], rng.randrange(len(match[0])), rng)
    return text[: match.start()] + word + text[match.end() :]


def main() -> None:
    if not evalsets.present():
        print(evalsets.MISSING)
        return
    for multi in (True, False):
        bases = [
            (Index.build(evalsets.entries(name, multi=multi), []), evalsets.questions(name))
            for name in evalsets.SETS
        ]
        print(f"\n{'multi' if multi else 'single'} mode{'top-1':>14}{'top-5':>8}")
        clean = _measured(bases, lambda text: [text])
        print(f"{'clean':18}{clean[0]:8.3f}{clean[1]:8.3f}")
        for kind in KINDS:
            _show(kind.__name__, _measured(bases, _slips([kind])), clean)
        loss = _show("any of them", _measured(bases, _slips(KINDS)), clean)
        print(f"a slip costs {loss:.3f}; allowed are {ALLOWED:.2f}")


def _slips(kinds: Sequence[Callable[[str, int, random.Random], str]]) -> Callable[[str], list[str]]:
    rng = random.Random(SEED)
    return lambda text: [with_a_slip(text, rng, kinds) or text for _ in range(_TIMES)]


def _measured(
    bases: Sequence[tuple[Index, Sequence[Question]]], variants: Callable[[str], list[str]]
) -> tuple[float, float]:
    first, five, count = 0, 0, 0
    for index, questions in bases:
        for question in questions:
            for text in variants(question.query):
                ranked = [each.id for each in index.ranked(text, 5)]
                first += ranked[:1] != [] and ranked[0] in question.expect
                five += not question.expect.isdisjoint(ranked)
                count += 1
    return first / count, five / count


def _show(name: str, figures: tuple[float, float], clean: tuple[float, float]) -> float:
    loss = clean[0] - figures[0]
    print(f"{name:18}{figures[0]:8.3f}{figures[1]:8.3f}   {-loss:+.3f}")
    return loss


if __name__ == "__main__":
    main()
