from __future__ import annotations

from pathlib import Path

from lean_stubs.samples.launcher import launcher_parameters


def test_parameters_of_the_launcher(tmp_path: Path) -> None:
    assert launcher_parameters(tmp_path) == {}
    (tmp_path / "Launcher").mkdir()
    comment, block = '// "parameters": {"no": 1},', '"parameters": {\n // account\n "user": "",\n "fast": 10,\n "name": "x"\n},'
    text = f"{{\n{comment}\n{block}\n}}"
    (tmp_path / "Launcher" / "config.json").write_text(text)
    assert launcher_parameters(tmp_path) == {"fast": "10", "name": "x"}
