"""The two fits behind knowledge/data/weights.json, both by Newton's method: which candidate is best (multinomial
logistic), and how likely it is right (logistic). Same data, same weights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 40
_SMALL = 1e-7  # a step after which nothing changes any more
_CURVED = 1e-4  # the least curvature of a chance: where all is certain there would be none


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of a question, a row of features each; `right` marks those that answer it."""

    rows: Floats
    right: NDArray[np.bool_]
    share: float  # of what all choices count together


def ordering(choices: Sequence[Choice], signs: Floats, penalty: float) -> Floats:
    """One weight per feature, such that what is right comes first. A feature that would count the wrong way counts
    nothing: more of the question covered never speaks against an entry, whatever a few sets seem to say."""
    kept = np.arange(len(signs))
    while True:
        weights = _unbounded(choices, kept, penalty)
        against = weights * signs[kept]
        if against.min() >= 0:
            break
        kept = np.delete(kept, against.argmin())
    full = np.zeros(len(signs))
    full[kept] = weights
    return full


def _unbounded(choices: Sequence[Choice], kept: NDArray[np.intp], penalty: float) -> Floats:
    sizes = [len(each.rows) for each in choices]
    starts, owners = np.cumsum([0, *sizes[:-1]]), np.repeat(np.arange(len(choices)), sizes)
    rows = np.vstack([each.rows for each in choices])[:, kept]
    right = np.concatenate([each.right for each in choices])
    shares = np.array([each.share for each in choices])[owners]
    weights = np.zeros(len(kept))
    for _ in range(_STEPS):
        totals = rows @ weights
        chances = np.exp(totals - np.maximum.reduceat(totals, starts)[owners])
        chances /= np.add.reduceat(chances, starts)[owners]
        wanted = chances * right
        wanted /= np.add.reduceat(wanted, starts)[owners]
        centred = rows - np.add.reduceat(rows * chances[:, None], starts)[owners]
        gradient = penalty * weights + rows.T @ ((chances - wanted) * shares)
        hessian = penalty * np.eye(len(kept)) + (centred * (shares * chances)[:, None]).T @ centred
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < _SMALL:
            break
    return weights


def confidence(rows: Floats, right: Floats, counts: Floats, penalty: float) -> Floats:
    """One weight per signal; the first is the bias, which is not held down."""
    shares = counts / counts.sum()
    held = np.full(rows.shape[1], penalty)
    held[0] = 0.0
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chances = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        gradient = held * weights + rows.T @ (shares * (chances - right))
        curved = shares * np.maximum(chances * (1 - chances), _CURVED)
        step = np.linalg.solve(np.diag(held) + (rows * curved[:, None]).T @ rows, gradient)
        weights -= step
        if np.abs(step).max() < _SMALL:
            break
    return weights
