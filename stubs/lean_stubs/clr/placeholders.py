"""Stand-ins for LEAN's classes that the stubs do not offer: naming one is allowed, using it is not."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.exceptions import NotOffered

__all__ = ["MissingClass", "missing"]


class MissingClass(type):
    """A class of LEAN's that is not offered; calling, subclassing, indexing or reading it raises NotOffered."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> MissingClass:
        for base in bases:
            if isinstance(base, MissingClass):
                raise NotOffered(base.__name__)
        return super().__new__(mcls, name, bases, namespace)

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        raise NotOffered(cls.__name__)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise NotOffered(f"{cls.__name__}.{name}")

    def __getitem__(cls, key: Any) -> Any:
        raise NotOffered(cls.__name__)

    def __or__(cls, other: Any) -> Any:
        return cls

    def __ror__(cls, other: Any) -> Any:
        return cls


def missing(name: str) -> MissingClass:
    """The stand-in of that name."""
    return MissingClass(name, (), {"__module__": "QuantConnect"})
