"""What LEAN's launcher is configured with: the parameters that the samples are run with (LEAN: Launcher/config.json)."""

from __future__ import annotations

import json
import re
from pathlib import Path

__all__ = ["launcher_parameters"]

_BLOCK = re.compile(r'"parameters"\s*:\s*(\{[^{}]*\})')
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


def launcher_parameters(lean: Path) -> dict[str, str]:
    """Parameters that are not empty; none without the file."""
    file = lean / "Launcher" / "config.json"
    if not file.is_file():
        return {}
    found = _BLOCK.search(_COMMENT.sub("", file.read_text(encoding="utf-8-sig")))
    given = {} if found is None else json.loads(found.group(1))
    return {name: str(value) for name, value in given.items() if str(value)}
