"""LEAN's dictionaries as Python sees them: securities, portfolio, slices, active securities (LEAN: ExtendedDictionary)."""

from __future__ import annotations

import pytest
from AlgorithmImports import QCAlgorithm, Resolution, Symbol
from lean_stubs.clr.exceptions import (
    InvalidOperationException,
    KeyNotFoundException,
    NotImplementedException,
    NotSupportedException,
)
from lean_stubs.testing import FakeData, run_algorithm


def at_close(probe):
    class Algorithm(QCAlgorithm):
        answer = None

        def initialize(self):
            self.set_start_date(2019, 6, 3)
            self.set_end_date(2019, 6, 4)
            self.b, self.a = (self.add_equity(t, Resolution.DAILY).symbol for t in ("B", "A"))

        def on_data(self, data):
            if self.answer is None:
                self.answer = (probe(self, data),)

    return run_algorithm(Algorithm, FakeData("2019-05-01", "2019-06-28").trend("A", "B")).check().algorithm.answer[0]


KINDS = {
    "slice": lambda a, d: d,
    "bars": lambda a, d: d.bars,
    "securities": lambda a, d: a.securities,
    "portfolio": lambda a, d: a.portfolio,
    "active securities": lambda a, d: a.active_securities,
}

kinds = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@kinds
def test_keys_values_and_items_are_lists_and_iteration_gives_pairs(kind):
    def look(algorithm, data):
        found = kind(algorithm, data)
        pairs = list(found)
        assert [type(x) for x in (found.keys(), found.values(), found.items())] == [list, list, list]
        assert {str(k) for k in found.keys()} == {str(k) for k, _ in found.items()} == {"A", "B"}  # noqa: SIM118
        assert {str(p.key) for p in pairs} == {"A", "B"}
        assert all(type(p).__name__.startswith("KeyValuePair") for p in pairs)
        assert all(type(item) is tuple for item in found.items())
        with pytest.raises(TypeError, match="unpack"):
            _, _ = pairs[0]
        return len(found), found.count

    assert at_close(look) == (2, 2)


@kinds
def test_symbols_and_tickers_are_keys_and_none_is_not(kind):
    def look(algorithm, data):
        found = kind(algorithm, data)
        unknown = Symbol.create("C", 1, "usa")
        return (
            [algorithm.a in found, "A" in found, found.contains_key(algorithm.a), found.contains_key("a")],
            [unknown in found, found.contains_key(unknown), found.contains_key(None)],
            [found.get(unknown), found.get(unknown, None), found.get(algorithm.a) is not None, found["A"] == found[algorithm.a]],
        )

    assert at_close(look) == ([True] * 4, [False] * 3, [None, None, True, True])


@kinds
def test_a_missing_key_is_no_key_error(kind):
    def look(algorithm, data):
        found = kind(algorithm, data)
        for key in (Symbol.create("C", 1, "usa"), "NOBODY"):
            with pytest.raises(KeyNotFoundException) as caught:
                _ = found[key]
            assert not isinstance(caught.value, KeyError)
        return True

    assert at_close(look)


def test_what_is_read_only_says_so():
    def look(algorithm, data):
        writes = {
            "slice": lambda: data.__setitem__(algorithm.a, 1),
            "slice clear": lambda: data.clear(),
            "portfolio clear": lambda: algorithm.portfolio.clear(),
            "portfolio pop": lambda: algorithm.portfolio.pop(algorithm.a),
            "active securities": lambda: algorithm.active_securities.__setitem__(algorithm.a, algorithm.securities[algorithm.b]),
        }
        raised = {}
        for name, write in writes.items():
            with pytest.raises((NotSupportedException, NotImplementedException, InvalidOperationException)) as caught:
                write()
            raised[name] = caught.type.__name__
        return raised

    assert at_close(look)["slice"] == "NotSupportedException"


def test_bars_are_an_ordinary_dictionary_from_which_one_can_be_taken():
    def look(algorithm, data):
        bars = data.bars
        copy = bars.copy()
        taken = bars.pop(algorithm.a)
        left = [str(k) for k in bars.keys()]  # noqa: SIM118
        bars.update({algorithm.a: taken})
        kept = bars.setdefault(algorithm.a, None)
        return left, [str(k) for k in bars.keys()], kept == taken, len(copy), [str(k) for k in data.bars.keys()]  # noqa: SIM118

    left, again, same, copied, seen = at_close(look)
    assert (left, sorted(again), same, copied, sorted(seen)) == (["B"], ["A", "B"], True, 2, ["A", "B"])


def test_an_unknown_ticker_with_a_number_as_default_fits_no_overload():
    def look(algorithm, data):
        with pytest.raises(TypeError, match="No method matches given arguments for get"):
            algorithm.securities.get("NOBODY", 1)
        return True

    assert at_close(look)


def test_a_dictionary_of_symbols_cannot_be_asked_with_a_ticker():
    def look(algorithm, data):
        own = {algorithm.a: 1}
        with pytest.raises(KeyError):
            _ = own["A"]
        return algorithm.a == "a", "A" in [algorithm.a], "A" in {algorithm.a}, hash(algorithm.a) == hash("A")

    assert at_close(look) == (True, True, False, False)
