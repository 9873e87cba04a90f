"""Execution models."""

from lean_stubs.execution.immediate import ImmediateExecutionModel
from lean_stubs.execution.model import ExecutionModel, NullExecutionModel
from lean_stubs.execution.python_wrapper import ExecutionModelPythonWrapper

__all__ = ["ExecutionModel", "ExecutionModelPythonWrapper", "ImmediateExecutionModel", "NullExecutionModel"]
