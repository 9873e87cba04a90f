"""Company reports that the user gives beside the data: LEAN's own data hold none, and vendors' are not ours to read.

A JSON file maps companies, by their id ("AAPL R735QTJ8XC9X") or first ticker, to values by the name of the property
("valuation_ratios.pe_ratio"); "*" stands for every company and is overruled by the company's own values.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lean_stubs.data.company_reports import is_report_field
from lean_stubs.data.source import DataProblem

__all__ = ["read_reports"]


def read_reports(path: Path) -> dict[str, dict[str, Any]]:
    """Values by company and property.

    Raises
    ------
    DataProblem
        No such file, no JSON of that shape, or a name that no report has.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise DataProblem(f"company reports in {path} cannot be read: {error}") from None
    if not isinstance(given, Mapping) or not all(isinstance(values, Mapping) for values in given.values()):
        raise DataProblem(f"company reports in {path} must map companies to values by property")
    for company, values in given.items():
        for name in values:
            if not is_report_field(name):
                raise DataProblem(f"company reports in {path}: {company!r} has {name!r}, which no report of LEAN's has")
    return {company: dict(values) for company, values in given.items()}
