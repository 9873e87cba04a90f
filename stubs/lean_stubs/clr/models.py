"""Members that LEAN's models inherit from BasePythonWrapper and show to Python."""

from __future__ import annotations

from typing import Any

from lean_stubs.clr.border import ClrObject
from lean_stubs.clr.overrides import find, has

__all__ = ["PythonModelBase"]


class PythonModelBase(ClrObject, clr="QuantConnect.Python"):
    """Base of alpha, execution and universe selection models."""

    _python_instance: Any = None

    @property
    def instance(self) -> Any:
        """The Python object that the engine calls; None before the model is set on an algorithm."""
        return self._python_instance

    def set_python_instance(self, instance: Any, validate_interface: bool = True) -> None:
        self._python_instance = instance

    def has_attr(self, name: str) -> bool:
        return self._python_instance is not None and has(self._python_instance, name)

    def get_property(self, property_name: str) -> Any:
        return getattr(self._python_instance, property_name)

    def set_property(self, property_name: str, value: Any) -> None:
        setattr(self._python_instance, property_name, value)

    def get_method(self, method_name: str, python_only: bool = False) -> Any:
        return find(self._python_instance, method_name)

    def invoke_method(self, method_name: str, *arguments: Any) -> Any:
        return find(self._python_instance, method_name)(*arguments)

    def dispose(self) -> None:
        return None
