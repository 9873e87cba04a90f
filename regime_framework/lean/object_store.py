"""Trained models in LEAN's object store."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from regime_framework.errors import InvalidSetting

if TYPE_CHECKING:
    from AlgorithmImports import ObjectStore

__all__ = ["ObjectModelStore"]

_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]")
_LONGEST: Final = 200  # of a file name on common systems 255; a longer one is lost without a word


class ObjectModelStore:
    """A model store on ``algorithm.object_store``.

    Parameters
    ----------
    object_store : ObjectStore
    folder : str, default "regime-framework"
        Keys of ours start with this and a slash; letters, digits, "_" and "-".

    Notes
    -----
    LEAN allows few characters in keys and one dot at most, so every other character is written as "=" and two hex
    digits of its UTF-8 bytes.
    """

    def __init__(self, object_store: ObjectStore, folder: str = "regime-framework") -> None:
        if not isinstance(folder, str) or not folder or not all(_PLAIN.fullmatch(letter) for letter in folder):
            raise InvalidSetting("folder", "must be made of letters, digits, '_' and '-'", folder)
        self._store: Any = object_store
        self._prefix = f"{folder}/"

    def get(self, key: str) -> bytes | None:
        """What was stored, or None."""
        path = self._path(key)
        # The engine raises its own error on a missing key, which is no KeyError.
        return bytes(self._store.read_bytes(path)) if self._store.contains_key(path) else None

    def put(self, key: str, data: bytes) -> bool:
        """Store; False where the store is full."""
        return bool(self._store.save_bytes(self._path(key), data))

    def delete(self, key: str) -> bool:
        """Remove; False where there was nothing."""
        path = self._path(key)
        return bool(self._store.contains_key(path)) and bool(self._store.delete(path))

    def keys(self) -> Iterable[str]:
        """Keys of ours, sorted."""
        stored = (str(path).lstrip("/") for path in self._store.keys)
        return sorted(_decoded(path[len(self._prefix) :]) for path in stored if path.startswith(self._prefix))

    def _path(self, key: str) -> str:
        name = "".join(c if _PLAIN.fullmatch(c) else "".join(f"={byte:02X}" for byte in c.encode()) for c in key)
        if not name or len(name) > _LONGEST:
            raise InvalidSetting("key", f"must not be empty, nor longer than {_LONGEST} characters when written for LEAN", key)
        return self._prefix + name


def _decoded(name: str) -> str:
    return re.sub(rb"=([0-9A-F]{2})", lambda match: bytes.fromhex(match[1].decode()), name.encode()).decode()
