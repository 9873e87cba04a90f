import pytest
from AlgorithmImports import ObjectStore
from hypothesis import given
from hypothesis import strategies as st

from regime_framework import InvalidSetting
from regime_framework.lean import ObjectModelStore
from regime_framework.service import ModelStore

KEYS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@pytest.fixture
def lean_store(tmp_path):
    return ObjectStore(tmp_path)


def test_it_is_a_model_store(lean_store):
    assert isinstance(ObjectModelStore(lean_store), ModelStore)


@given(st.dictionaries(KEYS, st.binary(min_size=1), max_size=4))
def test_any_key_and_any_bytes_come_back(tmp_path_factory, entries):
    store = ObjectModelStore(ObjectStore(tmp_path_factory.mktemp("store")))
    for key, data in entries.items():
        assert store.put(key, data)
    assert store.keys() == sorted(entries)
    assert {key: store.get(key) for key in entries} == entries


def test_what_is_not_there_is_none(lean_store):
    assert ObjectModelStore(lean_store).get("absent") is None
    assert ObjectModelStore(lean_store).delete("absent") is False


def test_deleting(lean_store):
    store = ObjectModelStore(lean_store)
    store.put("a", b"1")
    assert store.delete("a") is True
    assert store.keys() == []


def test_others_keys_are_left_alone(lean_store):
    lean_store.save("notes", "text")
    ObjectModelStore(lean_store, "one").put("a", b"1")
    ObjectModelStore(lean_store, "two").put("b", b"2")
    assert ObjectModelStore(lean_store, "one").keys() == ["a"]
    assert ObjectModelStore(lean_store, "two").keys() == ["b"]


@pytest.mark.parametrize("folder", ["", "a/b", "a.b", "é"])
def test_bad_folder(lean_store, folder):
    with pytest.raises(InvalidSetting, match="folder"):
        ObjectModelStore(lean_store, folder)


@pytest.mark.parametrize("key", ["", "x" * 201, "é" * 100])
def test_a_key_that_lean_would_lose_is_refused(lean_store, key):
    with pytest.raises(InvalidSetting, match="key"):
        ObjectModelStore(lean_store).put(key, b"1")
