"""An algorithm's name and tags (LEAN: Name, Tags and their kin of Algorithm/QCAlgorithm.cs)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lean_stubs.clr.convert import cannot
from lean_stubs.clr.exceptions import InvalidOperationException

if TYPE_CHECKING:
    from lean_stubs.algorithm.state import AlgorithmState

__all__ = ["NameMembers"]


class NameMembers:
    """Mixin of QCAlgorithm: what is too long is cut, what is empty is left out."""

    _clr: AlgorithmState

    MAX_NAME_AND_TAGS_LENGTH = 200
    MAX_TAGS_COUNT = 100

    @property
    def name(self) -> str:
        return self._clr.name or type(self._clr.user).__name__

    @name.setter
    def name(self, value: str) -> None:
        if not isinstance(value, str):
            raise cannot(value, "System.String")
        if self._clr.locked:
            raise InvalidOperationException("Cannot set algorithm name after it is initialized.")
        if value:
            self._clr.name = value[: self.MAX_NAME_AND_TAGS_LENGTH]

    def set_name(self, name: str) -> None:
        self.name = name

    @property
    def tags(self) -> set[str]:
        return self._clr.tags

    @tags.setter
    def tags(self, value: set[str]) -> None:
        given = [tag for tag in value if tag and tag.strip()]
        if len(given) > self.MAX_TAGS_COUNT:
            self._say_of_tags(
                f"Warning: The tags collection cannot contain more than {self.MAX_TAGS_COUNT} items. It will be truncated."
            )
        self._clr.tags = {tag[: self.MAX_NAME_AND_TAGS_LENGTH] for tag in given[: self.MAX_TAGS_COUNT]}

    def set_tags(self, tags: set[str]) -> None:
        self.tags = tags

    def add_tag(self, tag: str) -> None:
        if not tag or not tag.strip():
            return
        if len(self._clr.tags) >= self.MAX_TAGS_COUNT:
            self._say_of_tags(f"Warning: AddTag({tag}): Unable to add tag. Tags are limited to a maximum of {self.MAX_TAGS_COUNT}.")
            return
        self._clr.tags.add(tag[: self.MAX_NAME_AND_TAGS_LENGTH])

    def _say_of_tags(self, text: str) -> None:
        """One warning for each way to have too many tags."""
        key = "tags_told_" + text[:20]
        if key not in self._clr.extra:
            self._clr.extra[key] = True
            self._clr.log(text)
