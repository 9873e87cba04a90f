"""System.Random with a seed: Knuth's subtractive generator, as .NET keeps it for seeded instances (Net5CompatSeedImpl)."""

from __future__ import annotations

from lean_stubs.clr.border import ClrObject

__all__ = ["Random"]

_LARGEST = 2**31 - 1
_START = 161_803_398


class Random(ClrObject, clr="System"):
    """The same numbers for the same seed as in .NET; without a seed, seed zero."""

    def __init__(self, seed: int = 0) -> None:
        numbers = [0] * 56
        first = _START - (_LARGEST if seed == -(2**31) else abs(seed))
        numbers[55] = first
        current = 1
        place = 0
        for _ in range(1, 55):
            place = place + 21 if place + 21 < 55 else place - 34
            numbers[place] = current
            current = first - current
            if current < 0:
                current += _LARGEST
            first = numbers[place]
        for _ in range(4):
            for k in range(1, 56):
                n = k + 30 if k + 30 < 55 else k - 25
                numbers[k] = _wrapped(numbers[k] - numbers[1 + n])
                if numbers[k] < 0:
                    numbers[k] += _LARGEST
        self._numbers, self._at, self._behind = numbers, 0, 21

    def _sample(self) -> int:
        self._at = self._at + 1 if self._at < 55 else 1
        self._behind = self._behind + 1 if self._behind < 55 else 1
        found = self._numbers[self._at] - self._numbers[self._behind]
        if found == _LARGEST:
            found -= 1
        if found < 0:
            found += _LARGEST
        self._numbers[self._at] = found
        return found

    def next(self, *bounds: int) -> int:
        """next(), next(end) or next(start, end): a whole number below the end."""
        if not bounds:
            return self._sample()
        start, end = (0, bounds[0]) if len(bounds) == 1 else bounds
        return int(self.next_double() * (end - start)) + start

    def next_double(self) -> float:
        """From zero up to one, one not included."""
        return self._sample() * (1.0 / _LARGEST)


def _wrapped(number: int) -> int:
    """To 32 bits, as the generator's arithmetic overflows."""
    return (number + 2**31) % 2**32 - 2**31
