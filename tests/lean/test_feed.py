from collections import Counter
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from AlgorithmImports import DataNormalizationMode, Resolution, SplitType, TickType

from regime_framework import PriceBar
from regime_framework.lean import DailyBarFeed
from tests.lean.fakes import Algorithm, Bar, Security, Service, changes, daily_slice, split_slice, subscription

SPY, QQQ = "SPY R735QTJ8XC9X", "QQQ R735QTJ8XC9X"
FRIDAY = datetime(2019, 3, 1, 16)
MONDAY = datetime(2019, 3, 4, 16)
TUESDAY = datetime(2019, 3, 5, 16)
START = datetime(2019, 3, 4, 5, tzinfo=UTC)


def utc(local):
    return (local + timedelta(hours=5)).replace(tzinfo=UTC)


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def algorithm():
    past = [(FRIDAY - timedelta(days=10 - i), 100.0 + i) for i in range(10)] + [(FRIDAY, 110.0)]
    return Algorithm(START, {"SPY": past, "QQQ": past})


def started(service, algorithm, *securities):
    feed = DailyBarFeed.of(service)
    feed.on_securities_changed(algorithm, changes(*securities))
    return feed


def test_one_history_request_for_all_added_symbols(service, algorithm):
    started(service, algorithm, Security("SPY"), Security("QQQ"))
    assert [(names, n) for names, n, _ in algorithm.requests] == [(["QQQ", "SPY"], 31)]
    assert service.of("alias") == [("QQQ", QQQ), ("SPY", SPY)]


def test_history_ends_before_the_first_bar_that_goes_the_usual_way(service, algorithm):
    feed = started(service, algorithm, Security("SPY"))
    (symbol, n, last), *_ = service.of("add")
    assert (symbol, n, last) == (SPY, 10, utc(FRIDAY - timedelta(days=1)))
    assert feed.refresh(algorithm) == 1
    ((end, bars),) = service.of("update")
    assert end == utc(FRIDAY)
    assert bars == {SPY: PriceBar(open=pytest.approx(108.9), high=pytest.approx(111.1), low=pytest.approx(107.8), close=110.0)}


def test_all_symbols_of_a_bar_go_in_one_update(service, algorithm):
    feed = started(service, algorithm, Security("SPY"), Security("QQQ"))
    feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0))
    algorithm.handlers["QQQ"](Bar(MONDAY, 99.0))
    feed.refresh(algorithm)
    end, bars = service.of("update")[-1]
    assert (end, bars.keys()) == (utc(MONDAY), {SPY, QQQ})
    assert feed.as_of == utc(MONDAY)


def test_the_second_asker_of_a_time_step_finds_it_done(service, algorithm):
    feed = started(service, algorithm, Security("SPY"))
    first = feed.refresh(algorithm)
    assert feed.refresh(algorithm) == first
    assert DailyBarFeed.of(service) is feed
    feed.on_securities_changed(algorithm, changes(Security("SPY")))
    assert len(algorithm.requests) == 1
    assert len(service.of("update")) == 1


def test_two_services_do_not_share_a_feed(service):
    assert DailyBarFeed.of(service) is not DailyBarFeed.of(Service())


def test_bars_of_different_ends_go_in_order_of_time(service, algorithm):
    feed = started(service, algorithm, Security("SPY"), Security("QQQ"))
    feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(TUESDAY, 112.0))
    algorithm.handlers["QQQ"](Bar(MONDAY, 99.0))
    feed.refresh(algorithm)
    assert [end for end, _ in service.of("update")[-2:]] == [utc(MONDAY), utc(TUESDAY)]


@pytest.mark.parametrize(
    "bar",
    [
        Bar(FRIDAY, 111.0),  # history had this end already
        Bar(MONDAY, 110.0, filled=True),  # a daily bar filled forward says so
        Bar(MONDAY, 110.0, volume=0.0),  # a day gathered from filled minutes does not
    ],
)
def test_what_is_not_new_does_not_move_the_filter(service, algorithm, bar):
    feed = started(service, algorithm, Security("SPY"))
    before = feed.refresh(algorithm)
    algorithm.handlers["SPY"](bar)
    assert feed.refresh(algorithm) == before


def test_an_unchanged_close_that_was_traded_counts(service, algorithm):
    feed = started(service, algorithm, Security("SPY"))
    before = feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(MONDAY, 110.0))
    assert feed.refresh(algorithm) == before + 1


@pytest.mark.parametrize(("close", "news"), [(110.0, 0), (110.5, 1)])
def test_a_security_without_volume_is_told_from_a_filled_one_by_its_close(service, algorithm, close, news):
    feed = started(service, algorithm, Security("SPY"))
    before = feed.refresh(algorithm)
    bar = Bar(MONDAY, close)
    bar._values["volume"] = 0.0
    algorithm.handlers["SPY"](bar)
    assert feed.refresh(algorithm) == before + news


def test_history_does_not_ask_for_filled_days(service, algorithm):
    started(service, algorithm, Security("SPY"))
    assert algorithm.requests[0][2] == {"fill_forward": False}


def test_daylight_saving_is_the_exchange_s(service, algorithm):
    feed = started(service, algorithm, Security("SPY"))
    feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(datetime(2019, 7, 3, 13), 111.0))  # an early close in summer
    feed.refresh(algorithm)
    assert service.of("update")[-1][0] == datetime(2019, 7, 3, 17, tzinfo=UTC)


def test_missing_history_is_said_in_one_line(service, algorithm):
    started(service, algorithm, Security("SPY"))
    assert algorithm.said == []
    started(service, algorithm, Security("XYZ"), Security("ABC"))
    assert algorithm.said == [f"Regimes: no history for ABC, XYZ: known once {service.config.min_bars} daily bars have come."]


@pytest.mark.parametrize(("market", "said"), [("IWM", True), ("spy", False), (SPY, False), ("universe", False), (None, False)])
def test_a_market_that_is_no_security_is_said_once(algorithm, market, said):
    service = Service(market=market)
    feed = started(service, algorithm, Security("SPY"))
    feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0))
    feed.refresh(algorithm)
    text = "Regimes: the market IWM is not among the securities: it has no regime until it is added."
    assert algorithm.said == ([text] if said else [])


def test_exchanges_of_two_zones_meet_in_utc(service, algorithm):
    feed = started(service, algorithm, Security("SPY"), Security("EWJ", zone="Asia/Tokyo"))
    feed.refresh(algorithm)
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0))
    algorithm.handlers["EWJ"](Bar(datetime(2019, 3, 4, 15), 50.0))
    feed.refresh(algorithm)
    assert [end for end, _ in service.of("update")[-2:]] == [datetime(2019, 3, 4, 6, tzinfo=UTC), utc(MONDAY)]


def test_raw_securities_are_warmed_at_today_s_level_and_rescaled_at_a_split(service, algorithm):
    raw = Security("SPY", mode=DataNormalizationMode.RAW)
    feed = started(service, algorithm, raw, Security("QQQ"))
    assert [(names, options.get("data_normalization_mode")) for names, _, options in algorithm.requests] == [
        (["QQQ"], None),
        (["SPY"], DataNormalizationMode.SCALED_RAW),
    ]
    algorithm.current_slice = split_slice(START, raw, 0.1, SplitType.WARNING)
    feed.refresh(algorithm)
    assert service.of("split") == []
    algorithm.current_slice = split_slice(utc(MONDAY), raw, 0.1)
    feed.refresh(algorithm)
    feed.refresh(algorithm)
    assert service.of("split") == [(SPY, 0.1)]
    assert feed.close(SPY) == pytest.approx(11.0)


def test_splits_of_adjusted_securities_change_nothing(service, algorithm):
    security = Security("SPY")
    feed = started(service, algorithm, security, Security("QQQ", mode=DataNormalizationMode.RAW))
    algorithm.current_slice = split_slice(START, security, 0.1)
    feed.refresh(algorithm)
    assert service.of("split") == []


def test_removal_ends_the_line_and_a_return_starts_it_anew(service, algorithm):
    security = Security("SPY")
    feed = started(service, algorithm, security)
    feed.refresh(algorithm)
    algorithm.utc_time += timedelta(days=1)
    feed.on_securities_changed(algorithm, changes(removed=(security,)))
    assert algorithm.removed == ["consolidator of SPY"]
    assert service.of("remove") == [(SPY,)]
    assert feed.symbol(SPY) is None
    algorithm.utc_time += timedelta(days=1)
    feed.on_securities_changed(algorithm, changes(Security("SPY")))
    assert [name for name, *_ in service.of("add")] == [SPY, SPY]
    assert feed.symbol(SPY) is not None


def test_a_silent_return_is_noticed(service, algorithm):
    security = Security("SPY")
    feed = started(service, algorithm, security)
    feed.refresh(algorithm)
    algorithm.securities[security.symbol] = security
    selected: list[object] = []
    algorithm.universe_manager["u"] = SimpleNamespace(selected=selected)
    algorithm.active_securities[security.symbol] = security
    algorithm.utc_time += timedelta(days=1)
    feed.on_securities_changed(algorithm, changes(removed=(security,)))
    feed.refresh(algorithm)
    assert feed.symbol(SPY) is None
    selected.append(security.symbol)
    feed.refresh(algorithm)
    assert feed.symbol(SPY) is security.symbol
    assert len(algorithm.requests) == 2


def test_every_reader_gets_every_change(service, algorithm):
    feed = DailyBarFeed.of(service)
    first, second = feed.subscribe(), feed.subscribe()
    feed.on_securities_changed(algorithm, changes(Security("SPY")))
    feed.refresh(algorithm)
    first.clear()
    assert second == {SPY}


def test_crossings_a_symbol_and_bar(service, algorithm):
    feed = started(service, algorithm, Security("SPY"))
    feed.refresh(algorithm)
    reads: Counter[str] = Counter()
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0, reads=reads))
    assert reads == Counter(end_time=1, open=1, high=1, low=1, close=1)


def test_crossings_where_closes_are_enough(algorithm):
    service = Service(observation="close")
    feed = started(service, algorithm, Security("SPY"))
    feed.refresh(algorithm)
    reads: Counter[str] = Counter()
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0, reads=reads))
    assert reads == Counter(end_time=1, close=1)
    feed.refresh(algorithm)
    assert service.of("update")[-1][1] == {SPY: 111.0}


def test_a_repeated_end_costs_one_crossing(service, algorithm):
    # Beside minute data the engine repeats a daily bar in every minute of the session.
    feed = started(service, algorithm, Security("SPY"))
    feed.refresh(algorithm)
    reads: Counter[str] = Counter()
    for _ in range(390):
        algorithm.handlers["SPY"](Bar(FRIDAY, 110.0, reads=reads))
    assert reads == Counter(end_time=390)


def daily(ticker, **options):
    return Security(ticker, resolution=Resolution.DAILY, **options)


def test_daily_subscriptions_need_no_consolidator(service, algorithm):
    spy, qqq = daily("SPY"), daily("QQQ")
    feed = started(service, algorithm, spy, qqq)
    feed.refresh(algorithm)
    algorithm.current_slice = daily_slice(utc(MONDAY), {spy: Bar(MONDAY, 111.0), qqq: Bar(MONDAY, 99.0)})
    assert feed.refresh(algorithm) == feed.refresh(algorithm) == 2
    end, bars = service.of("update")[-1]
    assert (end, bars.keys()) == (utc(MONDAY), {SPY, QQQ})
    assert bars[SPY] == PriceBar(pytest.approx(109.89), pytest.approx(112.11), pytest.approx(108.78), 111.0)
    assert algorithm.handlers == {}


def test_a_slice_is_read_once_however_many_ask(service, algorithm):
    spy, reads = daily("SPY"), Counter()
    feed = started(service, algorithm, spy)
    feed.refresh(algorithm)
    algorithm.current_slice = daily_slice(utc(MONDAY), {spy: Bar(MONDAY, 111.0, reads=reads)})
    for _ in range(3):
        feed.refresh(algorithm)
    assert reads == Counter(symbol=1, end_time=1, open=1, high=1, low=1, close=1)


def test_slices_bring_nothing_of_strangers_repeats_and_filled_days(service, algorithm):
    spy, stranger = daily("SPY"), daily("IWM")
    feed = started(service, algorithm, spy)
    before = feed.refresh(algorithm)
    for bars in ({stranger: Bar(MONDAY, 5.0)}, {spy: Bar(FRIDAY, 111.0)}, {spy: Bar(TUESDAY, 110.0, filled=True)}):
        algorithm.current_slice = daily_slice(utc(MONDAY) + timedelta(seconds=len(service.calls)), bars)
        assert feed.refresh(algorithm) == before


@pytest.mark.parametrize(
    "other", [Security("QQQ"), daily("QQQ", tick_type=TickType.QUOTE), Security("QQQ", resolution=Resolution.MINUTE)]
)
def test_one_subscription_that_is_no_daily_trade_gives_all_consolidators(service, algorithm, other):
    spy = daily("SPY")
    feed = started(service, algorithm, spy)
    assert algorithm.handlers == {}
    algorithm.current_slice = daily_slice(utc(MONDAY), {spy: Bar(MONDAY, 111.0)})
    feed.on_securities_changed(algorithm, changes(other))
    assert algorithm.handlers.keys() == {"SPY", "QQQ"}
    algorithm.handlers["SPY"](Bar(MONDAY, 111.0))  # in this slice already, and now from the consolidator as well
    feed.refresh(algorithm)
    assert [bars[SPY].close for _, bars in service.of("update") if SPY in bars] == [110.0, 111.0]


def test_a_finer_subscription_of_a_symbol_on_the_feed_is_noticed(service, algorithm):
    spy = daily("SPY")
    feed = started(service, algorithm, spy)
    before = feed.refresh(algorithm)
    algorithm.securities[spy.symbol] = spy
    spy.subscriptions.append(subscription(Resolution.MINUTE))
    algorithm.subscription_manager.count = 2
    algorithm.current_slice = daily_slice(utc(MONDAY), {spy: Bar(MONDAY - timedelta(hours=6), 111.0)})  # a minute's bar
    assert feed.refresh(algorithm) == before
    assert algorithm.handlers.keys() == {"SPY"}


def test_lean_s_internal_subscriptions_do_not_count(service, algorithm):
    spy = daily("SPY")
    spy.subscriptions.append(subscription(Resolution.HOUR, internal=True))
    started(service, algorithm, spy)
    assert algorithm.handlers == {}


def test_a_split_comes_before_the_bars_of_its_slice(service, algorithm):
    raw = daily("SPY", mode=DataNormalizationMode.RAW)
    feed = started(service, algorithm, raw)
    feed.refresh(algorithm)
    algorithm.current_slice = split_slice(utc(MONDAY), raw, 0.1)
    algorithm.current_slice.bars = daily_slice(utc(MONDAY), {raw: Bar(MONDAY, 11.2)}).bars
    feed.refresh(algorithm)
    assert [name for name, *_ in service.calls[-2:]] == ["split", "update"]
    assert feed.close(SPY) == 11.2


def test_quotes_alone_are_gathered_into_days(service, algorithm):
    feed = started(service, algorithm, daily("SPY", tick_type=TickType.QUOTE))
    before = feed.refresh(algorithm)
    quiet, bar = Bar(MONDAY, 110.0), Bar(TUESDAY, 110.5)
    for quote in (quiet, bar):
        del quote._values["volume"]  # a quote bar has none
    algorithm.handlers["SPY"](quiet)
    assert feed.refresh(algorithm) == before, "a day gathered from filled quotes is no news"
    algorithm.handlers["SPY"](bar)
    assert feed.refresh(algorithm) == before + 1


def test_a_feed_started_by_hand_keeps_its_bars_until_it_is_asked(service, algorithm):
    spy = daily("SPY")
    feed = DailyBarFeed.of(service)
    feed.start(algorithm, {SPY: spy})
    for end in (MONDAY, TUESDAY):
        algorithm.handlers["SPY"](Bar(end, 111.0))
    feed.refresh(algorithm)
    assert [end for end, _ in service.of("update")] == [utc(FRIDAY), utc(MONDAY), utc(TUESDAY)]
