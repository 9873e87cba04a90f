"""Company reports that LEAN's regression tests serve, read from its repository (LEAN: Tests, TestFundamentalDataProvider.cs).

The expected statistics of LEAN's samples were made with them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lean_stubs.clr.casing import to_snake

__all__ = ["provided_reports"]

_FILE = Path("Tests") / "Common" / "Data" / "Fundamental" / "TestFundamentalDataProvider.cs"
_TABLE = re.compile(r"Dictionary<string, (?P<kind>\w+)> (?P<name>\w+) = new\(\)\s*\{(?P<rows>.*?)\n\s*\};", re.DOTALL)
_ROW = re.compile(r'\{\s*"(?P<company>[^"]+)",\s*(?P<value>[^}]+?)\s*\}')
_CASE = re.compile(r'case "(?P<property>\w+)":(?P<body>.*?)(?=case "|return null;)', re.DOTALL)
_LOOKUP = re.compile(r"(?P<name>\w+)\.TryGetValue")
_ONE = re.compile(r'\.Symbol == "(?P<ticker>\w+)"\)\s*\{\s*return (?P<value>[^;]+);')
_OTHERWISE = re.compile(r"return (?P<value>[^;]+);\s*$")


def _value(text: str) -> Any:
    """A C# literal."""
    text = text.strip()
    if text == "string.Empty":
        return ""
    if text.startswith('"'):
        return text.strip('"')
    number = float(text.rstrip("dLm"))
    return number if "." in text or text.endswith("d") else int(text.rstrip("L"))


def _property(name: str) -> str:
    """``ValuationRatios_PERatio`` as Python says it: ``valuation_ratios.pe_ratio``."""
    return ".".join(to_snake(part) for part in name.split("_"))


def provided_reports(lean: Path) -> dict[str, dict[str, Any]]:
    """Values by company and property, "*" for what is said of every other company; empty without the file."""
    file = lean / _FILE
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8-sig")
    tables = {m["name"]: {r["company"]: _value(r["value"]) for r in _ROW.finditer(m["rows"])} for m in _TABLE.finditer(text)}
    found: dict[str, dict[str, Any]] = {"*": {}}
    for case in _CASE.finditer(text):
        name, body = _property(case["property"]), case["body"]
        otherwise = _OTHERWISE.search(body.rstrip(" }\r\n"))
        if otherwise is not None:
            found["*"][name] = _value(otherwise["value"])
        lookup, one = _LOOKUP.search(body), _ONE.search(body)
        values = tables.get(lookup["name"], {}) if lookup is not None else {}
        if one is not None:
            values = {one["ticker"]: _value(one["value"])}
        for company, value in values.items():
            found.setdefault(company, {})[name] = value
    return found
