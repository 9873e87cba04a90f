"""Commands of an algorithm (LEAN: AddCommand, RunCommand, Link and BroadcastCommand of QCAlgorithm.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lean_stubs.algorithm.wrappers import fresh
from lean_stubs.clr.exceptions import NotImplementedException
from lean_stubs.clr.overrides import find, has
from lean_stubs.commands.command import CallbackCommand, CommandResultPacket, fill
from lean_stubs.commands.link import command_link, fields_of

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["CommandMethods"]


class CommandMethods:
    """Mixin of QCAlgorithm."""

    _clr: AlgorithmState

    def _commands(self) -> dict[str, type]:
        known: dict[str, type] = self._clr.extra.setdefault("commands", {})
        return known

    def add_command(self, type: Any) -> None:
        """Let commands of that class run; it needs a ``run(algorithm)`` and takes no arguments to be made."""
        if not has(type(), "run"):
            raise NotImplementedException(f"Command must be fully implemented. Please implement the missing Run on {type.__name__}")
        self._commands()[type.__name__.casefold()] = type

    def run_command(self, command: CallbackCommand) -> CommandResultPacket:
        """Run an added command; what it raises is logged once for each kind."""
        state, kind = self._clr, self._commands().get(command.type.casefold())
        result = None
        if kind is None:
            self._say_once(command.type, f"Detected unregistered command type '{command.type}', will be ignored")
        else:
            try:
                made = kind()
                if command.payload:
                    if hasattr(made, "payload_data"):
                        made.payload_data = command.payload
                    fill(made, command.payload)
                result = find(made, "run")(fresh(state))
            except Exception as error:
                self._say_once(command.type, f"Unexpected error running command '{command.type}' error: '{error}'")
        packet = CommandResultPacket(command, result)
        packet.command_name = command.type
        return packet

    def _say_once(self, kind: str, text: str) -> None:
        said: set[str] = self._clr.extra.setdefault("command_errors", set())
        if kind not in said:
            said.add(kind)
            self._clr.log(text)

    def link(self, command: Any) -> str:
        """The web address that runs a command in a live project."""
        kind = type(command).__name__
        project = int(self._clr.extra.get("project_id", 0))
        return command_link(project, command, kind if kind.casefold() in self._commands() else None)

    def broadcast_command(self, command: Any) -> Any:
        """Live only: a backtest sends nothing."""
        fields_of(command)
        if not self._clr.extra.get("broadcast_told"):
            self._clr.extra["broadcast_told"] = True
            self._clr.debug("Warning: sending broadcast commands is disabled in backtesting")
        return None
