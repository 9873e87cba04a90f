"""Orders of several securities at once (LEAN: ComboMarketOrder and its kin in Algorithm/QCAlgorithm.Trading.cs)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from lean_stubs.algorithm.order_checks import pre_order_checks
from lean_stubs.algorithm.trading import TradingMethods, invalid_ticket
from lean_stubs.clr.exceptions import ArgumentException
from lean_stubs.orders.enums import OrderType
from lean_stubs.orders.groups import GroupOrderManager, Leg
from lean_stubs.orders.ticket import OrderTicket
from lean_stubs.securities.decimals import normalize_text, to_decimal

if TYPE_CHECKING:
    from lean_stubs.securities.decimals import Decimal

__all__ = ["ComboTradingMethods"]


class ComboTradingMethods(TradingMethods):
    """Mixin of QCAlgorithm."""

    def combo_market_order(
        self, legs: list[Leg], quantity: int, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> list[OrderTicket]:
        """All legs at the market's prices, or none."""
        return self._combo(legs, quantity, to_decimal(0), asynchronous, tag, order_properties)

    def combo_leg_limit_order(
        self, legs: list[Leg], quantity: int, asynchronous: bool = False, tag: str = "", order_properties: Any = None
    ) -> list[OrderTicket]:
        """All legs, each within its own limit, or none."""
        if any(not leg._limit for leg in legs):
            raise ArgumentException("ComboLegLimitOrder requires a limit price for each leg")
        return self._combo(legs, quantity, to_decimal(0), asynchronous, tag, order_properties)

    def combo_limit_order(
        self,
        legs: list[Leg],
        quantity: int,
        limit_price: float,
        asynchronous: bool = False,
        tag: str = "",
        order_properties: Any = None,
    ) -> list[OrderTicket]:
        """All legs while the sum of their prices is within the limit, or none."""
        limit = to_decimal(limit_price)
        if not limit:
            raise ArgumentException("ComboLimitOrder requires a limit price")
        if any(leg._limit for leg in legs):
            raise ArgumentException("ComboLimitOrder does not support limit prices for individual legs")
        return self._combo(legs, quantity, limit, asynchronous, tag, order_properties)

    def _combo(
        self, legs: list[Leg], quantity: Any, limit: Decimal, asynchronous: bool, tag: str, properties: Any
    ) -> list[OrderTicket]:
        """Every leg is checked before the first is placed; one that fails leaves no order, and its invalid ticket alone."""
        _check_sizes(legs, quantity)
        state = self._clr
        kind = OrderType.COMBO_LIMIT if limit else OrderType.COMBO_MARKET
        group = GroupOrderManager(state.transactions.get_increment_group_order_manager_id(), len(legs), quantity, float(limit))
        requests = []
        for leg in legs:
            security = self._security_for_order(leg._symbol)
            if leg._limit is not None:
                limit, kind = leg._limit, OrderType.COMBO_LEG_LIMIT
            request = self._new_request(
                kind,
                security,
                leg._quantity * group._quantity,
                tag,
                properties,
                asynchronous,
                limit_price=limit,
                group_order_manager=group,
            )
            response = pre_order_checks(state, request)
            if response.is_error:
                return [invalid_ticket(state, request, response)]
            requests.append(request)
        return [state.transactions.add_order(request) for request in requests]


def _check_sizes(legs: list[Leg], quantity: Any) -> None:
    """Legs say the ratio, the quantity says how often."""
    common = math.gcd(*(leg._quantity for leg in legs))
    if common == 1:
        return

    def shown(times: Any, divisor: int) -> str:
        return f"{normalize_text(to_decimal(times))}x({', '.join(f'{leg._quantity // divisor} {leg._symbol}' for leg in legs)})"

    raise ArgumentException(
        "The global combo quantity should be used to increase or reduce the size of the order, while the leg quantities should be "
        "used to specify the ratio of the order. The combo order quantities should be reduced "
        f"from {shown(quantity, 1)} to {shown(quantity * common, common)}."
    )
