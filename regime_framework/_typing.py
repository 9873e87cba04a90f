"""Names of the arrays that travel through the package.

Letters in every docstring: **S** symbols, **T** bars, **K** states, **D** features.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Closes", "Flags", "FloatArray", "Indices", "Observations", "Probabilities", "Times"]

FloatArray: TypeAlias = NDArray[np.float64]
Closes: TypeAlias = FloatArray  # (T,) prices > 0, oldest first
Observations: TypeAlias = FloatArray  # (T,), (T, D) or (S, T, D)
Probabilities: TypeAlias = FloatArray  # (K,), (T, K) or (S, K); rows sum to one
Indices: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Times: TypeAlias = Sequence[object]  # datetimes, oldest first
