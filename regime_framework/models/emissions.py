"""Densities of a variance proxy given the regime's variance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from regime_framework.config import EmissionName

__all__ = ["CLOSE_MENU", "GAUSSIAN", "RANGE_MENU", "Emission", "menu"]


@dataclass(frozen=True, slots=True)
class Emission:
    """Scaled F density of a variance proxy v with mean `lam`, ``v / lam ~ F(nu, eta) * (eta - 2) / eta``.

    Parameters
    ----------
    nu : float
        Degrees of freedom of the proxy: 1 for a squared return, 4 to 7 for a day's range.
    eta : float
        Tail weight: infinity gives the Gamma density; with ``nu = 1`` that is a Gaussian return, and a finite `eta`
        a Student t return with `eta` degrees of freedom and variance `lam`.
    """

    nu: float
    eta: float

    @property
    def name(self) -> str:
        """Its family: "gaussian", "student_t", "gamma" or "f"."""
        light = math.isinf(self.eta)
        if self.nu == 1.0:
            return "gaussian" if light else "student_t"
        return "gamma" if light else "f"

    @property
    def constant(self) -> float:
        """The part of the log density that depends on neither v nor lam, without (nu/2 - 1) log v."""
        nu, eta = self.nu, self.eta
        if math.isinf(eta):
            return nu / 2 * math.log(nu / 2) - math.lgamma(nu / 2)
        return nu / 2 * math.log(nu / (eta - 2)) - (math.lgamma(nu / 2) + math.lgamma(eta / 2) - math.lgamma((nu + eta) / 2))


GAUSSIAN: Final = Emission(1.0, math.inf)
CLOSE_MENU: Final = (GAUSSIAN, Emission(1.0, 5.0))
RANGE_MENU: Final = (
    Emission(2.0, math.inf),
    Emission(4.0, math.inf),
    Emission(7.0, math.inf),
    Emission(4.0, 6.0),
    Emission(7.0, 6.0),
    Emission(7.0, 12.0),
)


def menu(ranged: bool, emission: EmissionName) -> tuple[Emission, ...]:
    """Densities among which the evidence decides."""
    offered = RANGE_MENU if ranged else CLOSE_MENU
    if emission == "auto":
        return offered
    return tuple(e for e in offered if math.isinf(e.eta) == (emission == "gaussian"))
