"""Texts and bytes that outlive a run, by key (LEAN: ObjectStore on LocalObjectStore)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, overload

import numpy as np

from lean_stubs.clr import ClrObject, array_of
from lean_stubs.clr.convert import no_match
from lean_stubs.clr.events import ClrEvent
from lean_stubs.clr.exceptions import ArgumentException, ArgumentNullException, KeyNotFoundException, NotOffered, ProcessKilled
from lean_stubs.clr.pairs import pair_type

__all__ = ["ObjectStore"]

_Byte: type[int] = type("Byte", (int,), {"__module__": "System"})
_ALLOWED = re.compile(r"\.?[a-zA-Z0-9\\/_#\-$= ]+\.?[a-zA-Z0-9]*")
_DEEPEST = 100
_MAX_SIZE = 10 * 1024**3
_MAX_FILES = 10_000


def _normalized(path: str) -> str:
    return path.lstrip("./\\").replace("\\", "/")


class _OfType:
    """A method that .NET wants a type for in brackets; no type of Python's will do."""

    def __init__(self, name: str, error: Callable[..., Exception]) -> None:
        self._name, self._error = name, error

    def __getitem__(self, kind: Any) -> NoReturn:
        raise NotOffered(f"{self._name}[{getattr(kind, '__name__', kind)}]", "use json and save() or read()")

    def __call__(self, *arguments: Any) -> NoReturn:
        raise self._error(*arguments)


class ObjectStore(ClrObject, clr="QuantConnect.Storage"):
    """Keys name files under a folder; without a folder everything stays in memory.

    Parameters
    ----------
    store
        The folder where entries are kept between runs; None keeps them in memory. LEAN has its own store here.
    _report
        Takes a line when an entry cannot be kept.
    """

    def __init__(self, store: str | Path | None, _report: Callable[[str], None] | None = None) -> None:
        self._root = None if store is None else Path(store)
        self._report = _report or (lambda text: None)
        self._memory: dict[str, bytes] = {}
        self._max_size, self._max_files = _MAX_SIZE, _MAX_FILES
        self._error_raised = ClrEvent()

    # Storage.

    def _file(self, key: str) -> Path | None:
        return None if self._root is None else self._root / key

    def _exists(self, key: str) -> bool:
        if key in self._memory:
            return True
        file = self._file(key)
        try:
            return file is not None and file.is_file()
        except OSError:
            # A name the file system does not take names no file.
            return False

    def _content(self, key: str) -> bytes:
        known = self._memory.get(key)
        if known is None:
            file = self._file(key)
            assert file is not None
            known = self._memory[key] = file.read_bytes()
        return known

    def _all_keys(self) -> list[str]:
        keys = dict.fromkeys(self._memory)
        if self._root is not None and self._root.is_dir():
            keys |= dict.fromkeys(p.relative_to(self._root).as_posix() for p in sorted(self._root.rglob("*")) if p.is_file())
        return list(keys)

    def _size(self, key: str) -> int:
        known = self._memory.get(key)
        if known is not None:
            return len(known)
        file = self._file(key)
        return file.stat().st_size if file is not None and file.is_file() else 0

    def _fits(self, key: str, contents: bytes) -> bool:
        others = [k for k in self._all_keys() if k != key]
        if len(others) + 1 > self._max_files:
            text = f"You have reached the ObjectStore limit for files it can save: {len(others) + 1}/{self._max_files}."
        else:
            size = len(contents) + sum(self._size(k) for k in others)
            if size <= self._max_size:
                return True
            text = f"You have reached the ObjectStore storage capacity limit: {size / 1024**2:g}MB/{self._max_size / 1024**2:g}MB."
        self._report(text)
        return False

    def _store(self, path: Any, contents: bytes) -> bool:
        if path is None:
            raise ArgumentNullException("path")
        if not _ALLOWED.fullmatch(path) or path.count("/") > _DEEPEST or path.count("\\") > _DEEPEST:
            raise ArgumentException(f"LocalObjectStore: path is not supported: '{path}'")
        key = _normalized(path)
        if not self._fits(key, contents):
            return False
        self._memory[key] = contents
        file = self._file(key)
        if file is not None:
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(contents)
            except OSError as err:
                # LEAN persists later and on its own: the caller has got its True already.
                self._report(f"LocalObjectStore.PersistData(): {err}")
        return True

    # What Python sees.

    @property
    def max_size(self) -> int:
        return self._max_size

    @property
    def max_files(self) -> int:
        return self._max_files

    @property
    def keys(self) -> list[str]:
        return self._all_keys()

    @property
    def error_raised(self) -> ClrEvent:
        return self._error_raised

    @error_raised.setter
    def error_raised(self, value: Any) -> None:
        """Taken by ``+=``; the event itself stays."""

    def contains_key(self, path: str) -> bool:
        if path is None:
            raise ArgumentNullException("path")
        return self._exists(_normalized(path))

    def read_bytes(self, path: str) -> Any:
        """An array of bytes; ``bytes(...)`` makes Python's of it.

        Raises
        ------
        KeyNotFoundException
            There is no such key.
        """
        return array_of(_Byte, list(self._read(path)))

    def _read(self, path: Any) -> bytes:
        if path is None:
            raise ArgumentNullException("path")
        key = _normalized(path)
        if not self._exists(key):
            raise KeyNotFoundException(
                f"Object with path '{path}' was not found in the current project. "
                "Please use ObjectStore.ContainsKey(key) to check if an object exists before attempting to read."
            )
        return self._content(key)

    def read(self, path: str, encoding: Any = None) -> str:
        return self._read(path).decode("utf-8", errors="replace")

    read_string = read

    @overload
    def save(self, path: str) -> bool: ...
    @overload
    def save(self, path: str, text: str, encoding: Any = None) -> bool: ...
    def save(self, path: str, *text: Any, **named: Any) -> bool:
        """``save(path, text)``, or ``save(path)`` for a file that was written to ``get_file_path(path)``.

        Returns
        -------
        bool
            False over the limits of size and number.
        """
        given = [*text, *named.values()]
        if not given:
            file = self._file(_normalized(path))
            if file is None or not file.is_file():
                raise ArgumentException(f"There is no file associated with path {path} in '{self.get_file_path(path)}'")
            return self._store(path, file.read_bytes())
        if given[0] is None:
            raise ArgumentNullException("s")
        if not isinstance(given[0], str):
            raise no_match("save", path, *given)
        return self._store(path, given[0].encode())

    def save_string(self, path: str, text: str, encoding: Any = None) -> bool:
        return self.save(path, text)

    def save_bytes(self, path: str, contents: Any) -> bool:
        if isinstance(contents, np.ndarray) or not isinstance(contents, (bytes, bytearray, memoryview, list)):
            # One overload only: the runtime words it differently.
            kinds = f"({type(path)!r}, {type(contents)!r})"
            raise TypeError(f"No method matches given arguments for save_bytes: {kinds}. The expected signature is:")
        return self._store(path, bytes(contents))

    def delete(self, path: str) -> bool:
        if path is None:
            raise ArgumentNullException("path")
        key = _normalized(path)
        known = self._memory.pop(key, None) is not None
        file = self._file(key)
        if file is not None and file.is_file():
            file.unlink()
            return True
        return known

    def get_file_path(self, path: str) -> str:
        key = _normalized(path)
        file = self._file(key)
        if file is None:
            return key
        file.parent.mkdir(parents=True, exist_ok=True)
        return str(file)

    def clear(self) -> None:
        """Forget what is in memory; what is on disk stays."""
        if self._root is not None:
            self._memory.clear()

    @property
    def save_json(self) -> _OfType:
        return _OfType("ObjectStore.save_json", lambda *given: no_match("save_json", *given))

    @property
    def save_xml(self) -> _OfType:
        return _OfType("ObjectStore.save_xml", lambda *given: no_match("save_xml", *given))

    @property
    def read_json(self) -> _OfType:
        return _OfType("ObjectStore.read_json", lambda *given: ProcessKilled("object_store.read_json(key) without a type"))

    @property
    def read_xml(self) -> _OfType:
        return _OfType("ObjectStore.read_xml", lambda *given: ProcessKilled("object_store.read_xml(key) without a type"))

    def __iter__(self) -> Iterator[Any]:
        pair = pair_type("String", "Byte[]")
        return iter([pair(k, array_of(_Byte, list(self._content(k)))) for k in self._all_keys()])
