"""Places where securities are traded (LEAN: Common/Exchange.cs)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from lean_stubs.clr import ClrObject
from lean_stubs.common.enums import SecurityType

__all__ = ["Exchange"]


class Exchange(ClrObject, clr="QuantConnect"):
    """Two of one code, market and kinds of securities are equal; as text an exchange is its name."""

    _pascal: ClassVar[dict[str, str]] = {"C_2": "C2"}

    def __init__(self, name: str, code: str, description: str, market: str, *security_types: SecurityType) -> None:
        self._name, self._code, self._description, self._market = name, code or name, description, market
        self._types = list(security_types)

    @property
    def name(self) -> str:
        return self._name

    @property
    def code(self) -> str:
        return self._code

    @property
    def description(self) -> str:
        return self._description

    @property
    def market(self) -> str:
        return self._market

    @property
    def security_types(self) -> list[SecurityType]:
        return list(self._types)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, str):
            return self._name == other
        if other is None:
            return self is _UNKNOWN
        if not isinstance(other, Exchange):
            return False
        mine, theirs = set(map(int, self._types)), set(map(int, other._types))
        return (self._code, self._market, mine) == (other._code, other._market, theirs)

    def __hash__(self) -> int:
        return hash((self._code, self._market))

    def __str__(self) -> str:
        return self._name


def _known() -> dict[str, Exchange]:
    found = {}
    for line in (Path(__file__).parent / "exchanges.txt").read_text(encoding="utf-8").splitlines()[1:]:
        net, name, code, description, market, kinds = line.split("|")
        types: list[Any] = [getattr(SecurityType, kind) for kind in kinds.split(",") if kind]
        found[net] = Exchange(name, code, description, market, *types)
    return found


_CONSTANTS = _known()
#: .NET's null is equal to it.
_UNKNOWN = _CONSTANTS["UNKNOWN"]
#: Constants under .NET's names and Python's.
for _net, _exchange in _CONSTANTS.items():
    for _spelling in (_net, "C_2" if _net == "C2" else _net.upper()):
        type.__setattr__(Exchange, _spelling, _exchange)
