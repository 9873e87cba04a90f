"""Numbers and spans as .NET's invariant culture writes them."""

from __future__ import annotations

from datetime import timedelta

__all__ = ["number_text", "rounded", "span_text"]


def number_text(value: float) -> str:
    """A double in its shortest form, without a trailing ".0"."""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(text, text)


def rounded(value: float, digits: int) -> float:
    """Math.Round: halves go to the even neighbour."""
    return round(value, digits)


def span_text(span: timedelta) -> str:
    """TimeSpan.ToString(): [-][d.]hh:mm:ss[.fffffff]."""
    sign, span = ("-", -span) if span < timedelta(0) else ("", span)
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    days = f"{span.days}." if span.days else ""
    fraction = f".{span.microseconds:06d}0" if span.microseconds else ""
    return f"{sign}{days}{hours:02d}:{minutes:02d}:{seconds:02d}{fraction}"
