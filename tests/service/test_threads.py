from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cachetools
import numpy as np
import pytest

from regime_framework import (
    BatchRegimeUpdater,
    DirectoryModelStore,
    RegimeConfig,
    RegimeEstimate,
    RegimeModelCache,
    RegimeService,
)
from regime_framework.errors import FitError
from regime_framework.models import FitFailure, RegimeModel
from regime_framework.service.desk import Answer, TrainingDesk
from regime_framework.service.updater import TrainingRequest
from tests.service.data import SMALL, closes, days, names

THREADS = 32


def together(work: Callable[[int], None], count: int = THREADS) -> None:
    """Run `work(i)` in threads that start at once; the first error is raised here."""
    barrier, errors = threading.Barrier(count), []

    def run(place: int) -> None:
        barrier.wait()
        try:
            work(place)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(place,), daemon=True) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60.0)
    assert not any(thread.is_alive() for thread in threads), "deadlock"
    if errors:
        raise errors[0]


def test_all_at_once_gives_what_one_after_the_other_gives(tmp_path: Path) -> None:
    prices, ends = closes(110, THREADS), days(110)
    config = RegimeConfig(lookback=60, min_bars=40, retrain=10)

    def follow(service: RegimeService, place: int, seen: dict[str, list[RegimeEstimate]]) -> None:
        name = names(THREADS)[place]
        own = seen.setdefault(name, [])
        service.add(name, prices[:50, place], ends[:50])
        for bar in range(50, 110):
            own.append(service.update(ends[bar], {name: prices[bar, place]})[name])
            estimate = service.estimate(name)
            assert estimate is own[-1]
            if bar % 20 == place % 20:
                service.save()
                assert service.statistics.symbols >= 1
                list(service.estimates.values())

    serial, threaded = RegimeService(config), RegimeService(config, store=DirectoryModelStore(tmp_path))
    expected: dict[str, list[RegimeEstimate]] = {}
    for place in range(THREADS):
        follow(serial, place, expected)
    found: dict[str, list[RegimeEstimate]] = {}
    together(lambda place: follow(threaded, place, found))
    assert found == expected
    assert threaded.statistics.trainings == serial.statistics.trainings == THREADS * 7
    threaded.save()
    assert len(DirectoryModelStore(tmp_path).keys()) == THREADS * 7


def test_members_come_and_go_while_others_are_followed() -> None:
    prices, ends = closes(90, 4), days(90)
    alone = RegimeService(SMALL)
    alone.add("S00", prices[:50, 0], ends[:50])
    expected = [alone.update(ends[bar], {"S00": prices[bar, 0]})["S00"] for bar in range(50, 90)]
    service, found = RegimeService(SMALL), []
    service.add("S00", prices[:50, 0], ends[:50])
    assert service.is_ready("S00")  # before another thread's bar sets the clock: history after it would wait

    def work(place: int) -> None:
        if place == 0:
            found.extend(service.update(ends[bar], {"S00": prices[bar, 0]})["S00"] for bar in range(50, 90))
            return
        dice = random.Random(place)
        for _ in range(60):
            name = f"S{dice.randrange(1, 40):02d}"
            step = dice.randrange(4)
            if step == 0:
                service.add(name, prices[:45, 1 + place % 3], ends[:45])
            elif step == 1:
                service.remove(name, keep=dice.random() < 0.5)
            elif step == 2:
                assert service.update(ends[dice.randrange(46, 90)], {name: 100.0}).keys() <= {name}
            else:
                assert all(symbol == estimate.symbol for symbol, estimate in service.estimates.items())

    together(work, 8)
    assert found == expected


class CountingUpdater(BatchRegimeUpdater):
    """Counts trainings by symbol and makes each wait until it may end."""

    def __init__(self) -> None:
        super().__init__(1)
        self.trained: list[str] = []
        self.begun, self.may_end = threading.Event(), threading.Event()

    def train(self, requests: Sequence[TrainingRequest]) -> list[RegimeModel | FitFailure]:
        self.trained += [request.symbol for request in requests]
        self.begun.set()
        assert self.may_end.wait(60.0)
        return super().train(requests)


@pytest.mark.parametrize("make", [RegimeModelCache, dict, lambda: cachetools.LRUCache(50)])
def test_services_that_share_a_cache_train_a_key_once(make: Callable[[], Any]) -> None:
    cache, batch = make(), CountingUpdater()
    services = [RegimeService(SMALL, cache=cache, batch=batch) for _ in range(THREADS)]
    prices = closes(50, 3)
    for service in services:
        for place, name in enumerate(names(3)):
            service.add(name, prices[:, place], days(50))
    timer = threading.Timer(0.3, batch.may_end.set)
    timer.start()
    together(lambda place: services[place].is_ready("S00") or pytest.fail("not ready"))
    assert sorted(batch.trained) == names(3)
    assert all(dict(service.estimates) == dict(services[0].estimates) for service in services)


def test_readers_see_the_bar_before_while_a_model_is_built_aside() -> None:
    prices, ends = closes(52)[:, 0], days(52)
    batch = CountingUpdater()
    batch.may_end.set()
    service = RegimeService(RegimeConfig(lookback=60, min_bars=40, retrain="daily"), batch=batch)
    service.add("S", prices[:50], ends[:50])
    before = service.update(ends[50], {"S": prices[50]})["S"]
    batch.begun.clear()
    batch.may_end.clear()
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(service.update(ends[51], {"S": prices[51]})["S"]), daemon=True)
    thread.start()
    assert batch.begun.wait(60.0)
    assert service.estimate("S") is before
    assert service.estimates["S"] is before
    assert service.statistics.ready == 1
    batch.may_end.set()
    thread.join(60.0)
    assert service.estimate("S") is found[0]
    assert found[0].trained_at == ends[51]


def test_the_desk_makes_each_key_once_and_gives_it_to_all() -> None:
    desk: TrainingDesk[int, int, int] = TrainingDesk({})
    made: list[int] = []
    answers: dict[int, list[Answer[int]]] = {}

    def make(requests: Sequence[tuple[int, int]]) -> list[int]:
        made.extend(key for key, _ in requests)
        return [item * 10 for _, item in requests]

    def work(place: int) -> None:
        keys = random.Random(place).sample(range(20), 12)
        answers[place] = desk.obtain([(key, key) for key in keys], make)
        assert [answer.result for answer in answers[place]] == [key * 10 for key in keys]

    together(work)
    assert sorted(made) == sorted(set(made))
    assert sum(answer.source == "made" for given in answers.values() for answer in given) == len(made)


@pytest.mark.parametrize(("error", "heard"), [(ValueError("broken"), ValueError), (KeyboardInterrupt(), FitError)])
def test_a_failed_making_wakes_the_waiters_and_keeps_nothing(error: BaseException, heard: type[BaseException]) -> None:
    cache: dict[str, int] = {}
    desk: TrainingDesk[str, int, int] = TrainingDesk(cache)
    begun, may_end = threading.Event(), threading.Event()
    raised: list[BaseException] = []

    def fail(requests: Sequence[tuple[str, int]]) -> list[int]:
        begun.set()
        assert may_end.wait(60.0)
        raise error

    def ask(make: Callable[[Sequence[tuple[str, int]]], list[int]]) -> None:
        try:
            desk.obtain([("key", 1)], make)
        except BaseException as got:
            raised.append(got)

    first = threading.Thread(target=ask, args=(fail,), daemon=True)
    first.start()
    assert begun.wait(60.0)
    waiters = [threading.Thread(target=ask, args=(fail,), daemon=True) for _ in range(4)]
    for waiter in waiters:
        waiter.start()
    threading.Timer(0.2, may_end.set).start()
    for thread in [first, *waiters]:
        thread.join(60.0)
    assert len(raised) == 5
    assert {type(got) for got in raised} <= {type(error), heard}
    assert cache == {}
    assert [answer.result for answer in desk.obtain([("key", 1)], lambda requests: [item for _, item in requests])] == [1]
    assert cache == {"key": 1}


def test_what_may_not_be_kept_is_not() -> None:
    cache: dict[str, int] = {}
    desk: TrainingDesk[str, int, int] = TrainingDesk(cache)
    answers = desk.obtain([("a", 1), ("b", 2), ("a", 1)], lambda requests: [item for _, item in requests], lambda item: item == 2)
    assert [answer.result for answer in answers] == [1, 2, 1]
    assert cache == {"b": 2}


def test_a_training_that_raises_reaches_every_service_that_waits_and_the_next_bar_goes_on() -> None:
    class Failing(CountingUpdater):
        def train(self, requests: Sequence[TrainingRequest]) -> list[Any]:
            super().train(requests)
            raise ZeroDivisionError("an updater of the user's")

    cache, batch, prices, ends = RegimeModelCache(), Failing(), closes(52)[:, 0], days(52)
    services = [RegimeService(SMALL, cache=cache, batch=batch) for _ in range(8)]
    heard: list[BaseException] = []

    def ask(place: int) -> None:
        services[place].add("S", prices[:50], ends[:50])
        try:
            services[place].update(ends[50], {"S": prices[50]})
        except ZeroDivisionError as error:
            heard.append(error)

    threading.Timer(0.2, batch.may_end.set).start()
    together(ask, 8)
    assert len(heard) == 8
    assert len(cache) == 0
    for service in services:
        service.batch = BatchRegimeUpdater()
        assert service.update(ends[51], {"S": prices[51]})["S"].trained_at == ends[51]


def test_a_symbol_is_removed_while_it_is_trained() -> None:
    prices, ends, batch = closes(51, 2), days(51), CountingUpdater()
    service = RegimeService(SMALL, batch=batch)
    for place, name in enumerate(names(2)):
        service.add(name, prices[:50, place], ends[:50])
    training = threading.Thread(target=lambda: service.update(ends[50], dict(zip(names(2), prices[50], strict=True))), daemon=True)
    training.start()
    assert batch.begun.wait(60.0)
    removing = threading.Thread(target=lambda: service.remove("S00"), daemon=True)
    removing.start()
    batch.may_end.set()
    for thread in (training, removing):
        thread.join(60.0)
        assert not thread.is_alive()
    assert service.symbols == ("S01",)
    assert list(service.estimates) == ["S01"]
    service.add("S00")
    assert not service.is_ready("S00")


def test_statistics_may_be_read_at_any_time() -> None:
    service, prices = RegimeService(SMALL), closes(80)[:, 0]
    done = threading.Event()

    def work(place: int) -> None:
        if place == 0:
            while not done.is_set():
                found = service.statistics
                assert list(found.failures) == sorted(found.failures)
            return
        try:
            for turn in range(30):  # a flat price cannot be trained
                name = f"{place}-{turn}"
                service.add(name, np.full(50, 7.0), days(50))
                service.update(days(51 + turn)[-1], {name: 7.0, "S": prices[turn]})
        finally:
            if place == 1:
                done.set()

    together(work, 6)
    assert sum(reasons["constant series"] for reasons in service.statistics.failures.values()) >= 30
