"""What all phrasings of an entry are about: a word of one phrasing alone is an example, one of most is the core."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Core:
    """`weights` of each unit: how telling it is, times the cube of the share of phrasings that has it ("ngành kế toán"
    is an example of what may be asked, "tố chất" is what all phrasings ask)."""

    weights: dict[str, float]
    total: float

    @classmethod
    def of(cls, phrasings: Collection[tuple[Sequence[str], Sequence[float]]]) -> "Core":
        """From the units and the weights of the units of each phrasing."""
        held: dict[str, int] = {}
        telling: dict[str, float] = {}
        for units, unit_weights in phrasings:
            for unit, weight in dict(zip(units, unit_weights, strict=True)).items():
                held[unit] = held.get(unit, 0) + 1
                telling[unit] = max(weight, telling.get(unit, 0.0))
        count = len(phrasings)
        weights = {unit: weight * (held[unit] / count) ** 3 for unit, weight in telling.items()}
        return cls(weights, sum(weights.values()) or 1e-9)

    def share_in(self, units: Collection[str]) -> float:
        """The share of the core that is among the units, 0..1."""
        return sum([weight for unit, weight in self.weights.items() if unit in units]) / self.total
