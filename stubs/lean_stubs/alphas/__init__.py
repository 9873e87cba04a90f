"""Alpha models."""

from lean_stubs.alphas.composite import CompositeAlphaModel
from lean_stubs.alphas.constant import ConstantAlphaModel
from lean_stubs.alphas.ema_cross import EmaCrossAlphaModel
from lean_stubs.alphas.model import AlphaModel, NullAlphaModel
from lean_stubs.alphas.python_wrapper import AlphaModelPythonWrapper

__all__ = [
    "AlphaModel",
    "AlphaModelPythonWrapper",
    "CompositeAlphaModel",
    "ConstantAlphaModel",
    "EmaCrossAlphaModel",
    "NullAlphaModel",
]
