"""The point of a convex hull that is nearest to a target: least squares with weights that are shares.

Weights are at least zero and sum to one. With them ``X w - y`` is the same blend of the columns ``X - y``, so the
problem is to find the point nearest to the origin in the hull of these. That point is proportional to the solution u
of a plain non-negative least squares problem, ``min |D u|^2 + (1 - sum u)^2`` with ``D = X - y``: for given shares w
and ``u = s w`` the best s leaves ``|D w|^2 / (1 + |D w|^2)``, which grows with ``|D w|``. So ``w = u / sum u`` is
exact, and no heavy row has to enforce the sum. The weights are rounded, so that 1e-17 is none.

Method: Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import nnls

from wuhan.evidence.bounds import canonical

TINY = 1e-9  # relative; what rounding leaves of a zero


def nearest(columns: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, bool]:
    """Weights of ``columns`` (rows by donors) that come nearest to ``target`` (rows), and whether they are the only
    ones.

    The fitted point is always unique. The weights are, when the columns at equal distance along the gradient are
    affinely independent: otherwise these can be traded for one another without changing the fit. Raises ``ValueError``
    for no columns.
    """
    if not columns.shape[1]:
        raise ValueError("nearest: no columns to blend")
    apart = columns - target[:, None]
    apart = apart / (np.abs(apart).max() or 1.0)
    found, _residual = nnls(_with_ones(apart), np.append(np.zeros(len(apart)), 1.0))
    weights = found / found.sum()
    return shares(weights), _unique(apart, weights)


def shares(weights: np.ndarray) -> np.ndarray:
    """``weights`` rounded, with a sum of one again."""
    rounded = [canonical(weight) for weight in weights]
    return np.array(rounded) / math.fsum(rounded)


def _unique(apart: np.ndarray, weights: np.ndarray) -> bool:
    """Whether the columns that touch the optimum, those of the least gradient, are affinely independent."""
    miss = apart @ weights
    slack = apart.T @ miss - miss @ miss  # zero for columns with weight, at least zero for the others
    face = _with_ones(apart[:, (weights > TINY) | (slack < TINY)])
    return bool(np.linalg.matrix_rank(face, tol=TINY * max(face.shape)) == face.shape[1])


def _with_ones(columns: np.ndarray) -> np.ndarray:
    """``columns`` with a row of ones below: for the sum of the weights, and for affine independence."""
    return np.vstack([columns, np.ones(columns.shape[1])])
