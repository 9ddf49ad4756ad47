"""Libraries lose their documentation on a small machine, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.slim import LIBRARIES

ASK = "import manual; print(manual.answer.__doc__, manual.answer(), manual.__doc__)"


def run(folder: Path, *words: str) -> str:
    place = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{Path.cwd()}"}
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *words], env=place, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_library_works_the_same_without_its_manual(tmp_path: Path) -> None:
    library = tmp_path / "manual"
    library.mkdir()
    (library / "__init__.py").write_text('"""Long."""\n\ndef answer():\n    """Longer."""\n    return 42\n')
    assert run(tmp_path, "-c", ASK) == "Longer. 42 Long."
    assert run(tmp_path, "-c", "from deploy.slim import slim; print(slim('manual'))") == "1"
    assert run(tmp_path, "-c", ASK) == "None 42 None"


def test_our_own_commands_keep_their_help() -> None:
    assert not {"kiosk", "deploy", "tests"} & set(LIBRARIES)
