"""Tools for tests of algorithms and models: synthetic data, whole runs, single calls."""

from lean_stubs.testing.bench import ModelBench
from lean_stubs.testing.broker import broker_message, broker_order
from lean_stubs.testing.fake_data import FakeData
from lean_stubs.testing.run import RunResult, run_algorithm

__all__ = ["FakeData", "ModelBench", "RunResult", "broker_message", "broker_order", "run_algorithm"]
