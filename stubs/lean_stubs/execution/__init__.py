"""Execution models."""

from lean_stubs.execution.immediate import ImmediateExecutionModel
from lean_stubs.execution.model import ExecutionModel, NullExecutionModel
from lean_stubs.execution.python_wrapper import ExecutionModelPythonWrapper
from lean_stubs.execution.spread import SpreadExecutionModel
from lean_stubs.execution.standard_deviation import StandardDeviationExecutionModel
from lean_stubs.execution.vwap import VolumeWeightedAveragePriceExecutionModel

__all__ = [
    "ExecutionModel",
    "ExecutionModelPythonWrapper",
    "ImmediateExecutionModel",
    "NullExecutionModel",
    "SpreadExecutionModel",
    "StandardDeviationExecutionModel",
    "VolumeWeightedAveragePriceExecutionModel",
]
