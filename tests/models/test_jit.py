"""Kernels work where nothing can be cached and leave the GIL to others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import regime_framework
from regime_framework.models import em_kernel, em_univariate, filter_kernel, grid_kernel, row_kernel

PACKAGE = Path(regime_framework.__file__).parent

_NOWHERE = """
import numba, numpy as np
try:
    numba.njit(cache=True)(lambda x: x)
except RuntimeError:
    print("no cache")
from regime_framework.models.row_kernel import row_moments
means, variances = np.empty(1), np.empty(1)
row_moments(np.array([[1.0, 2.0, 6.0]]), means, variances)
print(means[0], round(variances[0], 6))
"""


def test_kernels_compile_where_no_directory_can_be_written(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "regime_framework", ignore=shutil.ignore_patterns("__pycache__"))
    script = tmp_path / "script.py"
    script.write_text(_NOWHERE, encoding="utf-8")
    for folder in (tmp_path, tmp_path / "regime_framework" / "models"):
        (folder / "__pycache__").write_text("a file, so that no directory can be made here", encoding="utf-8")
    nowhere = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"), os.devnull)
    kept = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**kept, **nowhere, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == ["no cache", "3.0 4.666667"], done.stderr


def test_every_kernel_releases_the_gil():
    kernels = [
        value
        for module in (em_kernel, em_univariate, filter_kernel, grid_kernel, row_kernel)
        for value in vars(module).values()
        if hasattr(value, "targetoptions")
    ]
    assert len(kernels) > 15
    assert all(kernel.targetoptions["nogil"] for kernel in kernels)
