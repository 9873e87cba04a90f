"""The web address that would run a command in a live project (LEAN: Authentication.Link, CommandPythonWrapper.Serialize)."""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from lean_stubs.commands.command import Command

__all__ = ["command_link", "fields_of"]

_API = "https://www.quantconnect.com/api/v2/"


def fields_of(command: Any) -> dict[str, Any]:
    """What a command says, as JSON has it."""
    if isinstance(command, Command):
        # LEAN's own Python: all members that are something and no methods, by their names.
        names = sorted(_class_fields(type(command)) | set(command._clr_fields))
        fields = {name: value for name in names if (value := getattr(command, name))}
    else:
        fields = command if isinstance(command, dict) else vars(command)
    plain: dict[str, Any] = json.loads(json.dumps(fields))
    return plain


def _class_fields(kind: type) -> set[str]:
    """Fields that users' classes set."""
    own = kind.__mro__[: kind.__mro__.index(Command)]
    return {name for base in own for name, value in vars(base).items() if not name.startswith("_") and not callable(value)}


def _text(value: Any) -> str:
    """.NET's text of a JSON value."""
    if isinstance(value, dict):
        return json.dumps(value, indent=2)
    return "" if value is None else str(value)


def _pairs(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield from _pairs(f"{key}[{name}]", part)
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield f"{key}[{place}]", _text(part)
    else:
        yield key, _text(value)


def _escaped(text: str) -> str:
    """LEAN's library (HttpUtility.UrlEncode) writes spaces as plus signs and hexadecimal digits in lower case."""
    # Characters outside the safe ones are percent signs with two digits.
    parts = quote(text, safe="!*() ").replace("~", "%7E").split("%")
    return (parts[0] + "".join(f"%{part[:2].lower()}{part[2:]}" for part in parts[1:])).replace(" ", "+")


def command_link(project: int, command: Any, kind: str | None) -> str:
    """Address for a project's command, of a registered kind if one is given; a backtest's user is 0 and has no token."""
    now = str(int(time.time()))
    token = hashlib.sha256(f":{now}".encode()).hexdigest()
    pairs = [("authorization", base64.b64encode(f"0:{token}".encode()).decode()), ("timestamp", now), ("projectId", str(project))]
    pairs += _pairs("command", fields_of(command))
    if kind is not None:
        pairs.append(("command[$type]", kind))
    query = "&".join(f"{_escaped(key)}={_escaped(value)}" for key, value in pairs)
    return f"{_API}live/commands/create?{query}"
