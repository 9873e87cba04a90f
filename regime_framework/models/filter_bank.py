"""Beliefs of many symbols side by side."""

from __future__ import annotations

from typing import Final

import numpy as np

from regime_framework._typing import FloatArray, Indices, Probabilities
from regime_framework.errors import InvalidSetting
from regime_framework.models.filter_kernel import MOST_VARIANCES, step_rows
from regime_framework.models.model import RegimeModel

__all__ = ["FilterBank"]

_MOST_STATES: Final = 5


class FilterBank:
    """One row a symbol: its model's parameters and its belief at its last bar.

    Models of any number of states share the bank; unused states hold zeros. A step gives the same bits as
    :meth:`RegimeModel.step` one by one.

    Parameters
    ----------
    capacity : int
        Rows to begin with; see :meth:`grow`.
    """

    def __init__(self, capacity: int = 16) -> None:
        if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 0:
            raise InvalidSetting("capacity", "must be a whole number of at least 0", capacity)
        self._beliefs = np.zeros((capacity, _MOST_STATES))
        self._transitions = np.zeros((capacity, _MOST_STATES, _MOST_STATES))
        self._locations = np.zeros((capacity, _MOST_STATES))
        self._variances = np.ones((capacity, _MOST_STATES))
        self._tails = np.ones((capacity, 3))
        self._most = np.full(capacity, np.inf)  # variance past which a range is not believed
        self._n_states = np.zeros(capacity, dtype=np.int64)

    @property
    def capacity(self) -> int:
        """Rows there is room for."""
        return self._beliefs.shape[0]

    @property
    def beliefs(self) -> Probabilities:
        """Filtered probabilities by row, shape (capacity, 5), read-only view."""
        view = self._beliefs.view()
        view.flags.writeable = False
        return view

    def grow(self, capacity: int) -> None:
        """Make room for more rows; what is there stays."""
        more = capacity - self.capacity
        if more <= 0:
            return
        for name in ("_beliefs", "_transitions", "_locations", "_variances", "_tails", "_most", "_n_states"):
            old = getattr(self, name)
            fill = np.ones if name in ("_variances", "_tails") else np.zeros
            setattr(self, name, np.concatenate([old, fill((more, *old.shape[1:]), dtype=old.dtype)]))

    def assign(self, row: int, model: RegimeModel, belief: Probabilities) -> None:
        """Give a row a model and its belief (K,) at the last bar."""
        k = model.n_states
        location, variances, nu, eta, scale = model._density()
        self._beliefs[row] = 0.0
        self._beliefs[row, :k] = belief
        self._transitions[row, :k, :k] = model.transmat_
        self._locations[row, :k] = location
        self._variances[row, :k] = variances
        self._tails[row] = nu, eta, scale
        self._most[row] = MOST_VARIANCES * variances[-1] if nu > 1.0 else np.inf
        self._n_states[row] = k

    def step(self, rows: Indices, returns: FloatArray, variances: FloatArray | None = None) -> int:
        """Advance n different rows by one bar.

        Parameters
        ----------
        rows : ndarray of int64, shape (n,)
        returns : ndarray, shape (n,)
        variances : ndarray, shape (n,), optional
            NaN where a bar came without a range.

        Returns
        -------
        int
            Ranges that no state of their model comes near, and of which only the return was used.

        Raises
        ------
        InvalidSetting
            If a return is not finite, a variance infinite, or a row has no model; no belief has changed then.
        """
        returns = np.ascontiguousarray(returns, dtype=np.float64)
        ranges = np.full(returns.shape, np.nan) if variances is None else np.ascontiguousarray(variances, dtype=np.float64)
        if not np.isfinite(returns).all() or np.isinf(ranges).any():
            raise InvalidSetting("returns", "must be finite", "NaN or infinity")
        if not self._n_states[rows].all():
            raise InvalidSetting("rows", "must have a model each", rows[self._n_states[rows] == 0].tolist())
        step_rows(
            rows, returns, ranges, self._transitions, self._locations, self._variances, self._tails, self._n_states, self._beliefs
        )
        return 0 if variances is None else int((ranges > self._most[rows]).sum())
