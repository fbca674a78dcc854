"""A program frozen into arrays: what solvers, bounds and twin tests read."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.int64]

UNBOUNDED = np.inf


@dataclass(frozen=True)
class Arrays:
    """Rows lo ≤ A·x ≤ hi over columns lower ≤ x ≤ upper (all finite); every number is whole.

    Shapes: matrix (rows × columns), lo and hi (rows,), lower, upper and integer (columns,).
    """

    matrix: sp.csr_array
    lo: Floats
    hi: Floats
    lower: Floats
    upper: Floats
    integer: Bools

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = self.matrix.shape
        return int(rows), int(columns)

    def violated(self, points: Floats, tolerance: float = 1e-6) -> Bools:
        """Which rows a point breaks: points (columns,) or (n, columns) gives (rows,) or (n, rows)."""
        activity = (self.matrix @ points.T).T
        return (activity < self.lo - tolerance) | (activity > self.hi + tolerance)

    def feasible(self, points: Floats, tolerance: float = 1e-6) -> Bools:
        """Whether points (n, columns) satisfy all rows and bounds: (n,)."""
        inside = np.all((points >= self.lower - tolerance) & (points <= self.upper + tolerance), axis=-1)
        kept: Bools = inside & ~self.violated(points, tolerance).any(axis=-1)
        return kept

    def with_row(self, coefficients: Floats, lo: float, hi: float) -> Arrays:
        """One more row, such as goal ≤ value."""
        return replace(
            self,
            matrix=sp.csr_array(sp.vstack([self.matrix, sp.csr_array(coefficients.reshape(1, -1))])),
            lo=np.append(self.lo, lo),
            hi=np.append(self.hi, hi),
        )

    def cut(self, rows: Indices, columns: Indices, point: Floats) -> Arrays:
        """Some rows over some columns, all others as in the point (columns,)."""
        fixed = point.copy()
        fixed[columns] = 0
        part = sp.csr_array(self.matrix[rows])
        shift = part @ fixed
        return Arrays(
            sp.csr_array(part[:, columns]),
            self.lo[rows] - shift,
            self.hi[rows] - shift,
            self.lower[columns],
            self.upper[columns],
            self.integer[columns],
        )

    def closed(self, columns: Bools) -> Arrays:
        """These columns at the least that they may be: (columns,)."""
        return replace(self, upper=np.where(columns, self.lower, self.upper))

    def relaxed(self) -> Arrays:
        """No column need be whole."""
        return replace(self, integer=np.zeros_like(self.integer))

    def rows(self, keep: Bools) -> Arrays:
        """Only the rows that are kept."""
        return replace(self, matrix=self.matrix[np.flatnonzero(keep)], lo=self.lo[keep], hi=self.hi[keep])
