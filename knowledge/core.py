"""What all phrasings of an entry are about: a word of one phrasing alone is an example, one of most is the core."""

from collections.abc import Mapping, Sequence


def core(phrasings: Sequence[Mapping[int, float]]) -> dict[int, float]:
    """Each unit of the phrasings, given with how telling it is: that, times the cube of the share of phrasings that
    have it ("ngành kế toán" is an example of what may be asked, "tố chất" is what all phrasings ask)."""
    if len(phrasings) == 1:
        return dict(phrasings[0])
    held: dict[int, int] = {}
    telling: dict[int, float] = {}
    for units in phrasings:
        for unit, weight in units.items():
            held[unit] = held.get(unit, 0) + 1
            telling[unit] = max(weight, telling.get(unit, 0.0))
    return {unit: weight * (held[unit] / len(phrasings)) ** 3 for unit, weight in telling.items()}
