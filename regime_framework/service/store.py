"""Where trained models outlive a run."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable
from urllib.parse import quote, unquote

from regime_framework.errors import InvalidSetting

__all__ = ["DirectoryModelStore", "ModelStore"]

_SUFFIX = ".regime"
_LONGEST = 200  # bytes of a file name, suffix aside; file systems end at 255

_log = logging.getLogger("regime_framework")


@runtime_checkable
class ModelStore(Protocol):
    """Bytes by key. What comes out is checked by the reader, so a store need not guard it."""

    def get(self, key: str) -> bytes | None:
        """The bytes put under `key`, or None."""
        ...

    def put(self, key: str, data: bytes) -> bool:
        """Keep `data` under `key`; False if it could not be kept."""
        ...

    def keys(self) -> Iterable[str]:
        """All keys."""
        ...

    def delete(self, key: str) -> object:
        """Forget `key`; a key that is not there is no error."""
        ...


class DirectoryModelStore:
    """One file a model in one directory, written whole or not at all.

    Parameters
    ----------
    path : str or path
        Made if it does not exist.

    Raises
    ------
    InvalidSetting
        If `path` is there and is no directory, or cannot be made.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InvalidSetting("path", f"must be a directory that can be written ({error.strerror})", str(path)) from error

    def get(self, key: str) -> bytes | None:
        """The bytes put under `key`, or None."""
        try:
            return self._file(key).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("stored model %s cannot be read: %s", key, error)
            return None

    def put(self, key: str, data: bytes) -> bool:
        """Keep `data` under `key`; False, with a warning, if the disk refuses."""
        target = self._file(key)
        try:
            handle, name = tempfile.mkstemp(dir=self.path, suffix=".part")
        except OSError as error:
            _log.warning("model %s cannot be stored: %s", key, error)
            return False
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(name, target)
        except OSError as error:
            Path(name).unlink(missing_ok=True)
            _log.warning("model %s cannot be stored: %s", key, error)
            return False
        return True

    def keys(self) -> list[str]:
        """All keys, sorted."""
        return sorted(unquote(file.name[: -len(_SUFFIX)]) for file in self.path.glob(f"*{_SUFFIX}"))

    def delete(self, key: str) -> None:
        """Forget `key`; a key that is not there is no error."""
        self._file(key).unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        # Quoting leaves no separator; a dot in front would hide the file, and "." and ".." are no names.
        name = quote(key, safe="").replace(".", "%2E")
        if not 0 < len(name) <= _LONGEST:
            raise InvalidSetting("key", f"must be text of 1 to {_LONGEST} bytes when quoted", key)
        return self.path / (name + _SUFFIX)
