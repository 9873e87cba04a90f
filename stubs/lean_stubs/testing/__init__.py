"""Tools for tests of algorithms and models: synthetic data, whole runs, single calls."""

from lean_stubs.testing.fake_data import FakeData

__all__ = ["FakeData"]
