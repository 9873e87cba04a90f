"""Both spellings of the methods that users override or call: LEAN's classes answer to snake_case and to PascalCase."""

from __future__ import annotations

from typing import Final

__all__ = ["spell_both_ways"]

_PACKAGE: Final = __name__.partition(".")[0]


def spell_both_ways(kind: type) -> None:
    """Give a class below one of ours the other spelling of each method that it overrides.

    The engine looks for the snake_case name first, so a method of ours would beat a user's PascalCase one, and the other
    way round at ``super()``. Every class therefore carries both names.

    Parameters
    ----------
    kind : type
        A class that has just been made. Names that only LEAN's classes have are left alone: they need no help, and
        setting them is refused.
    """
    own = dict(vars(kind))
    ours = [vars(base) for base in kind.__mro__[1:] if base.__module__.partition(".")[0] == _PACKAGE]
    for name in own:
        other = _other(name)
        if other not in own and any(name in base and other in base for base in ours):
            setattr(kind, other, own[name])


def _other(name: str) -> str:
    if name[:1].isupper():
        return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    return "".join(part.capitalize() for part in name.split("_"))
