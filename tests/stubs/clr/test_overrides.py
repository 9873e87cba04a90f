"""Which method the engine finds on a user's object."""

from __future__ import annotations

import functools

import pytest
from lean_stubs.alphas import AlphaModel, AlphaModelPythonWrapper
from lean_stubs.clr import overrides
from lean_stubs.clr.exceptions import NotImplementedException


class Snake(AlphaModel):
    def update(self, algorithm, data):
        return "snake"


class Pascal(AlphaModel):
    def Update(self, algorithm, data):  # noqa: N802
        return "pascal"


class Both(AlphaModel):
    def update(self, algorithm, data):
        return "snake"

    def Update(self, algorithm, data):  # noqa: N802
        return "pascal"


@pytest.mark.parametrize(("model", "expected"), [(Snake, "snake"), (Pascal, "pascal"), (Both, "snake")])
def test_snake_case_wins_over_pascal_case(model, expected):
    assert overrides.find(model(), "update")(None, None) == expected


class Static(AlphaModel):
    @staticmethod
    def update(algorithm, data):
        return "static"


def test_lambdas_partials_and_static_methods_are_not_seen():
    with_lambda, with_partial = AlphaModel(), AlphaModel()
    with_lambda.update = lambda algorithm, data: []
    with_partial.update = functools.partial(print)
    for model in (with_lambda, with_partial, Static()):
        assert overrides.find_python(model, "update") is None
        with pytest.raises(NotImplementedException):
            overrides.find(model, "update")(None, None)


def test_the_method_found_first_stays():
    model = Snake()
    cache = overrides.MethodCache(model)
    first = cache.find("update")
    model.update = Pascal().Update
    assert cache.find("update") == first


def test_a_plain_object_needs_both_methods_of_an_alpha_model():
    class Half:
        def update(self, algorithm, data):
            return []

    class Whole(Half):
        def on_securities_changed(self, algorithm, changes):
            pass

    with pytest.raises(NotImplementedException, match="on_securities_changed"):
        AlphaModelPythonWrapper(Half())
    assert AlphaModelPythonWrapper(Whole()).name == "Whole"
    assert AlphaModelPythonWrapper(Whole).name == "type"
    for refused in (None, [], Snake):
        with pytest.raises((NotImplementedException, TypeError)):
            AlphaModelPythonWrapper(refused)
