from __future__ import annotations

import numpy as np
import pytest

from regime_framework import InvalidSetting, RegimeService
from regime_framework.models import train_many
from tests.service.data import SMALL, closes, days, names


def test_the_cross_section_is_followed_like_a_symbol_of_mean_returns() -> None:
    prices, ends = closes(90, 5), days(90)
    service = RegimeService(SMALL, market="universe")
    for place, name in enumerate(names(5)):
        service.add(name, prices[:50, place], ends[:50])
    assert service.market is None
    for bar in range(50, 90):
        service.update(ends[bar], dict(zip(names(5), prices[bar], strict=True)))
    market = service.market
    assert market is not None
    assert (market.symbol, market.as_of) == ("universe", ends[-1])
    means = np.diff(np.log(prices), axis=0).mean(axis=1)
    trained = ends.index(market.trained_at)
    window = means[:trained][-59:]  # bar i brings return i - 1
    [model] = train_many(window[None], SMALL)
    assert market.volatility == pytest.approx(model.volatilities_[market.state], rel=1e-9)
    belief = model.filter_window(window)[-1]
    for value in means[trained:]:
        belief = model.step(belief, float(value))
    assert market.probabilities == pytest.approx(belief, abs=1e-9)


def test_it_is_no_symbol_of_the_users() -> None:
    service = RegimeService(SMALL, market="universe")
    service.add("S", closes(50)[:, 0], days(50))
    found = service.update(days(51)[-1], {"S": 100.0, "universe": 5.0})
    assert list(found) == ["S"]
    assert service.symbols == ("S",)
    assert list(service.estimates) == ["S"]
    assert service.changes == ("S",)
    assert service.statistics.bars_seen == 51
    assert service.statistics.bars_rejected == {"unknown symbol": 1}
    with pytest.raises(InvalidSetting, match=r"^symbol "):
        service.add("universe")
    assert RegimeService(SMALL).add("universe") is None


def test_symbols_without_a_bar_are_left_out_of_it() -> None:
    prices, ends = closes(90, 3), days(90)
    service, two = (RegimeService(SMALL, market="universe") for _ in range(2))
    for place, name in enumerate(names(3)):
        service.add(name, prices[:50, place], ends[:50])
        two.add(name, prices[:50, place], ends[:50])
    for bar in range(50, 80):
        service.update(ends[bar], {"S00": prices[bar, 0], "S01": prices[bar, 1], "S02": float("nan")})
        two.update(ends[bar], {"S00": prices[bar, 0], "S01": prices[bar, 1]})
    assert service.market == two.market
    assert service.market is not None


def test_it_starts_empty_when_there_is_no_history() -> None:
    prices = closes(45, 2)
    service = RegimeService(SMALL, market="universe")
    for name in names(2):
        service.add(name)
    ready = []
    for bar, end in enumerate(days(45)):
        service.update(end, dict(zip(names(2), prices[bar], strict=True)))
        ready.append(service.market is not None)
    assert ready == [place >= 39 for place in range(45)]
