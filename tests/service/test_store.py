from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regime_framework import DirectoryModelStore, InvalidSetting, ModelStore, RegimeConfig, RegimeEstimate, RegimeService
from tests.service.data import closes, days, names

CONFIG = RegimeConfig(lookback=60, min_bars=40, retrain=10)
KEY = "0123456789abcdef"


def backtest(store: ModelStore | None, *, load: bool = True) -> tuple[RegimeService, list[RegimeEstimate]]:
    prices, ends = closes(90, 3), days(90)
    service = RegimeService(CONFIG, store=store)
    if load:
        service.load()
    for place, name in enumerate(names(3)):
        service.add(name, prices[:50, place], ends[:50])
    found: list[RegimeEstimate] = []
    for bar in range(50, 90):
        found.extend(service.update(ends[bar], dict(zip(names(3), prices[bar], strict=True))).values())
    service.save()
    return service, found


@pytest.mark.parametrize("load", [True, False])
def test_a_second_run_with_a_kept_store_trains_nothing(tmp_path: Path, load: bool) -> None:
    first, expected = backtest(DirectoryModelStore(tmp_path), load=load)
    assert first.statistics.trainings == 15
    second, found = backtest(DirectoryModelStore(tmp_path), load=load)
    assert (second.statistics.trainings, second.statistics.models_loaded) == (0, 15)
    assert found == expected
    assert second.save() == 0
    assert second.load() == 15


def test_without_a_store_there_is_nothing_to_save_or_load() -> None:
    service, _ = backtest(None)
    assert (service.save(), service.load()) == (0, 0)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "junk", "other", "pickle"])
def test_a_damaged_entry_is_a_miss_with_a_warning(tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture) -> None:
    store = DirectoryModelStore(tmp_path)
    _, expected = backtest(store)
    victim, other = sorted(tmp_path.iterdir())[:2]
    data = victim.read_bytes()
    victim.write_bytes(
        {
            "cut": data[: len(data) // 2],
            "flip": data[:-20] + bytes([data[-20] ^ 1]) + data[-19:],
            "empty": b"",
            "junk": b"\x00" * 100,
            "other": other.read_bytes(),
            "pickle": b"cposix\nsystem\n(S'false'\ntR.",
        }[damage]
    )
    with caplog.at_level(logging.WARNING, "regime_framework"):
        service, found = backtest(store)
    assert found == expected
    assert (service.statistics.trainings, service.statistics.models_loaded) == (1, 14)
    assert any(victim.stem in text for text in service.warnings)
    assert any(victim.stem in record.getMessage() for record in caplog.records)
    assert backtest(store)[0].statistics.trainings == 0  # the run has written it anew


@settings(max_examples=40, deadline=None, derandomize=True)
@given(place=st.integers(0, 5000), bit=st.integers(0, 7))
def test_no_flipped_bit_gives_another_estimate(place: int, bit: int) -> None:
    class Memory(dict[str, bytes]):
        def put(self, key: str, data: bytes) -> bool:
            self[key] = data
            return True

        def delete(self, key: str) -> None:
            self.pop(key, None)

    store = Memory()

    def run() -> RegimeEstimate | None:
        service = RegimeService(CONFIG, store=store)
        service.add("S", closes(50)[:, 0], days(50))
        service.save()
        return service.estimate("S")

    expected = run()
    [key] = store
    data = bytearray(store[key])
    data[place % len(data)] ^= 1 << bit
    store[key] = bytes(data)
    assert run() == expected


def test_a_model_from_later_bars_is_never_used(tmp_path: Path) -> None:
    store = DirectoryModelStore(tmp_path)
    backtest(store)
    heads = [json.loads(file.read_bytes().split(b"\n")[1]) for file in tmp_path.iterdir()]
    prices, ends = closes(90, 3), days(90)
    clean, stored = RegimeService(CONFIG), RegimeService(CONFIG, store=store)
    stored.load()
    for service in (clean, stored):
        service.add("S00", prices[:45, 0], ends[:45])
    assert max(head["last"] for head in heads) > ends[44].timestamp() * 1e6
    assert clean.estimate("S00") == stored.estimate("S00")
    assert stored.statistics.models_loaded == 0


class Refusing:
    """A store that is full, or broken."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error

    def get(self, key: str) -> bytes | None:
        if self.error is not None:
            raise self.error
        return None

    def put(self, key: str, data: bytes) -> bool:
        return False

    def keys(self) -> Iterable[str]:
        return []

    def delete(self, key: str) -> None:
        pass


@pytest.mark.parametrize("store", [Refusing(), Refusing(OSError("unplugged"))])
def test_a_store_that_fails_costs_trainings_only(store: Refusing) -> None:
    service, found = backtest(store, load=False)
    assert found == backtest(None)[1]
    assert service.save() == 0
    assert any("refused" in text for text in service.warnings)


def test_directory_store_keeps_what_it_is_given(tmp_path: Path) -> None:
    store = DirectoryModelStore(tmp_path / "deep" / "down")
    assert isinstance(store, ModelStore)
    assert store.get(KEY) is None
    assert store.put(KEY, b"one")
    assert store.put(KEY, b"two")
    assert store.get(KEY) == b"two"
    assert DirectoryModelStore(tmp_path / "deep" / "down").keys() == [KEY]
    store.delete(KEY)
    store.delete(KEY)
    assert store.keys() == []
    assert list((tmp_path / "deep" / "down").iterdir()) == []


@settings(deadline=None, derandomize=True)
@given(st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=12))
def test_any_key_is_a_safe_file_name(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    folder = tmp_path_factory.mktemp("store")
    store = DirectoryModelStore(folder / "inside")
    assert store.put(key, b"data")
    assert store.get(key) == b"data"
    assert store.keys() == [key]
    assert [path.name for path in folder.iterdir()] == ["inside"]
    assert len(list((folder / "inside").iterdir())) == 1


@pytest.mark.parametrize("key", ["", "x" * 300])
def test_keys_of_no_length_or_too_long_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(InvalidSetting, match=r"^key "):
        DirectoryModelStore(tmp_path).put(key, b"")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DirectoryModelStore(tmp_path)
    store.put(KEY, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert not store.put(KEY, b"new")
    assert store.get(KEY) == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidSetting, match=r"^path "):
        DirectoryModelStore(tmp_path / "file")
