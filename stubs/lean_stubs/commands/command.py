"""Commands of users' own, and the one that carries them (LEAN: Command.cs, CallbackCommand.cs, CommandResultsPacket.cs)."""

from __future__ import annotations

import json
from typing import Any

from lean_stubs.clr import ClrObject
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.clr.overrides import find_python

__all__ = ["BaseCommand", "CallbackCommand", "Command", "CommandResultPacket", "fill"]


class Command(ClrObject, clr="QuantConnect.Commands"):
    """Takes any field; one that it has not is None."""

    _clr_payload = ""
    #: Fields that were set, in sequence.
    _clr_fields: tuple[str, ...] = ()

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        if not name.startswith("_") and name not in self._clr_fields and name != "payload_data":
            object.__setattr__(self, "_clr_fields", (*self._clr_fields, name))

    def __getattr__(self, name: str) -> Any:
        # .NET looks fields up without regard to case.
        for known in self._clr_fields:
            if known.casefold() == name.casefold():
                return object.__getattribute__(self, known)
        try:
            return super().__getattr__(name)  # type: ignore[misc]
        except AttributeError:
            if name.startswith("__"):
                raise
            return None

    @property
    def payload_data(self) -> str:
        """The text that the command came as."""
        return self._clr_payload

    @payload_data.setter
    def payload_data(self, value: str) -> None:
        object.__setattr__(self, "_clr_payload", value)

    def get_property(self, name: str) -> Any:
        return getattr(self, name, None)

    def set_property(self, name: str, value: Any) -> Any:
        setattr(self, name, value)
        return value

    def run(self, algorithm: Any) -> bool | None:
        raise NotImplementedException("Please implement the 'def run(algorithm) -> bool | None:' method")

    def __str__(self) -> str:
        return self._clr_payload or json.dumps({name: getattr(self, name) for name in self._clr_fields})


class CommandResultPacket(ClrObject, clr="QuantConnect.Commands"):
    """What came of a command; None says nothing."""

    def __init__(self, command: Any, success: bool | None) -> None:
        self._success, self._name = success, type(command).__name__

    @property
    def success(self) -> bool | None:
        return self._success

    @success.setter
    def success(self, value: bool | None) -> None:
        self._success = value

    @property
    def command_name(self) -> str:
        return self._name

    @command_name.setter
    def command_name(self, value: str) -> None:
        self._name = value


class BaseCommand(ClrObject, clr="QuantConnect.Commands"):
    """A command that comes from outside."""

    _id = ""

    @property
    def id(self) -> str:
        return self._id

    @id.setter
    def id(self, value: str) -> None:
        self._id = value

    def run(self, algorithm: Any) -> CommandResultPacket:
        raise NotImplementedException("BaseCommand.run must be implemented.")


class CallbackCommand(BaseCommand, clr="QuantConnect.Commands"):
    """A command of the algorithm's: one that was added, by its type, or any for ``on_command``."""

    _type = _payload = ""

    @property
    def type(self) -> str:
        return self._type

    @type.setter
    def type(self, value: str) -> None:
        self._type = value

    @property
    def payload(self) -> str:
        return self._payload

    @payload.setter
    def payload(self, value: str) -> None:
        self._payload = value

    def run(self, algorithm: Any) -> CommandResultPacket:
        if self._type:
            result: CommandResultPacket = algorithm.run_command(self)
            return result
        command = None
        if self._payload:
            command = Command()
            fill(command, self._payload)
        handler = find_python(algorithm._clr.user, "on_command")
        return CommandResultPacket(self, None if handler is None else handler(command))

    def __str__(self) -> str:
        return self._type or "OnCommand"


def fill(command: Any, payload: str) -> None:
    """Set the fields of a JSON object on a command."""
    for name, value in json.loads(payload).items():
        setattr(command, name, value)
