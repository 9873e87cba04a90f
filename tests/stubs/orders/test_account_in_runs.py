"""What happens to orders and holdings in a run: routing, margin calls, splits, dividends, delistings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from AlgorithmImports import (
    AlphaModel,
    DataNormalizationMode,
    EqualWeightingPortfolioConstructionModel,
    Insight,
    InsightDirection,
    OrderStatus,
    OrderType,
    QCAlgorithm,
    Resolution,
)
from lean_stubs.testing import FakeData, run_algorithm


class Hourly(FakeData):
    """The benchmark comes every hour, as in LEAN's own folder."""

    benchmark_resolution = Resolution.HOUR


def at(day: int, hour: int = 16, minute: int = 0) -> datetime:
    return datetime(2019, 6, day, hour, minute)


class Trader(QCAlgorithm):
    """10 to 21 June 2019 on daily SPY at its traded prices; callbacks at `times`."""

    times: tuple[tuple[int, int, int], ...] = ()
    mode = DataNormalizationMode.RAW

    def initialize(self) -> None:
        self.set_start_date(2019, 6, 10)
        self.set_end_date(2019, 6, 21)
        self.set_cash(100_000)
        self.spy = self.add_equity("SPY", Resolution.DAILY, data_normalization_mode=self.mode).symbol
        self.seen: list[Any] = []
        self.tickets: list[Any] = []
        for day, hour, minute in self.times:
            self.schedule.on(self.date_rules.on(2019, 6, day), self.time_rules.at(hour, minute), self.act)

    def act(self) -> None:
        """What a callback does."""

    def on_order_event(self, order_event: Any) -> None:
        self.seen.append((self.time, str(order_event.status), order_event.fill_price, order_event.quantity))


def ran(kind: type, data: FakeData) -> Any:
    return run_algorithm(kind, data).check().algorithm


def flat() -> FakeData:
    return Hourly("2019-05-01", "2019-07-31").flat("SPY", price=100.0)


@pytest.mark.parametrize(
    ("time", "kind", "filled"),
    [
        ((11, 10, 0), OrderType.MARKET_ON_CLOSE, at(11)),
        ((11, 15, 44), OrderType.MARKET_ON_CLOSE, at(11)),
        ((11, 15, 50), OrderType.MARKET_ON_OPEN, at(12)),
        ((11, 16, 0), OrderType.MARKET_ON_OPEN, at(12)),
        ((15, 12, 0), OrderType.MARKET_ON_OPEN, at(17)),
    ],
)
def test_a_market_order_on_daily_data_waits_for_the_close_or_the_open(time: Any, kind: Any, filled: datetime) -> None:
    class Act(Trader):
        times = ((11, 9, 0), time)

        def act(self) -> None:
            if self.time.hour != 9:
                self.tickets.append(self.market_order(self.spy, 10))

    found = ran(Act, flat())
    assert found.tickets[0].order_type == kind
    assert [when for when, status, _, _ in found.seen if status == "FILLED"] == [filled]


def test_an_order_of_midnight_fills_at_the_open_of_that_day() -> None:
    class Act(Trader):
        def on_data(self, data: Any) -> None:
            if self.time == at(12, 0):
                self.market_order(self.spy, 10)

    data = flat().bar("SPY", "2019-06-12", open=97.0).dividend("SPY", "2019-06-12", 0.5)
    found = ran(Act, data)
    assert found.seen == [(at(12, 0), "SUBMITTED", 0.0, 10.0), (at(12), "FILLED", 97.0, 10.0)]


def test_an_open_limit_order_keeps_its_worth_over_a_raw_split() -> None:
    class Act(Trader):
        times = ((17, 16, 0),)

        def act(self) -> None:
            self.tickets.append(self.limit_order(self.spy, 11, 10.0))

        def on_data(self, data: Any) -> None:
            if self.time == at(18, 0):
                ticket = self.tickets[0]
                self.before = (ticket.quantity, ticket.get(self.field()))

        def field(self) -> Any:
            from AlgorithmImports import OrderField

            return OrderField.LIMIT_PRICE

    found = ran(Act, flat().split("SPY", "2019-06-18", 2))
    ticket = found.tickets[0]
    assert found.before == (11, 10.0)
    assert (ticket.quantity, ticket.get(found.field())) == (22, 5.0)
    assert (at(18, 0), "UPDATE_SUBMITTED", 0.0, 22.0) in found.seen


@pytest.mark.parametrize("mode", [DataNormalizationMode.RAW, DataNormalizationMode.SPLIT_ADJUSTED, DataNormalizationMode.ADJUSTED])
def test_a_dividend_is_paid_before_on_data_unless_prices_are_adjusted_for_it(mode: Any) -> None:
    class Act(Trader):
        times = ((10, 16, 0),)

        def act(self) -> None:
            self.market_order(self.spy, 100)

        def on_data(self, data: Any) -> None:
            self.cash_at = {**getattr(self, "cash_at", {}), self.time: self.portfolio.cash}

    Act.mode = mode
    found = ran(Act, flat().dividend("SPY", "2019-06-13", 0.5)).cash_at
    paid = 0.0 if mode == DataNormalizationMode.ADJUSTED else 50.0
    assert found[at(13, 0)] - found[at(12)] == pytest.approx(paid)


class Long(AlphaModel):
    def __init__(self) -> None:
        super().__init__()
        self.name = "Long"

    def update(self, algorithm: Any, data: Any) -> list[Any]:
        algorithm.log(f"alpha {algorithm.time:%d %H}")
        return [Insight.price(s, timedelta(3), InsightDirection.UP) for s in data.bars.keys()]  # noqa: SIM118


def test_a_delisting_sells_then_tells_then_asks_the_models() -> None:
    class Act(Trader):
        def initialize(self) -> None:
            super().initialize()
            self.order: list[Any] = []
            self.set_alpha(Long())
            owner = self

            class Model(EqualWeightingPortfolioConstructionModel):
                def create_targets(self, algorithm: Any, insights: Any) -> Any:
                    targets = list(super().create_targets(algorithm, insights))
                    owner.note("targets", [t.quantity for t in targets])
                    return targets

            self.set_portfolio_construction(Model())

        def note(self, label: str, more: Any = None) -> None:
            if self.time == at(19, 0):
                self.order.append((label, more))

        def on_order_event(self, order_event: Any) -> None:
            if str(order_event.status) == "FILLED":
                self.note("fill", (order_event.fill_price, order_event.order_fee.value.amount))

        def on_securities_changed(self, changes: Any) -> None:
            self.note("changes", [s.symbol.value for s in changes.removed_securities])

        def on_delistings(self, delistings: Any) -> None:
            security = self.securities[self.spy]
            self.note("delistings", (security.is_delisted, security.is_tradable, self.spy in self.securities.keys()))  # noqa: SIM118

    found = ran(Act, flat().delist("SPY", "2019-06-18")).order
    assert found == [
        ("fill", (100.0, 0.0)),
        ("changes", ["SPY"]),
        ("delistings", (True, False, False)),
        ("targets", [0.0]),
    ]


def test_margin_calls_on_daily_data_pile_up_every_hour_and_fill_at_the_close() -> None:
    class Act(Trader):
        times = ((10, 16, 0),)

        def initialize(self) -> None:
            super().initialize()
            self.warned: list[datetime] = []

        def act(self) -> None:
            self.market_order(self.spy, 1895)

        def on_margin_call_warning(self) -> None:
            self.warned.append(self.time)

    # 189.5 % long: after a fall to 80 the loss is 37 900 and more margin is used than the account is worth, by a fifth.
    prices = [100.0] * 29 + [80.0] * 40
    data = Hourly("2019-05-01", "2019-07-31").closes("SPY", prices)
    found = ran(Act, data)
    fall = next(when for when in found.warned)
    calls = [when for when, status, _, quantity in found.seen if status == "SUBMITTED" and quantity < 0]
    day = calls[0].date()
    # The fall is seen at a close, when the exchange counts as closed: only a warning. The next day every hour sells.
    assert fall.hour == 16
    assert calls[0].date() > fall.date()
    assert [when.hour for when in calls if when.date() == day] == [10, 11, 12, 13, 14, 15]
    filled = [when for when, status, _, quantity in found.seen if status == "FILLED" and quantity < 0]
    assert filled
    assert {when.hour for when in filled} == {16}
    # Each call was sized for the whole gap: 13 700 of margin at 40 a share, whole shares rounded away from the target.
    assert {quantity for _, status, _, quantity in found.seen if status == "SUBMITTED" and quantity < 0} == {-343.0}
    assert found.portfolio[found.spy].quantity == 1895 - 6 * 343 < 0


def test_orders_fill_in_the_order_of_their_ids() -> None:
    class Act(Trader):
        times = ((11, 10, 0),)

        def act(self) -> None:
            self.tickets = [self.market_order(self.spy, quantity) for quantity in (3, 1, 2)]

    found = ran(Act, flat())
    assert [quantity for _, status, _, quantity in found.seen if status == "FILLED"] == [3.0, 1.0, 2.0]
    assert {t.status for t in found.tickets} == {OrderStatus.FILLED}
