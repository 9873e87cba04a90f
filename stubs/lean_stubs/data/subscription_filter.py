"""Leaves out what a user's data filter refuses (LEAN: Engine/DataFeeds/Enumerators/SubscriptionFilterEnumerator.cs)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lean_stubs.clr.overrides import find, is_plain_clr
from lean_stubs.data.fill_forward import Moment
from lean_stubs.data.quote_bar import wrap_point

__all__ = ["filtered"]


def filtered(moments: Iterator[Moment], security: Any) -> Iterator[Moment]:
    """The moments that the security's filter accepts; auxiliary data are not asked about."""
    known: Any = None
    accepts: Any = None
    for moment in moments:
        model = security._data_filter
        if model is not known:
            known, accepts = model, None if is_plain_clr(model) else find(model, "filter")
        if accepts is None or moment[1]._is_auxiliary or accepts(security, wrap_point(moment[1])):
            yield moment
