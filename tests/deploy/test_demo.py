"""The demonstration sets everything up, exchanges, and says whether all arrived."""

import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

DEMO = ROOT / "deploy" / "demo"


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(DEMO), *words], capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow
@pytest.mark.process
def test_the_check_exchanges_everything_and_exits_0_twice(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    first = demo("--check", "--data", str(folder))
    assert first.returncode == 0, first.stdout + first.stderr
    assert "Tout est arrivé" in first.stdout
    again = demo("--check", "--data", str(folder))
    assert again.returncode == 0, again.stdout + again.stderr


def test_the_link_switch_names_the_kiosks(tmp_path: Path) -> None:
    assert "nioro      lien coupé" in demo("--data", str(tmp_path), "link", "off", "nioro").stdout
    assert "nioro      relié au centre" in demo("--data", str(tmp_path), "link", "on").stdout
    wrong = demo("--data", str(tmp_path), "link", "off", "bamako")
    assert wrong.returncode != 0
    assert "bamako" in wrong.stderr
