"""Modules of LEAN's models that are not offered name themselves."""

from __future__ import annotations

import importlib
from pathlib import Path

import AlgorithmImports  # noqa: F401  # puts LEAN's module names on the path
import lean_stubs
import pytest
from lean_stubs.clr.missing_modules import MISSING

MODELS = Path(lean_stubs.__file__).parent / "framework_modules"


@pytest.mark.parametrize("name", sorted(MISSING))
def test_importing_one_says_that_it_is_not_offered(name: str) -> None:
    with pytest.raises(NotImplementedError, match=f"module {name} is not in lean-stubs"):
        importlib.import_module(name)
    assert not (MODELS / (name.replace(".", "/") + ".py")).exists()


def test_a_module_that_lean_does_not_have_is_not_found() -> None:
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("Portfolio.NoSuchModel")
