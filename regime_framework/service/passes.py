"""How much memory the fits of expanding windows may hold to go on from."""

from __future__ import annotations

from typing import Final

__all__ = ["PassBudget"]

_MOST_BYTES: Final = 256 * 2**20


class PassBudget:
    """Lets symbols keep the passes of their fits as long as all together are small; the rest are fitted from their first bar.

    Which symbols those are changes how long a training takes and no result.

    Parameters
    ----------
    most_bytes : int, default 256 MiB
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._reserved: dict[int, int] = {}

    @property
    def nbytes(self) -> int:
        """Bytes that are spoken for."""
        return sum(self._reserved.values())

    def reserve(self, row: int, size: int) -> bool:
        """Whether a row may keep a pass of so many bytes; a row that was let in stays in."""
        if row not in self._reserved and (not size or self.nbytes + size > self._most):
            return False
        self._reserved[row] = size
        return True

    def forget(self, row: int) -> None:
        """A row is free."""
        self._reserved.pop(row, None)
