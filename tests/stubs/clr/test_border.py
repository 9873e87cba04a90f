"""What the runtime between Python and .NET allows and refuses on LEAN's classes."""

from __future__ import annotations

import abc
import copy
import dataclasses
import functools
import pickle
import typing
import weakref

import pytest
from lean_stubs.alphas import AlphaModel
from lean_stubs.clr import NotOffered
from lean_stubs.common import Symbol
from lean_stubs.insights import Insight, InsightCollection
from lean_stubs.portfolio_construction import EqualWeightingPortfolioConstructionModel, PortfolioConstructionModel


class Model(AlphaModel):
    def update(self, algorithm, data):
        return []


def test_pascal_case_names_reach_the_same_members():
    model = Model()
    model.Name = "mine"
    assert model.name == "mine"
    assert InsightCollection().TotalCount == 0
    assert InsightCollection.RemoveExpiredInsights is InsightCollection.remove_expired_insights


def test_pascal_case_call_reaches_the_compiled_method_not_the_python_override():
    with pytest.raises(Exception, match="must implement"):
        Model().Update(None, None)


def test_members_without_a_setter_are_read_only():
    with pytest.raises(TypeError, match="property is read-only"):
        InsightCollection().count = 3


def test_instance_properties_cannot_be_read_on_the_class():
    with pytest.raises(TypeError, match="through a class instance"):
        hasattr(AlphaModel, "name")


def test_a_name_that_lean_has_and_the_stubs_lack_says_so():
    with pytest.raises(NotOffered, match=r"Symbol\.create_option is not in lean-stubs"):
        hasattr(Symbol.EMPTY, "create_option")
    with pytest.raises(NotOffered, match=r"Symbol\.create_future"):
        _ = Symbol.create_future


def test_a_name_that_lean_lacks_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'Symbol' object has no attribute 'no_such'"):
        _ = Symbol.EMPTY.no_such
    with pytest.raises(AttributeError, match=r"has no attribute 'empty' Did you mean: 'EMPTY'\?"):
        _ = Symbol.empty


def test_multiple_inheritance_slots_abc_and_protocol_are_refused():
    class Mixin:
        pass

    with pytest.raises(TypeError, match="multiple inheritance"):
        type("A", (AlphaModel, Mixin), {})
    with pytest.raises(TypeError, match="__slots__"):

        class Slotted(AlphaModel):
            __slots__ = ("x",)

    with pytest.raises(TypeError, match="metaclass conflict"):

        class Abstract(AlphaModel, abc.ABC):
            pass

    with pytest.raises(TypeError, match="metaclass conflict"):

        class Protocolled(AlphaModel, typing.Protocol):
            pass

    merged = type("Merged", (type(AlphaModel), abc.ABCMeta), {})
    with pytest.raises(TypeError, match="metaclass"):

        class WithMerged(AlphaModel, metaclass=merged):
            pass


def test_dataclass_and_cached_property_fail_on_models():
    class Plain(PortfolioConstructionModel):
        percent: float = 0.5

    with pytest.raises(AttributeError, match="attribute is read-only"):
        dataclasses.dataclass(Plain)

    class Cached(AlphaModel):
        @functools.cached_property
        def value(self):
            return 1

    with pytest.raises(TypeError, match="No '__dict__' attribute"):
        _ = Cached().value


def test_hooks_cannot_be_patched_in_from_outside_unless_the_class_defines_them():
    class Defines(AlphaModel):
        def update(self, algorithm, data):
            return []

    Defines.update = lambda self, algorithm, data: [1]
    assert Defines().update(None, None) == [1]
    with pytest.raises(AttributeError, match="attribute is read-only"):
        Defines.on_securities_changed = lambda self, algorithm, changes: None


def test_what_works_on_models():
    class Base(AlphaModel):
        def __init__(self, window):
            super().__init__()
            self.window = window

        @property
        def half(self):
            return self.window / 2

        @staticmethod
        def twice(x):
            return 2 * x

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 7

    class Sub(Base):
        pass

    model = Sub(10)
    assert (model.half, model.twice(2), hash(model)) == (5.0, 4, 7)
    assert weakref.ref(model)() is model


def test_nothing_of_lean_is_pickled_or_copied():
    for thing in (Symbol.EMPTY, Model(), EqualWeightingPortfolioConstructionModel(), Insight):
        if thing is Insight:
            continue
        with pytest.raises(TypeError, match="cannot pickle"):
            pickle.dumps(thing)
        with pytest.raises(TypeError, match="cannot pickle"):
            copy.deepcopy(thing)


def test_base_object_exists_without_its_constructor_and_a_name_set_before_it_is_lost():
    class NoInit(AlphaModel):
        def __init__(self):
            self.name = "kept"

    class Late(AlphaModel):
        def __init__(self):
            self.name = "lost"
            super().__init__()

    class NoInitPortfolio(EqualWeightingPortfolioConstructionModel):
        def __init__(self):
            pass

    assert NoInit().name == "kept"
    assert len(Late().name) == 36
    assert NoInitPortfolio().rebalance_on_insight_changes is True


def test_typed_members_refuse_other_types():
    with pytest.raises(TypeError, match="cannot be converted to"):
        Model().name = 5
    with pytest.raises(TypeError, match="cannot be converted to"):
        PortfolioConstructionModel().rebalance_on_insight_changes = 1
