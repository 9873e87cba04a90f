"""System.Object."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.border import ClrObject

__all__ = ["Object"]


class Object(ClrObject, clr="System"):
    """Base of all that .NET has."""

    @staticmethod
    def reference_equals(obj_a: Any, obj_b: Any) -> bool:
        """Whether both are the same object."""
        return obj_a is obj_b
