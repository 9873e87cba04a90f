"""Securities that came and went (LEAN: Common/Data/UniverseSelection/SecurityChanges.cs)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import SecurityType

__all__ = ["SecurityChanges"]


class SecurityChanges(ClrObject, clr="QuantConnect.Data.UniverseSelection"):
    """Users see it without internal and custom securities, sorted by symbol."""

    NONE: SecurityChanges

    def __init__(self, changes: SecurityChanges) -> None:
        self._begin(changes._added, changes._removed, changes._internal_added, changes._internal_removed)

    @classmethod
    def _of(
        cls,
        additions: Iterable[Any] = (),
        removals: Iterable[Any] = (),
        internal_additions: Iterable[Any] = (),
        internal_removals: Iterable[Any] = (),
    ) -> SecurityChanges:
        made = object.__new__(cls)
        made._begin(additions, removals, internal_additions, internal_removals)
        return made

    def _begin(self, added: Iterable[Any], removed: Iterable[Any], internal_added: Any, internal_removed: Any) -> None:
        self._added, self._removed = list(added), list(removed)
        self._internal_added, self._internal_removed = list(internal_added), list(internal_removed)
        self._filter_custom = self._filter_internal = False

    @staticmethod
    def create(
        additions: Iterable[Any],
        removals: Iterable[Any],
        internal_additions: Iterable[Any],
        internal_removals: Iterable[Any],
    ) -> SecurityChanges:
        made = SecurityChanges._of(additions, removals, internal_additions, internal_removals)
        return SecurityChanges.NONE if made._is_none else made

    @property
    def _is_none(self) -> bool:
        return not (self._added or self._removed or self._internal_added or self._internal_removed)

    def _for_user(self) -> SecurityChanges:
        """What on_securities_changed gets."""
        shown = SecurityChanges._of(self._added, self._removed, self._internal_added, self._internal_removed)
        shown._filter_custom = shown._filter_internal = True
        return shown

    def __add__(self, other: SecurityChanges) -> SecurityChanges:
        """Both together; what was added does not count as removed."""
        if self._is_none:
            return other
        if other._is_none:
            return self
        added, internal = _union(self._added, other._added), _union(self._internal_added, other._internal_added)
        there = {id(security) for security in (*added, *internal)}
        removed, internal_removed = (
            [s for s in _union(first, second) if id(s) not in there]
            for first, second in ((self._removed, other._removed), (self._internal_removed, other._internal_removed))
        )
        return SecurityChanges._of(added, removed, internal, internal_removed)

    def _shown(self, own: list[Any], internal: list[Any]) -> list[Any]:
        found = own if self._filter_internal else own + internal
        if self._filter_custom:
            found = [s for s in found if s.symbol.security_type != SecurityType.BASE]
        return sorted(found, key=lambda s: s.symbol.value)

    @property
    def added_securities(self) -> list[Any]:
        return self._shown(self._added, self._internal_added)

    @property
    def removed_securities(self) -> list[Any]:
        return self._shown(self._removed, self._internal_removed)

    @property
    def count(self) -> int:
        return len(self.added_securities) + len(self.removed_securities)

    @property
    def filter_custom_securities(self) -> bool:
        return self._filter_custom

    @filter_custom_securities.setter
    def filter_custom_securities(self, value: bool) -> None:
        self._filter_custom = value

    @property
    def filter_internal_securities(self) -> bool:
        return self._filter_internal

    @filter_internal_securities.setter
    def filter_internal_securities(self, value: bool) -> None:
        self._filter_internal = value

    def __str__(self) -> str:
        if self._is_none:
            return "SecurityChanges: None"
        added, removed = (",".join(str(s.symbol.id) for s in found) for found in (self.added_securities, self.removed_securities))
        return "SecurityChanges: " + (f" Added: {added}" if added else "") + (f" Removed: {removed}" if removed else "")


def _union(first: list[Any], second: list[Any]) -> list[Any]:
    merged = list(first)
    for security in second:
        if not any(known is security for known in merged):
            merged.append(security)
    return merged


SecurityChanges.NONE = SecurityChanges._of()
