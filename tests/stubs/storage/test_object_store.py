"""Keys, limits and persistence of the object store, as the real engine answered (ApiProbe, lean-semantics 6)."""

import gc
import tempfile
from pathlib import Path

import numpy as np
import pytest
from AlgorithmImports import QCAlgorithm
from hypothesis import given
from hypothesis import strategies as st
from lean_stubs import FakeData, run_algorithm
from lean_stubs.clr.exceptions import ArgumentException, ArgumentNullException, KeyNotFoundException, ProcessKilled
from lean_stubs.storage import ObjectStore

GOOD = ["a", "probe/a.json", ".hidden/x", "a b/c=d$#-_.txt", "/x", "a//b", "back\\slash.bin", "x."]
BAD = ["", "model.v1.json", "dir.x/c", "../x", "é", "a:b", "a,b", "a%b", "a+b", "a@b", "a(b)", "a'b", "a~b", "a.b c"]


@pytest.mark.parametrize("key", GOOD)
def test_accepted_keys_read_back(tmp_path, key):
    store = ObjectStore(tmp_path)
    assert store.save(key, "text")
    assert store.contains_key(key)
    assert store.read(key) == "text"


@pytest.mark.parametrize("key", BAD)
def test_refused_keys_raise(tmp_path, key):
    with pytest.raises(ArgumentException, match="path is not supported"):
        ObjectStore(tmp_path).save(key, "text")


def test_leading_dots_slashes_and_backslashes_are_normalised(tmp_path):
    store = ObjectStore(tmp_path)
    store.save("/a\\b.txt", "x")
    assert store.keys == ["a/b.txt"]
    assert store.read("a/b.txt") == store.read("../a/b.txt") == "x"


def test_another_run_reads_what_was_saved(tmp_path):
    ObjectStore(tmp_path).save("regime/SPY", "é 中")
    assert ObjectStore(tmp_path).read("regime/SPY") == "é 中"


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, list])
def test_bytes_of_every_kind(tmp_path, kind):
    store = ObjectStore(tmp_path)
    assert store.save_bytes("b.bin", kind(b"\x00\x01\xff"))
    answer = store.read_bytes("b.bin")
    assert (type(answer).__name__, bytes(answer)) == ("Byte[]", b"\x00\x01\xff")


def test_an_array_is_no_bytes(tmp_path):
    with pytest.raises(TypeError, match="No method matches"):
        ObjectStore(tmp_path).save_bytes("b.bin", np.zeros(3, dtype=np.uint8))


def test_missing_keys(tmp_path):
    store = ObjectStore(tmp_path)
    with pytest.raises(KeyNotFoundException, match="was not found"):
        store.read("none.json")
    with pytest.raises(ArgumentNullException):
        store.read(None)
    assert not store.delete("none.json")


def test_only_text_is_saved(tmp_path):
    store = ObjectStore(tmp_path)
    with pytest.raises(ArgumentNullException, match="'s'"):
        store.save("a", None)
    for value in (1, {"a": 1}):
        with pytest.raises(TypeError, match="No method matches"):
            store.save("a", value)
    with pytest.raises(TypeError, match="No method matches"):
        store.save_json("a", {"a": 1})
    with pytest.raises(ProcessKilled):
        store.read_json("a")


def test_delete_removes_memory_and_file(tmp_path):
    store = ObjectStore(tmp_path)
    store.save("a.txt", "x")
    assert store.delete("a.txt")
    assert not store.contains_key("a.txt")
    assert not (tmp_path / "a.txt").exists()


def test_clear_keeps_what_is_on_disk(tmp_path):
    store = ObjectStore(tmp_path)
    store.save("a.txt", "x")
    store.clear()
    assert (store.keys, store.read("a.txt")) == (["a.txt"], "x")


def test_a_name_that_is_too_long_is_lost_without_a_word(tmp_path):
    said = []
    store = ObjectStore(tmp_path, said.append)
    key = "probe/" + "k" * 300
    assert store.save(key, "x")
    assert store.read(key) == "x"
    assert len(said) == 1
    assert not ObjectStore(tmp_path).contains_key(key)


def test_limits_of_number_and_size(tmp_path):
    store = ObjectStore(tmp_path)
    store._max_files = 2
    assert [store.save(k, "x") for k in ("a", "b", "c", "a")] == [True, True, False, True]
    store._max_size = 3
    assert [store.save("a", "xx"), store.save("a", "xxx")] == [True, False]
    assert (ObjectStore(None).max_files, ObjectStore(None).max_size) == (10_000, 10 * 1024**3)


def test_a_file_written_by_path_is_stored(tmp_path):
    store = ObjectStore(tmp_path)
    with pytest.raises(ArgumentException, match="no file"):
        store.save("model.bin")
    with open(store.get_file_path("model.bin"), "w") as file:
        file.write("weights")
    assert store.save("model.bin")
    assert store.read("model.bin") == "weights"


def test_iteration_and_membership_are_those_of_dotnet(tmp_path):
    store = ObjectStore(tmp_path)
    store.save("a", "x")
    assert [type(pair).__name__ for pair in store] == ["KeyValuePair[String,Byte[]]"]
    assert "a" not in store


@given(st.text(max_size=30))
def test_any_key_is_stored_or_refused(key):
    store = ObjectStore(None)
    try:
        store.save(key, "x")
    except ArgumentException:
        return
    assert store.read(key) == "x"


def test_a_store_that_nobody_asked_for_is_gone_with_its_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    class Saves(QCAlgorithm):
        def initialize(self) -> None:
            self.object_store.save("key", "value")
            self.found = list(tmp_path.iterdir())

    result = run_algorithm(Saves, FakeData("2019-01-01", "2019-01-10").flat("SPY"))
    assert len(result.algorithm.found) == 1
    del result
    gc.collect()
    assert not list(tmp_path.iterdir())
