"""What follows a security's data: its session and its volatility model (LEAN: SecurityCache.AddDataList, Security)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lean_stubs.clr import overrides
from lean_stubs.common.enums import TickType
from lean_stubs.data.quote_bar import wrap_point
from lean_stubs.data.session import Session
from lean_stubs.securities.models import VolatilityModel

if TYPE_CHECKING:
    from lean_stubs.data.fundamental import Fundamental
    from lean_stubs.data.tick_state import TickState

__all__ = ["Observers"]


class Observers:
    """Mixin of Security."""

    _state: Any
    _symbol: Any
    _hours: Any
    _session: Session | None = None
    _volatility_model: Any
    #: Whether there is anything to tell new data to.
    _watched = False

    def _tell(self, data: Any) -> None:
        if data.data_type == "Tick":
            self._tell_session(data.ticks)
            data = data.ticks[-1]
        elif self._session is not None:
            self._session.update(data)
        model = self._volatility_model
        if model is not VolatilityModel.NULL and data.price:
            overrides.find(model, "update")(self, wrap_point(data))

    def _tell_session(self, ticks: list[TickState]) -> None:
        if self._session is not None:
            for tick in ticks:
                self._session.update(tick)

    @property
    def session(self) -> Session:
        """The trading day so far; keeps data once its ``size`` is set."""
        if self._session is None:
            self._session = Session(TickType.TRADE, self._hours, self._symbol)
            self._session._now = lambda: self._hours._to_local(self._state.utc)
            self._watched = True
        return self._session

    @property
    def volatility_model(self) -> Any:
        return self._volatility_model

    @volatility_model.setter
    def volatility_model(self, value: Any) -> None:
        self._volatility_model = value
        self._watched = self._watched or value is not VolatilityModel.NULL

    def set_volatility_model(self, volatility_model: Any) -> None:
        self.volatility_model = volatility_model

    @property
    def fundamentals(self) -> Fundamental:
        """What is known of the company today."""
        from lean_stubs.universe.fundamental import company_on

        return company_on(self._symbol, self._hours._to_local(self._state.utc))
