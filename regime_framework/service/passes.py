"""How much memory the fits of expanding windows may hold to go on from."""

from __future__ import annotations

from typing import Final

from regime_framework.models import GridRegimeModel, RegimeModel

__all__ = ["PassBudget"]

_MOST_BYTES: Final = 256 * 2**20


class PassBudget:
    """Lets models keep their passes as long as all together are small; the rest are fitted from their first bar again.

    Which symbols those are changes how long a training takes and no result.

    Parameters
    ----------
    most_bytes : int, default 256 MiB
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._held: dict[int, int] = {}
        self._total = 0

    @property
    def nbytes(self) -> int:
        """Bytes of all passes that are kept."""
        return self._total

    def admit(self, row: int, model: RegimeModel) -> None:
        """A row's new model; the model before has handed its pass on."""
        self.forget(row)
        if not isinstance(model, GridRegimeModel) or not model.pass_bytes:
            return
        if self._total + model.pass_bytes > self._most:
            model.hand_on()
            return
        self._held[row] = model.pass_bytes
        self._total += model.pass_bytes

    def forget(self, row: int) -> None:
        """A row is free."""
        self._total -= self._held.pop(row, 0)
