"""QCAlgorithm: what the user's class derives from, and what a model is handed (Algorithm/QCAlgorithm.cs)."""

from __future__ import annotations

from typing import Any, ClassVar

from lean_stubs.algorithm.brokerage import BrokerageMembers
from lean_stubs.algorithm.combo_trading import ComboTradingMethods
from lean_stubs.algorithm.commands import CommandMethods
from lean_stubs.algorithm.company_data import CompanyData
from lean_stubs.algorithm.consolidation import ConsolidationMethods
from lean_stubs.algorithm.core import CoreMembers
from lean_stubs.algorithm.framework import FrameworkMethods
from lean_stubs.algorithm.history import HistoryMethods
from lean_stubs.algorithm.holdings import HoldingMethods
from lean_stubs.algorithm.hooks import Hooks
from lean_stubs.algorithm.indicators import IndicatorMethods
from lean_stubs.algorithm.logging import LoggingMethods
from lean_stubs.algorithm.oscillator_indicators import OscillatorIndicatorMethods
from lean_stubs.algorithm.plotting import PlottingMethods
from lean_stubs.algorithm.scheduling import SchedulingMethods
from lean_stubs.algorithm.signal_export import SignalExportMember
from lean_stubs.algorithm.state import AlgorithmState
from lean_stubs.algorithm.universe import UniverseMethods
from lean_stubs.algorithm.unoffered import UnofferedMembers
from lean_stubs.algorithm.warm_up import WarmUpMethods
from lean_stubs.clr import ClrObject

__all__ = ["QCAlgorithm"]


class QCAlgorithm(
    Hooks,
    CoreMembers,
    BrokerageMembers,
    FrameworkMethods,
    UniverseMethods,
    CompanyData,
    ComboTradingMethods,
    HoldingMethods,
    HistoryMethods,
    ConsolidationMethods,
    WarmUpMethods,
    SchedulingMethods,
    PlottingMethods,
    LoggingMethods,
    CommandMethods,
    IndicatorMethods,
    OscillatorIndicatorMethods,
    SignalExportMember,
    UnofferedMembers,
    ClrObject,
    clr="QuantConnect.Algorithm",
):
    """A thin face over :class:`AlgorithmState`.

    The user's object and every wrapper that a model receives share one state: they are equal, and are not the same object.
    """

    _pascal: ClassVar[dict[str, str]] = {
        "on_warmup_finished": "OnWarmupFinished",
        "set_warmup": "SetWarmup",
        "cusip": "CUSIP",
        "composite_figi": "CompositeFIGI",
        "sedol": "SEDOL",
        "isin": "ISIN",
        "cik": "CIK",
    }
    _clr_state: AlgorithmState | None = None

    @property
    def _clr(self) -> AlgorithmState:  # type: ignore[override]
        state = self._clr_state
        if state is None:
            # The base object exists before (and without) the user's __init__, as in LEAN.
            from lean_stubs.engine.wiring import build_state

            state = build_state()
            state.user = self
            object.__setattr__(self, "_clr_state", state)
        return state

    @classmethod
    def _wrap(cls, state: AlgorithmState) -> QCAlgorithm:
        """A new wrapper of the algorithm, as models receive at every call."""
        wrapper = object.__new__(QCAlgorithm)
        object.__setattr__(wrapper, "_clr_state", state)
        return wrapper

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QCAlgorithm) and self._clr is other._clr

    def __hash__(self) -> int:
        return hash(id(self._clr))

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
