"""One training a key, whoever asks and however many at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from regime_framework.errors import FitError

__all__ = ["Answer", "TrainingDesk"]

Key = TypeVar("Key")
Item = TypeVar("Item")
Result = TypeVar("Result")

_log = logging.getLogger("regime_framework")


@dataclass(frozen=True, slots=True)
class Answer(Generic[Result]):
    """What came of one request.

    Parameters
    ----------
    result : object
        The model, or why there is none.
    source : str
        "cache" for what was there, "shared" for another thread's work, "made" for what this call made.
    """

    result: Result
    source: str


@dataclass(slots=True)
class _Ticket:
    done: threading.Event = field(default_factory=threading.Event)
    result: Any = None
    error: BaseException | None = None


class TrainingDesk(Generic[Key, Item, Result]):
    """Hands out what the cache holds and has the rest made, once.

    Work runs outside the lock. A caller first finishes what it has claimed itself and only then waits for others,
    so that two callers can never wait for each other.

    Parameters
    ----------
    cache : MutableMapping
        Any mapping with cachetools' interface; it is the user's code, so what it raises costs a training and no more.
        Use :meth:`of` to share the desk of a cache.
    """

    def __init__(self, cache: MutableMapping[Any, Any]) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._under_way: dict[Key, _Ticket] = {}
        self._complained = False

    @classmethod
    def of(cls, cache: MutableMapping[Any, Any]) -> TrainingDesk[Any, Any, Any]:
        """The desk of this cache, made on first asking: who shares a cache trains a key once among all."""
        with _DESKS_LOCK:
            desk = _DESKS.get(id(cache))
            if desk is None:
                desk = _DESKS[id(cache)] = cls(cache)
            return desk

    def obtain(
        self,
        requests: Sequence[tuple[Key, Item]],
        make: Callable[[Sequence[tuple[Key, Item]]], Sequence[Result]],
        keep: Callable[[Result], bool] = lambda _: True,
    ) -> list[Answer[Result]]:
        """One answer a request, in their order.

        Parameters
        ----------
        requests : sequence of (key, item)
        make : callable
            Makes results for those that nobody else has or is making.
        keep : callable
            Whether a result may be cached.

        Raises
        ------
        FitError
            If another thread was to make a result and was interrupted. What `make` itself raises goes through,
            here and to every thread that waits for it; nothing is cached then.
        """
        answers: dict[Key, Answer[Result]] = {}
        mine: dict[Key, tuple[_Ticket, Item]] = {}
        others: dict[Key, _Ticket] = {}
        with self._lock:
            for key, item in requests:
                if key in answers or key in mine or key in others:
                    continue
                held = self._held(key)
                if held is not None:
                    answers[key] = Answer(held, "cache")
                elif key in self._under_way:
                    others[key] = self._under_way[key]
                else:
                    mine[key] = (_Ticket(), item)
                    self._under_way[key] = mine[key][0]
        if mine:
            answers.update(self._make(mine, make, keep))
        for key, ticket in others.items():
            ticket.done.wait()
            if isinstance(ticket.error, Exception):
                raise ticket.error
            if ticket.error is not None:
                raise FitError(f"the training of {key} was interrupted in another thread") from ticket.error
            answers[key] = Answer(ticket.result, "shared")
        return [answers[key] for key, _ in requests]

    def _make(
        self,
        mine: dict[Key, tuple[_Ticket, Item]],
        make: Callable[[Sequence[tuple[Key, Item]]], Sequence[Result]],
        keep: Callable[[Result], bool],
    ) -> dict[Key, Answer[Result]]:
        error: BaseException | None = None
        results: Sequence[Result] = ()
        try:
            results = make([(key, item) for key, (_, item) in mine.items()])
            made = dict(zip(mine, results, strict=True))
        except BaseException as raised:  # the waiters must wake whatever it was; it is raised again
            error = raised
            raise
        finally:
            with self._lock:
                for key, (ticket, _) in mine.items():
                    del self._under_way[key]
                    if error is None:
                        ticket.result = made[key]
                        if keep(made[key]):
                            self._put(key, made[key])
                    else:
                        ticket.error = error
                    ticket.done.set()
        return {key: Answer(result, "made") for key, result in made.items()}

    def _held(self, key: Key) -> Result | None:
        try:
            held: Result | None = self._cache.get(key)
        except Exception as error:
            self._complain("cannot be read", error)
            return None
        return held

    def _put(self, key: Key, result: Result) -> None:
        try:
            self._cache[key] = result
        except Exception as error:  # cachetools' own raise ValueError for what is larger than they are
            self._complain("refused a model", error)

    def _complain(self, what: str, error: Exception) -> None:
        if not self._complained:
            self._complained = True
            _log.warning("the model cache %s (%s: %s); it is trained without", what, type(error).__name__, error)


# By identity: most mappings can be neither hashed nor referred to weakly. A desk holds its cache, so an identity is not
# used again while its desk is here.
_DESKS: WeakValueDictionary[int, TrainingDesk[Any, Any, Any]] = WeakValueDictionary()
_DESKS_LOCK = threading.Lock()
