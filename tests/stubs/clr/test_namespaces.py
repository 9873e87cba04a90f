""".NET namespaces and LEAN's module names can be imported."""

from __future__ import annotations

import importlib

import AlgorithmImports
import pytest
from lean_stubs.clr import NotOffered


def test_namespaces_hold_their_classes():
    from QuantConnect.Algorithm.Framework.Alphas import AlphaModel
    from QuantConnect.Algorithm.Framework.Portfolio import PortfolioConstructionModelPythonWrapper
    from QuantConnect.Orders import OrderEvent
    from System.Collections.Generic import KeyNotFoundException

    assert AlphaModel is AlgorithmImports.AlphaModel
    assert PortfolioConstructionModelPythonWrapper is AlgorithmImports.PortfolioConstructionModelPythonWrapper
    assert OrderEvent is AlgorithmImports.OrderEvent
    assert [c.__name__ for c in KeyNotFoundException.__mro__[1:4]] == ["SystemException", "Exception", "Exception"]


def test_a_namespace_or_class_that_is_not_offered_says_so():
    for namespace, name in [("QuantConnect.Securities", "Crypto"), ("QuantConnect.Lean.Engine.DataFeeds", "ApiDataProvider")]:
        with pytest.raises(NotOffered, match=f"{name} is not in lean-stubs"):
            getattr(importlib.import_module(namespace), name)()
    with pytest.raises(NotOffered, match=r"namespace System\.Threading"):
        importlib.import_module("System.Threading")
    assert "IntrinioConfig" in importlib.import_module("QuantConnect.Data.Custom.Intrinio").__all__


@pytest.mark.parametrize("name", ["QuantConnect.NoSuchNamespace", "QuantConnect.Data.NoSuchNamespace.Deeper"])
def test_a_namespace_that_lean_does_not_have_is_not_found(name):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(name)


def test_the_root_reaches_what_lies_below():
    import QuantConnect

    assert QuantConnect.Resolution is AlgorithmImports.Resolution
    assert QuantConnect.Data.Market.TradeBar is AlgorithmImports.TradeBar
    with pytest.raises(AttributeError):
        _ = QuantConnect.TradeBar


def test_a_class_is_found_under_its_own_namespace_only():
    with pytest.raises(AttributeError):
        _ = importlib.import_module("QuantConnect.Orders").Resolution
    with pytest.raises(AttributeError):
        _ = importlib.import_module("QuantConnect.Orders").NoSuchClass


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("Alphas.ConstantAlphaModel", "ConstantAlphaModel"),
        ("Alphas.EmaCrossAlphaModel", "EmaCrossAlphaModel"),
        ("Alphas.HistoricalReturnsAlphaModel", "HistoricalReturnsAlphaModel"),
        ("Alphas.MacdAlphaModel", "MacdAlphaModel"),
        ("Alphas.RsiAlphaModel", "RsiAlphaModel"),
        ("Execution.ImmediateExecutionModel", "ImmediateExecutionModel"),
        ("Portfolio.EqualWeightingPortfolioConstructionModel", "EqualWeightingPortfolioConstructionModel"),
        ("Portfolio.RiskParityPortfolioConstructionModel", "RiskParityPortfolioConstructionModel"),
        ("Risk.MaximumDrawdownPercentPerSecurity", "MaximumDrawdownPercentPerSecurity"),
        ("Selection.ManualUniverseSelectionModel", "ManualUniverseSelectionModel"),
    ],
)
def test_leans_python_modules_give_python_classes(module, name):
    python_class = getattr(importlib.import_module(module), name)
    compiled = getattr(AlgorithmImports, name, None)
    assert python_class is not compiled
    assert python_class.__module__ == module
