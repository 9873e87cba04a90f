"""Values that cross between Python and .NET inside a run (LEAN: Python.Runtime's converter)."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timedelta, timezone

import numpy as np
import pandas as pd
import pytest
from AlgorithmImports import (
    AlphaModel,
    InsightDirection,
    PortfolioBias,
    PortfolioTarget,
    QCAlgorithm,
    Resolution,
    SecurityChanges,
    Symbol,
    Time,
    TimeZones,
)
from lean_stubs.clr.exceptions import ArgumentException, ProcessKilled
from lean_stubs.testing import FakeData, run_algorithm


def at_close(probe, **initial):
    """What the function gives for (algorithm, slice) at the first close."""

    class Algorithm(QCAlgorithm):
        answer = None

        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 4)
            self.a = self.add_equity("A", Resolution.DAILY).symbol
            for name, value in initial.items():
                setattr(self, name, value)

        def on_data(self, data):
            if self.answer is None:
                self.answer = (probe(self, data),)

    return run_algorithm(Algorithm, FakeData("2019-05-01", "2019-06-28").trend("A", "B")).check().algorithm.answer[0]


def test_constants_have_their_capitals():
    assert (Symbol.EMPTY.value, timedelta(1), SecurityChanges.NONE.count) == ("", Time.ONE_DAY, 0)
    assert str(TimeZones.NEW_YORK) == "America/New_York"
    assert not hasattr(Symbol, "empty")
    assert isinstance(Time.end_of_time_time_span, timedelta)


def test_times_are_datetimes_of_the_runtime():
    naive, aware, zone = at_close(lambda a, d: (a.time, a.utc_time, a.utc_time.tzinfo))
    plain = datetime(2019, 6, 3, 16)
    assert (naive, hash(naive), repr(naive)) == (plain, hash(plain), repr(plain))
    assert type(pickle.loads(pickle.dumps(naive))) is datetime
    with pytest.raises(TypeError):
        _ = aware - naive
    with pytest.raises(TypeError):
        _ = naive < aware
    with pytest.raises(TypeError):
        copy.deepcopy(zone)
    written = pickle.dumps(aware)
    with pytest.raises(Exception):  # noqa: B017  # whatever pickle makes of a class that cannot be found
        pickle.loads(written)


NAIVE = {
    "time": lambda a, d: a.time,
    "slice": lambda a, d: d.time,
    "bar": lambda a, d: d.bars[a.a].time,
    "end of bar": lambda a, d: d.bars[a.a].end_time,
    "start date": lambda a, d: a.start_date,
}
AWARE = {"utc_time": lambda a, d: a.utc_time, "slice": lambda a, d: d.utc_time}


@pytest.mark.parametrize("get", NAIVE.values(), ids=NAIVE)
def test_naive_times(get):
    assert at_close(get).tzinfo is None


@pytest.mark.parametrize("get", AWARE.values(), ids=AWARE)
def test_aware_times_are_utc(get):
    assert at_close(get).utcoffset() == timedelta(0)


def test_order_events_have_aware_times():
    class Buys(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 4)
            self.seen = []
            self.add_equity("A", Resolution.DAILY)

        def on_data(self, data):
            self.market_order("A", 1)

        def on_order_event(self, order_event):
            self.seen.append(order_event.utc_time)

    seen = run_algorithm(Buys, FakeData("2019-05-01", "2019-06-28").trend("A")).check().algorithm.seen
    assert seen[0].utcoffset() == timedelta(0)


def test_decimals_are_floats_spans_timedeltas_and_null_none():
    kinds = at_close(lambda a, d: (d.bars[a.a].close, d.bars[a.a].volume, a.portfolio.cash, d.bars[a.a].period, d.get(None)))
    assert [type(x) for x in kinds[:4]] == [float, float, float, timedelta]
    assert kinds[4] is None


def test_the_zone_of_an_aware_time_is_dropped():
    """18:00 in Tokyo is read as 18:00 in New York."""
    tokyo = timezone(timedelta(hours=9))
    start, end = datetime(2019, 5, 28, 18), datetime(2019, 5, 31, 18)

    def ends(algorithm, data):
        plain = algorithm.history([algorithm.a], start, end, Resolution.DAILY)
        aware = algorithm.history([algorithm.a], start.replace(tzinfo=tokyo), end.replace(tzinfo=tokyo), Resolution.DAILY)
        return plain.equals(aware), len(plain)

    assert at_close(ends) == (True, 3)


@pytest.mark.parametrize("number", [np.float64(2), np.float32(2), np.int64(2), 2, 2.0, True])
def test_numbers_of_numpy_are_decimals(number):
    assert PortfolioTarget("SPY", number).quantity == float(number)
    assert at_close(lambda a, d: a.market_order(a.a, number).quantity) == float(number)


@pytest.mark.parametrize("span", [np.timedelta64(2, "D"), pd.Timedelta(days=2)])
def test_only_timedelta_is_a_span(span):
    def call(algorithm, data):
        with pytest.raises(TypeError, match="No method matches given arguments"):
            algorithm.history([algorithm.a], span, Resolution.DAILY)
        return len(algorithm.history([algorithm.a], pd.Timedelta(days=2).to_pytimedelta(), Resolution.DAILY))

    assert at_close(call) == 1


def test_pandas_timestamp_and_date_are_times():
    import datetime as module

    def frames(algorithm, data):
        return [
            len(algorithm.history([algorithm.a], kind(2019, 5, 28), kind(2019, 5, 31), Resolution.DAILY))
            for kind in (datetime, module.date, lambda *x: pd.Timestamp(*x))
        ]

    assert at_close(frames) == [3, 3, 3]


def test_texts_of_parameters_become_the_defaults_type():
    class Reads(QCAlgorithm):
        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 3)
            names = [("none", None), ("n", 1), ("x", 1.5), ("t", "d"), ("n", None), ("absent", 2), ("absent", 2.5), ("absent", "d")]
            self.read = [self.get_parameter(n) if d is None else self.get_parameter(n, d) for n, d in names]

    given = {"n": 7, "x": "2.25", "t": "text"}
    found = run_algorithm(Reads, FakeData("2019-05-01", "2019-06-28").trend("A"), parameters=given).check().algorithm.read
    assert found == [None, 7, 2.25, "text", "7", 2, 2.5, "d"]
    assert [type(x) for x in found[1:4]] == [int, float, str]


def test_calls_that_kill_the_process_say_so():
    from AlgorithmImports import Insight

    with pytest.raises(ProcessKilled, match="process is killed"):
        Insight.price("SPY", timedelta.max, InsightDirection.UP)

    def reads(algorithm, data):
        algorithm.object_store.save("k", "{}")
        with pytest.raises(ProcessKilled, match="read_json"):
            algorithm.object_store.read_json("k")
        with pytest.raises(TypeError):
            algorithm.object_store.save_json("k", {})
        return True

    assert at_close(reads)


def test_enumerations_are_neither_numbers_nor_json():
    up = InsightDirection.UP
    for refused in (lambda: -up, lambda: abs(up), lambda: float(up), lambda: up * up, lambda: up - up, lambda: f"{up:>6}"):
        with pytest.raises(TypeError):
            refused()
    for refused in (json.dumps, pickle.dumps, copy.deepcopy):
        with pytest.raises(TypeError):
            refused(up)
    assert [bool(x) for x in (InsightDirection.FLAT, InsightDirection.DOWN)] == [True, True]
    assert up != PortfolioBias.SHORT
    assert (up == PortfolioBias.LONG, up == 1, up == "UP") == (True, True, True)
    product = np.array([1.0, 2.0]) * up
    assert (product.dtype, list(product)) == (np.dtype(object), [1.0, 2.0])
    assert (up * 2.5, up + 1, up / 2, type(up * 2)) == (2.5, 2.0, 0.5, float)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_are_not_finite_are_no_decimals(number):
    def calls(algorithm, data):
        for call in (
            lambda: PortfolioTarget(algorithm.a, number),
            lambda: PortfolioTarget.percent(algorithm, algorithm.a, number),
            lambda: algorithm.set_holdings(algorithm.a, number),
            lambda: algorithm.market_order(algorithm.a, number),
            lambda: algorithm.plot("Mine", "x", number),
        ):
            with pytest.raises(ArgumentException, match="non-finite"):
                call()
        return True

    assert at_close(calls)


def test_a_method_of_the_algorithm_is_replaced_without_a_word():
    assert at_close(lambda a, d: a.debug, debug=3) == 3


def test_wrappers_of_targets_and_bars_are_new_each_time():
    one, other = PortfolioTarget("SPY", 1), PortfolioTarget("SPY", 1)
    assert one != other

    def bars(algorithm, data):
        data.bars[algorithm.a].note = 1
        return hasattr(data.bars[algorithm.a], "note"), data.bars[algorithm.a] is data.bars[algorithm.a]

    assert at_close(bars) == (False, False)

    def securities(algorithm, data):
        algorithm.securities[algorithm.a].note = [1]
        return algorithm.securities[algorithm.a].note

    assert at_close(securities) == [1]


def test_update_that_a_subclass_does_not_define_raises_at_the_first_slice():
    class Nothing(AlphaModel):
        pass

    class Algorithm(QCAlgorithm):
        slices = 0

        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 4)
            self.add_equity("A", Resolution.DAILY)
            self.set_alpha(Nothing())

        def on_data(self, data):
            self.slices += 1

    result = run_algorithm(Algorithm, FakeData("2019-05-01", "2019-06-28").trend("A"))
    assert "must implement" in str(result.error).lower() or "not implemented" in str(result.error).lower()
    assert result.algorithm.slices == 1
