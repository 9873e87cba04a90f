import math
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from regime_framework.lean.ledger import InsightLedger

NOW = datetime(2019, 3, 1, 21, tzinfo=UTC)
LATER = NOW + timedelta(days=30)


class Collection:
    """LEAN's insights, counting the crossings."""

    def __init__(self) -> None:
        self.insights: list[Any] = []
        self.walks = self.crossings = 0

    def get_next_expiry_time(self) -> datetime | None:
        self.crossings += 1
        return min((insight.close_time_utc for insight in self.insights), default=None)

    def remove_expired_insights(self, now: datetime) -> list[Any]:
        self.crossings += 1
        expired = [insight for insight in self.insights if insight.close_time_utc < now]
        self.insights = [insight for insight in self.insights if insight not in expired]
        return expired

    @property
    def count(self) -> int:
        self.crossings += 1
        return len(self.insights)

    def get_active_insights(self, now: datetime) -> list[Any]:
        self.walks += 1
        return [insight for insight in self.insights if insight.close_time_utc >= now]


def insight(
    ticker: str, direction: int = 1, *, source: str = "A", weight: Any = None, magnitude: Any = None, ends: datetime = LATER
) -> Any:
    return SimpleNamespace(
        symbol=SimpleNamespace(id=f"{ticker} R735"),
        source_model=source,
        direction=direction,
        weight=weight,
        confidence=None,
        magnitude=magnitude,
        close_time_utc=ends,
    )


class Followed:
    def __init__(self, *, by_source: bool = False, by_numbers: bool = False) -> None:
        self.ledger, self.collection, self.now = InsightLedger(by_source=by_source, by_numbers=by_numbers), Collection(), NOW

    def step(self, *new: Any, days: float = 1.0) -> str | None:
        """The cause after a step, acted upon as a portfolio model would."""
        self.collection.insights += new
        self.ledger.follow(self.collection, new, self.now)
        self.now += timedelta(days=days)
        cause = self.ledger.cause
        if cause is not None:
            self.ledger.acted()
        return cause

    @property
    def spoken(self) -> list[tuple[str, str, int]]:
        return [(entry.row.split()[0], entry.source, entry.direction) for entry in self.ledger.speaking()]


def test_a_first_view_counts_and_its_renewal_does_not():
    followed = Followed()
    assert followed.step(insight("SPY"), insight("QQQ", -1)) == "insights"
    assert followed.step() is None
    assert followed.step(insight("SPY"), insight("QQQ", -1)) is None
    assert followed.spoken == [("QQQ", "A", -1), ("SPY", "A", 1)]


@pytest.mark.parametrize("new", [insight("SPY", 0), insight("SPY", -1), insight("SPY", source="B"), insight("QQQ")])
def test_another_direction_source_or_symbol_counts(new):
    followed = Followed()
    followed.step(insight("SPY"))
    assert followed.step(new) == "insights"
    assert followed.step() is None


def test_the_end_of_a_renewed_view_does_not_count_and_the_end_of_the_last_does():
    followed = Followed()
    followed.step(insight("SPY", ends=NOW + timedelta(days=5)))
    followed.step(insight("SPY", ends=NOW + timedelta(days=9)))
    causes = [followed.step() for _ in range(10)]
    assert causes[:8] == [None] * 8
    assert causes[8:] == ["expiry", None]
    assert followed.spoken == []


def test_an_end_lets_the_view_before_speak_again_and_counts_if_that_differs():
    followed = Followed()
    followed.step(insight("SPY", 1))
    followed.step(insight("SPY", -1, ends=NOW + timedelta(days=3)))
    assert [followed.step() for _ in range(3)] == [None, None, "expiry"]
    assert followed.spoken == [("SPY", "A", 1)]


def test_a_cancelled_view_counts_as_a_change_of_insights():
    followed, view = Followed(), insight("SPY")
    followed.step(view)
    view.close_time_utc = followed.now - timedelta(seconds=1)
    assert followed.step() == "insights"
    assert followed.step() is None


def test_cancelled_and_said_again_at_once_is_a_repeat():
    followed, view = Followed(), insight("SPY")
    followed.step(view)
    view.close_time_utc = followed.now - timedelta(seconds=1)
    assert followed.step(insight("SPY")) is None


def test_views_taken_out_or_put_in_without_a_word_are_noticed():
    followed = Followed()
    followed.step(insight("SPY"), insight("QQQ"))
    del followed.collection.insights[0]
    assert followed.step() == "insights"
    assert followed.spoken == [("QQQ", "A", 1)]
    followed.collection.insights.append(insight("IWM"))
    assert followed.step() == "insights"
    assert followed.spoken == [("IWM", "A", 1), ("QQQ", "A", 1)]
    assert followed.collection.walks == 2


def test_a_change_that_nobody_acted_upon_stays_one():
    ledger, collection = InsightLedger(by_source=False, by_numbers=False), Collection()
    collection.insights.append(insight("SPY"))
    ledger.follow(collection, collection.insights, NOW)
    ledger.follow(collection, [], NOW)
    assert ledger.cause == "insights"


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        (0.90, 0.95, False),
        (0.90, 0.70, True),
        (0.90, None, True),
        (None, None, False),
        (math.nan, math.nan, False),
        (math.nan, 0.9, True),
        (0.01, -0.01, True),
    ],
)
@pytest.mark.parametrize("field", ["weight", "magnitude"])
def test_numbers_count_where_somebody_may_use_them(field, before, after, counts):
    for by_numbers in (False, True):
        followed = Followed(by_numbers=by_numbers)
        followed.step(insight("SPY", **{field: before}))
        assert (followed.step(insight("SPY", **{field: after})) is not None) is (by_numbers and counts)


def test_small_steps_add_up():
    followed = Followed(by_numbers=True)
    causes = [followed.step(insight("SPY", weight=weight)) for weight in (1.0, 0.94, 0.88, 0.83)]
    assert causes == ["insights", None, "insights", None]


def test_by_source_every_source_s_last_view_counts():
    followed = Followed(by_source=True)
    followed.step(insight("SPY", 1), insight("SPY", -1, source="B"))
    assert followed.spoken == [("SPY", "A", 1), ("SPY", "B", -1)]
    assert followed.step(insight("SPY", 1)) is None
    assert followed.spoken == [("SPY", "B", -1), ("SPY", "A", 1)], "the one that spoke last comes last"
    assert followed.step(insight("SPY", 0, source="B")) == "insights"


def test_without_sources_only_the_last_view_of_a_symbol_counts():
    followed = Followed()
    followed.step(insight("SPY", 1, ends=NOW + timedelta(days=2)), insight("SPY", -1, source="B"))
    assert followed.spoken == [("SPY", "B", -1)]
    assert [followed.step() for _ in range(4)] == [None] * 4, "the view that ended did not speak"


def test_a_refused_view_gives_way_to_the_one_before():
    followed = Followed()
    followed.step(insight("SPY", 1), insight("SPY", -1))
    assert [entry.direction for entry in followed.ledger.speaking(lambda view: view.direction > 0)] == [1]


def test_a_step_without_news_costs_the_same_whatever_the_number_of_views():
    for n in (1, 400):
        followed = Followed()
        followed.step(*(insight(f"T{i}") for i in range(n)))
        followed.collection.crossings = 0
        followed.step()
        assert (followed.collection.crossings, followed.collection.walks) == (2, 0)
