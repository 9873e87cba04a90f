"""Which class of a file runs (LEAN: AlgorithmPythonWrapper takes the last one by name, by a prefix of the module's name)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lean_stubs.data.source import DataProblem
from lean_stubs.engine.loader import load

HEAD = "from AlgorithmImports import *\n"


def written(folder: Path, **files: str) -> Path:
    """Files by module name; the path of the first one."""
    for name, text in files.items():
        (folder / f"{name}.py").write_text(HEAD + text)
    return folder / f"{next(iter(files))}.py"


def test_one_class_runs_without_a_word(tmp_path):
    found = load(written(tmp_path, only_one="class Mine(QCAlgorithm):\n    pass\n"))
    assert (found.kind.__name__, found.warnings) == ("Mine", [])


def test_a_base_of_another_module_does_not_run(tmp_path):
    path = written(
        tmp_path,
        mine_alone="from facade_of_mine import Zfacade\nclass Mine(Zfacade):\n    pass\n",
        facade_of_mine="class Zfacade(QCAlgorithm):\n    pass\n",
    )
    found = load(path)
    assert (found.kind.__name__, found.warnings) == ("Mine", [])


def test_a_base_of_a_module_whose_name_begins_with_the_files_runs_instead(tmp_path):
    path = written(
        tmp_path,
        hr="from hr_facade import Zfacade\nclass Mine(Zfacade):\n    pass\n",
        hr_facade="class Zfacade(QCAlgorithm):\n    pass\n",
    )
    found = load(path)
    assert found.kind.__name__ == "Zfacade"
    assert any("imports from hr_facade" in text for text in found.warnings)


def test_the_name_asked_for_does_not_decide(tmp_path):
    path = written(tmp_path, both_here="class Aaa(QCAlgorithm):\n    pass\nclass Bbb(QCAlgorithm):\n    pass\n")
    found = load(path, "Aaa")
    assert found.kind.__name__ == "Bbb"
    assert "Give Aaa its own file" in found.warnings[0]
    assert "the last algorithm class by name" in load(path).warnings[0]
    with pytest.raises(DataProblem, match="no algorithm class Ccc"):
        load(path, "Ccc")


def test_the_folder_of_the_file_is_searched_first(tmp_path):
    path = written(
        tmp_path,
        with_helper="import own_helper\nclass Mine(QCAlgorithm):\n    value = own_helper.VALUE\n",
        own_helper="VALUE = 7\n",
    )
    assert load(path).kind.value == 7
