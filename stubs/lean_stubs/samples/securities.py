"""What a sample uses besides equities, by the calls and names in its source."""

from __future__ import annotations

import re

__all__ = ["besides_equities"]

#: In the order in which they are named.
_SIGNS = {
    "futures": (
        r"\badd_future\w*\(",
        r"SecurityType\.FUTURE\b",
        r"\bFuture(Chain|Contract|Universe|s\.)",
        r"Symbol\.create_future",
    ),
    "options": (
        r"\badd_(index_|future_)?option\w*\(",
        r"SecurityType\.(INDEX_|FUTURE_)?OPTION\b",
        r"Symbol\.create_(canonical_)?option",
        r"\boption_chain",
    ),
    "indices": (r"\badd_index\(", r"SecurityType\.INDEX\b"),
    "forex": (r"\badd_forex\(", r"SecurityType\.FOREX\b"),
    "CFDs": (r"\badd_cfd\(", r"SecurityType\.CFD\b"),
    "crypto": (r"\badd_crypto\w*\(", r"SecurityType\.CRYPTO"),
    "custom data": (r"\badd_data\(", r"\(PythonData\)", r"\.download\("),
}


def besides_equities(source: str) -> tuple[str, ...]:
    """Names of the kinds found; comments do not count."""
    code = "\n".join(line.split("#", 1)[0] for line in source.splitlines())
    return tuple(kind for kind, pattern in _SIGNS.items() if re.search("|".join(pattern), code))
