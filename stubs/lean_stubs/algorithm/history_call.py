"""The forms of a history request, as type checkers read them (LEAN: QCAlgorithm.History.cs, QCAlgorithm.Python.cs)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, overload

from lean_stubs.common.symbol import Symbol

__all__ = ["HistoryCall"]


class HistoryCall:
    """What can be called as ``history(...)``."""

    @overload
    def __call__(
        self,
        tickers: Symbol | str,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        tickers: Symbol | str,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        tickers: Symbol | str,
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        tickers: Symbol | str,
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        tickers: Symbol | str,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        tickers: Symbol | str,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        symbol: Symbol | str,
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        symbol: Symbol | str,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        type: Any,
        symbol: Symbol | str,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
        flatten: bool = False,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbol: Symbol | str,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbol: Symbol | str,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbol: Symbol | str,
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        universe: Any,
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        universe: Any,
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        universe: Any,
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbols: list[Any],
        span: timedelta,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbols: list[Any],
        periods: int,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(
        self,
        symbols: list[Any],
        start: datetime,
        end: datetime,
        resolution: Any = None,
        fill_forward: bool | None = None,
        extended_market_hours: bool | None = None,
        data_mapping_mode: Any = None,
        data_normalization_mode: Any = None,
        contract_depth_offset: int | None = None,
    ) -> Any: ...
    @overload
    def __call__(self, request: Any) -> Any: ...
    @overload
    def __call__(self, requests: list[Any]) -> Any: ...
    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._answer(arguments, named)

    def _answer(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        raise NotImplementedError
