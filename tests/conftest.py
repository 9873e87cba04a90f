"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# The same examples on every machine, and no judgement of a test by how busy that machine is.
settings.register_profile("regime_framework", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("regime_framework")
