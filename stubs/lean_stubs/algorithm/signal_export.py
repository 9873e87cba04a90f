"""Targets for other services (LEAN: SignalExportManager.cs): sent in live mode only, so in a backtest nothing leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lean_stubs.clr import ClrObject

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = [
    "BaseSignalExport",
    "Collective2SignalExport",
    "CrunchDAOSignalExport",
    "NumeraiSignalExport",
    "SignalExportManager",
    "SignalExportMember",
    "VBaseSignalExport",
]

_NAMESPACE = "QuantConnect.Algorithm.Framework.Portfolio.SignalExports"


class BaseSignalExport(ClrObject, clr=_NAMESPACE):
    """Base of services; what they are made with is taken, and no use for it here."""


class Collective2SignalExport(BaseSignalExport, clr=_NAMESPACE):
    def __init__(self, api_key: str, system_id: int, use_white_label_api: bool = False) -> None:
        pass


class CrunchDAOSignalExport(BaseSignalExport, clr=_NAMESPACE):
    def __init__(self, api_key: str, model: str, submission_name: str = "", comment: str = "") -> None:
        pass


class NumeraiSignalExport(BaseSignalExport, clr=_NAMESPACE):
    def __init__(self, public_id: str, secret_id: str, model_id: str, file_name: str = "predictions.csv") -> None:
        pass


class VBaseSignalExport(BaseSignalExport, clr=_NAMESPACE):
    def __init__(self, api_key: str, collection_name: str, store_stamped_file: bool = True, idempotent: bool = False) -> None:
        pass


class SignalExportManager(ClrObject, clr=_NAMESPACE):
    """Takes services and targets, and says once that a backtest sends nothing."""

    def __init__(self, _state: AlgorithmState) -> None:
        self._state, self._providers = _state, list[Any]()
        self._said = False
        self._after: timedelta | None = timedelta(seconds=5)

    @property
    def automatic_export_time_span(self) -> timedelta | None:
        """Time from a fill to the sending of the portfolio; None for never."""
        return self._after

    @automatic_export_time_span.setter
    def automatic_export_time_span(self, value: timedelta | None) -> None:
        self._after = value

    def add_signal_export_provider(self, signal_export: Any) -> None:
        self._providers.append(signal_export)

    def add_signal_export_providers(self, signal_exports: Any, *more: Any) -> None:
        for given in (signal_exports, *more):
            self._providers.extend(given if isinstance(given, (list, tuple)) else [given])

    def set_target_portfolio(self, *portfolio_targets: Any) -> bool:
        """One target, several, or a list of them; True, for in a backtest there is nothing to go wrong."""
        if not self._said:
            self._said = True
            self._state.debug("Portfolio targets are only sent in live mode")
        return True

    def set_target_portfolio_from_portfolio(self) -> bool:
        if self._state.portfolio.total_portfolio_value <= 0:
            self._state.error("Total portfolio value was less than or equal to 0")
            return False
        return self.set_target_portfolio()


class SignalExportMember:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    @property
    def signal_export(self) -> SignalExportManager:
        found: SignalExportManager | None = self._clr.extra.get("signal_export")
        if found is None:
            found = self._clr.extra["signal_export"] = SignalExportManager(self._clr)
        return found
