"""The demonstration sets everything up, exchanges, and says whether all arrived."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.support.processes import free_port

DEMO = ROOT / "deploy" / "demo"


def demo(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(DEMO), *words], capture_output=True, text=True, timeout=300, check=False)


def ports_of_its_own(folder: Path) -> None:
    """Keep clear of a demonstration that a person runs meanwhile."""
    folder.mkdir()
    names = ("centre", "nioro", "kayes", "yelimane", "nioro-link", "kayes-link", "yelimane-link")
    (folder / "ports.json").write_text(json.dumps({name: free_port() for name in names}))


@pytest.mark.slow
@pytest.mark.process
def test_the_check_exchanges_everything_and_exits_0_twice(tmp_path: Path) -> None:
    folder = tmp_path / "a folder with spaces"
    ports_of_its_own(folder)
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
