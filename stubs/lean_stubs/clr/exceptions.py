"""Exceptions as .NET names them; LEAN's reach Python under these names, never as KeyError or ValueError."""

from __future__ import annotations

import builtins

__all__ = [
    "AggregateException",
    "ArgumentException",
    "ArgumentNullException",
    "ArgumentOutOfRangeException",
    "ArithmeticException",
    "DivideByZeroException",
    "FileNotFoundException",
    "FormatException",
    "IOException",
    "IndexOutOfRangeException",
    "InvalidCastException",
    "InvalidOperationException",
    "KeyNotFoundException",
    "NotImplementedException",
    "NotOffered",
    "NotSupportedException",
    "NullReferenceException",
    "OverflowException",
    "ProcessKilled",
    "RegressionTestException",
    "SystemException",
    "TimeoutException",
]

_NAMESPACE = "System"


class _ClrException(builtins.Exception):
    """System.Exception; shown to Python under the name Exception."""

    __module__ = _NAMESPACE

    @property
    def message(self) -> str:
        return str(self)

    Message = message


_ClrException.__name__ = _ClrException.__qualname__ = "Exception"


class SystemException(_ClrException):
    __module__ = _NAMESPACE


class ArgumentException(SystemException):
    """An argument that breaks a rule; .NET appends the parameter's name to the text."""

    __module__ = _NAMESPACE

    def __init__(self, message: str = "", parameter: str | None = None) -> None:
        super().__init__(f"{message} (Parameter '{parameter}')" if parameter else message)


class ArgumentNullException(ArgumentException):
    __module__ = _NAMESPACE

    def __init__(self, parameter: str = "", message: str = "Value cannot be null.") -> None:
        super().__init__(message, parameter)


class ArgumentOutOfRangeException(ArgumentException):
    __module__ = _NAMESPACE


class ArithmeticException(SystemException):
    __module__ = _NAMESPACE


class DivideByZeroException(ArithmeticException):
    __module__ = _NAMESPACE


class OverflowException(ArithmeticException):
    __module__ = _NAMESPACE


class FormatException(SystemException):
    __module__ = _NAMESPACE


class IndexOutOfRangeException(SystemException):
    __module__ = _NAMESPACE


class InvalidCastException(SystemException):
    __module__ = _NAMESPACE


class InvalidOperationException(SystemException):
    __module__ = _NAMESPACE


class IOException(SystemException):
    __module__ = "System.IO"


class FileNotFoundException(IOException):
    __module__ = "System.IO"


class KeyNotFoundException(SystemException):
    __module__ = "System.Collections.Generic"


class NotImplementedException(SystemException):
    __module__ = _NAMESPACE


class NotSupportedException(SystemException):
    __module__ = _NAMESPACE


class NullReferenceException(SystemException):
    __module__ = _NAMESPACE

    def __init__(self, message: str = "Object reference not set to an instance of an object.") -> None:
        super().__init__(message)


class TimeoutException(SystemException):
    __module__ = _NAMESPACE


class AggregateException(_ClrException):
    __module__ = _NAMESPACE


class RegressionTestException(_ClrException):
    """What LEAN's sample algorithms raise when a check of theirs fails."""

    __module__ = "QuantConnect"


class NotOffered(NotImplementedError):
    """A name that LEAN has and these stubs do not.

    Not an AttributeError, so that ``hasattr`` and ``getattr`` with a default do not hide it.
    """

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__(f"{name} is not in lean-stubs" + (f": {hint}" if hint else ""))
        self.offered_name = name


class ProcessKilled(RuntimeError):
    """A call at which the real engine's process aborts without an exception."""

    def __init__(self, what: str) -> None:
        super().__init__(f"the real engine's process is killed by {what}")
