"""Each trading day of each symbol reaches the service once, whatever the subscriptions."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from AlgorithmImports import DataNormalizationMode, InsightDirection, QCAlgorithm, Resolution, TickType
from lean_stubs import FakeData, run_algorithm
from lean_stubs.algorithm.wrappers import state_of
from lean_stubs.data.source import RawQuotes

import regime_framework.lean.history as history_module
from regime_framework import PriceBar, Regime, RegimeConfig
from regime_framework.lean import RegimeAlphaModel, RegimePortfolioConstructionModel, RegimeRiskManagementModel
from tests.lean.worlds import CONFIG, FIRST, LAST, closes, market, run, service

DAYS = market().days
NEW_YORK = ZoneInfo("America/New_York")
# Thanksgiving, the short days after it and before Christmas, Christmas, and a change of year.
START, END = (2015, 11, 24), (2016, 1, 5)
SHORT_DAYS = {date(2015, 11, 27), date(2015, 12, 24)}
UP_ALWAYS = {Regime.BEAR: InsightDirection.UP}


def session_close(day: date) -> datetime:
    return datetime.combine(day, time(13 if day in SHORT_DAYS else 16), NEW_YORK).astimezone(UTC)


# From the last bar of the history on.
EXPECTED = [session_close(day) for day in DAYS if date(2015, 11, 23) <= day <= date(*END)]


class Written:
    """A service that writes down what it is given."""

    def __init__(self, **changes: Any) -> None:
        self.service = service(**changes)
        self.updates: list[tuple[datetime, dict[str, Any]]] = []
        update = self.service.update

        def noted(now: Any, bars: Any) -> Any:
            self.updates.append((now, {row.split()[0]: bar for row, bar in bars.items()}))
            return update(now, bars)

        self.service.update = noted  # type: ignore[method-assign]

    def ends(self, ticker: str) -> list[datetime]:
        return [now for now, bars in self.updates if ticker in bars]

    def closes(self, ticker: str) -> list[float]:
        bars = [bars[ticker] for _, bars in self.updates if ticker in bars]
        return [bar.close if isinstance(bar, PriceBar) else bar for bar in bars]


def subscribed(*subscriptions: tuple[str, Resolution], **options: Any) -> tuple[Written, Any]:
    written = Written()

    def setup(algorithm: Any) -> None:
        for ticker, resolution in subscriptions:
            algorithm.add_equity(ticker, resolution)
        algorithm.set_alpha(RegimeAlphaModel(written.service))

    diary = run(setup, **{"tickers": (), "start": START, "end": END} | options)
    assert diary.result.error is None
    return written, diary


D, H, M = Resolution.DAILY, Resolution.HOUR, Resolution.MINUTE


@pytest.mark.parametrize(
    "subscriptions",
    [
        [("SPY", D), ("QQQ", D)],
        [("SPY", H), ("QQQ", H)],
        [("SPY", M), ("QQQ", M)],
        [("SPY", M), ("QQQ", D)],
        [("SPY", D), ("SPY", M), ("QQQ", H)],
        [("SPY", H), ("SPY", D), ("QQQ", D), ("QQQ", H)],
    ],
    ids=lambda subscriptions: "+".join(f"{ticker}:{resolution}" for ticker, resolution in subscriptions),
)
def test_every_session_once_with_its_own_close(subscriptions):
    written, diary = subscribed(*subscriptions)
    for seed, ticker in enumerate(("SPY", "QQQ")):
        assert written.ends(ticker) == EXPECTED
        rows = [DAYS.index(now.astimezone(NEW_YORK).date()) for now in EXPECTED]
        assert written.closes(ticker) == pytest.approx([float(closes(seed)[row]) for row in rows], rel=1e-6)
    assert len(written.updates) == len(EXPECTED), "all symbols of a day come in one update"
    assert diary.gaps == []


@pytest.mark.parametrize("resolution", [D, H, M])
def test_a_finer_subscription_that_joins_in_mid_run_repeats_no_day(resolution):
    written = Written()

    def setup(algorithm: Any) -> None:
        algorithm.add_equity("SPY", D)
        algorithm.set_alpha(RegimeAlphaModel(written.service))
        day = algorithm.date_rules.on(2015, 12, 3)
        algorithm.schedule.on(day, algorithm.time_rules.at(11, 0), lambda: algorithm.add_equity("SPY", resolution))

    assert run(setup, tickers=(), start=START, end=END).result.error is None
    assert written.ends("SPY") == EXPECTED


class QuotesOnly(FakeData):
    """Minutes exist as quotes alone, a cent on either side of the path."""

    def raw_bars(self, ticker: str, market: str, resolution: Any, first: date, last: date) -> Any:
        return None if resolution is M else super().raw_bars(ticker, market, resolution, first, last)

    def raw_quotes(self, ticker: str, market: str, resolution: Any, day: date) -> RawQuotes | None:
        trades = super().raw_bars(ticker, market, M, day, day)
        quotes = RawQuotes()
        for row, start in enumerate(trades.starts):
            prices = [column[row] for column in (trades.opens, trades.highs, trades.lows, trades.closes)]
            quotes.starts.append(start)
            quotes.bids.append(tuple(price - 100 for price in prices))
            quotes.asks.append(tuple(price + 100 for price in prices))
            quotes.bid_sizes.append(100.0)
            quotes.ask_sizes.append(100.0)
        return quotes


def test_a_subscription_to_quotes_alone_gives_the_days_of_their_mid_prices():
    written, data = Written(), QuotesOnly(FIRST, LAST).closes("SPY", closes(0))

    def setup(algorithm: Any) -> None:
        symbol = algorithm.add_equity("SPY", M).symbol
        # As LEAN subscribes to what has no trades, such as currencies.
        manager = state_of(algorithm).subscription_manager
        for config in [config for config in manager._configs_of(symbol) if config.tick_type == TickType.TRADE]:
            manager._drop(config)
        algorithm.set_alpha(RegimeAlphaModel(written.service))

    diary = run(setup, data=data, tickers=(), start=START, end=(2015, 12, 11))
    assert diary.result.error is None
    expected = [end for end in EXPECTED if end.date() <= date(2015, 12, 11)]
    assert written.ends("SPY") == expected
    rows = [DAYS.index(now.astimezone(NEW_YORK).date()) for now in expected]
    assert written.closes("SPY") == pytest.approx([float(closes(0)[row]) for row in rows], rel=1e-6)


@pytest.mark.parametrize("resolution", [D, H, M])
def test_filled_days_do_not_advance_the_filter(resolution):
    gone = [date(2015, 12, 1), date(2015, 12, 2)]
    written = Written()

    def setup(algorithm: Any) -> None:
        for ticker in ("SPY", "QQQ"):
            algorithm.add_equity(ticker, resolution)
        algorithm.set_alpha(RegimeAlphaModel(written.service))

    diary = run(setup, data=market().missing("QQQ", *gone), tickers=(), start=START, end=(2015, 12, 11))
    assert diary.result.error is None
    assert set(written.ends("SPY")) - set(written.ends("QQQ")) == {session_close(day) for day in gone}
    assert written.service.estimate("SPY").bars - written.service.estimate("QQQ").bars == len(gone)


@pytest.mark.parametrize("resolution", [D, H])
def test_a_raw_split_rescales_the_window_and_no_day_is_lost(resolution):
    found = []
    for data in (market().split("SPY", date(2015, 12, 2), 4), market()):
        written = Written()

        def setup(algorithm: Any, written: Written = written) -> None:
            algorithm.add_equity("SPY", resolution, data_normalization_mode=DataNormalizationMode.RAW)
            algorithm.set_alpha(RegimeAlphaModel(written.service))

        assert run(setup, data=data, tickers=(), start=START, end=END).result.error is None
        assert written.ends("SPY") == EXPECTED
        found.append(written)
    split, whole = found
    assert split.closes("SPY")[0] == pytest.approx(4 * whole.closes("SPY")[0], rel=1e-3)
    assert split.service.estimate("SPY").probabilities == pytest.approx(whole.service.estimate("SPY").probabilities, abs=2e-3)


@pytest.mark.parametrize(("raw", "requests"), [([], [3]), (["IWM"], [2, 1])])
def test_one_history_request_for_all_symbols_that_are_added_together(monkeypatch, raw, requests):
    """And a second one for those in raw prices, whose past is asked for at another scale."""
    asked: list[int] = []
    take_apart = history_module._by_symbol

    def counted(frame: Any) -> Any:
        asked.append(len(frame.index.levels[0]))
        return take_apart(frame)

    monkeypatch.setattr(history_module, "_by_symbol", counted)
    shared = service()

    def setup(algorithm: Any) -> None:
        for ticker, resolution in (("SPY", D), ("QQQ", M), ("IWM", H)):
            mode = DataNormalizationMode.RAW if ticker in raw else DataNormalizationMode.ADJUSTED
            algorithm.add_equity(ticker, resolution, data_normalization_mode=mode)
        algorithm.set_alpha(RegimeAlphaModel(shared))

    assert run(setup, tickers=(), start=START, end=(2015, 11, 27)).result.error is None
    assert asked == requests


@pytest.mark.parametrize("resolution", [D, H])
def test_a_symbol_removed_and_added_again_is_as_one_added_that_day(resolution):
    """Its window comes from history once more, the days away included."""
    shared, fresh = service(), service()

    class Tested(QCAlgorithm):
        leaves = True

        def initialize(self) -> None:
            self.set_start_date(2015, 1, 2)
            self.set_end_date(2015, 3, 31)
            self.add_equity("SPY", resolution)
            if self.leaves:
                self.add_equity("QQQ", resolution)
                self._at(DAYS[520], lambda: self.remove_security("QQQ"))
            self._at(DAYS[530], lambda: self.add_equity("QQQ", resolution))
            self.set_alpha(RegimeAlphaModel(shared if self.leaves else fresh))

        def _at(self, day: date, action: Any) -> None:
            self.schedule.on(self.date_rules.on(day.year, day.month, day.day), self.time_rules.at(12, 0), action)

    class Late(Tested):
        leaves = False

    for kind in (Tested, Late):
        run_algorithm(kind, data=market()).check()
    found = [followed.estimate("QQQ") for followed in (shared, fresh)]
    assert found[0].fingerprint == found[1].fingerprint
    assert found[0].probabilities.tobytes() == found[1].probabilities.tobytes()
    assert (found[0].bars, found[0].as_of) == (found[1].bars, found[1].as_of)


@pytest.mark.parametrize("models", ["alpha", "portfolio", "risk", "all"])
def test_any_model_alone_feeds_the_service_and_all_together_feed_it_once(models):
    written = Written()

    def setup(algorithm: Any) -> None:
        if models in ("alpha", "all"):
            algorithm.set_alpha(RegimeAlphaModel(written.service, directions=UP_ALWAYS))
        if models in ("portfolio", "all"):
            algorithm.set_portfolio_construction(RegimePortfolioConstructionModel(written.service, exposure={Regime.BEAR: 0.5}))
        if models in ("risk", "all"):
            algorithm.set_risk_management(RegimeRiskManagementModel(written.service))

    assert run(setup, start=START, end=END).result.error is None
    assert [now for now, _ in written.updates] == EXPECTED
    assert all(bars.keys() == {"SPY", "QQQ"} for _, bars in written.updates)
    assert written.service.statistics.bars_repeated == 0


def test_whole_bars_come_from_any_subscription():
    bars = []
    for resolution in (D, M):
        written = Written(config=RegimeConfig(lookback=252))

        def setup(algorithm: Any, written: Written = written, resolution: Resolution = resolution) -> None:
            algorithm.add_equity("SPY", resolution)
            algorithm.set_alpha(RegimeAlphaModel(written.service))

        run(setup, tickers=(), start=START, end=(2015, 12, 4))
        bars.append([tuple(found["SPY"]) for _, found in written.updates])
    assert bars[0] == [pytest.approx(bar, rel=1e-5) for bar in bars[1]]


def test_a_young_symbol_has_its_first_regime_once_its_days_suffice():
    data = market().missing("QQQ", *DAYS[:300])
    shared = service()
    known: list[Any] = []
    shared.on_change(lambda estimate: known.append((estimate.as_of.replace(tzinfo=None), estimate.symbol.split()[0])))
    diary = run(lambda algorithm: algorithm.set_alpha(RegimeAlphaModel(shared)), data=data, end=(2015, 6, 30))
    first = next(moment for moment, ticker in known if ticker == "QQQ")
    assert diary.of("QQQ")[0]["utc"] == first
    assert diary.gaps == []
    # Each return needs two days.
    assert first.date() in (DAYS[300 + CONFIG.min_bars - 1], DAYS[300 + CONFIG.min_bars])
