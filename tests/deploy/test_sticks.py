"""What udev starts when a stick is plugged in: where it is mounted, and that it goes."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT

SCRIPT = ROOT / "deploy" / "kiosk-usb"


@pytest.fixture
def run(tmp_path: Path) -> object:
    """Run the script over a system whose commands only note what they were asked."""
    tools, root = tmp_path / "bin", tmp_path / "root"
    tools.mkdir()
    for folder in ("run", "media"):
        (root / folder).mkdir(parents=True)
    stubs = {
        "blkid": 'printf "%s" "$LABEL"',
        "mountpoint": 'test -e "$2/.mounted"',
        "mount": 'echo "mount $*" >>"$NOTED"; for last; do :; done; touch "$last/.mounted"',
        "umount": 'echo "umount $*" >>"$NOTED"; rm -f "$2/.mounted"',
    }
    for name, body in stubs.items():
        (tools / name).write_text(f"#!/bin/sh\n{body}\n")
        (tools / name).chmod(0o755)
    noted = tmp_path / "noted"

    def call(act: str, device: str, label: str = "") -> str:
        known = {"PATH": f"{tools}:{os.environ['PATH']}", "DESTDIR": str(root)}
        env = {**known, "LABEL": label, "NOTED": str(noted)}
        subprocess.run([str(SCRIPT), act, device], env=env, check=True)
        return noted.read_text() if noted.exists() else ""

    call.root = root  # type: ignore[attr-defined]
    return call


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("CLE DE AWA", "CLE DE AWA"),
        ("", "sda1"),
        ("../../etc", "etc"),
        ("; rm -rf /", "rm -rf"),
        ("é", "sda1"),
    ],
)
def test_a_stick_is_mounted_under_its_own_name(run: object, label: str, name: str) -> None:
    told = run("mount", "sda1", label)  # type: ignore[operator]
    place = run.root / "media" / name  # type: ignore[attr-defined]
    assert place.is_dir()
    assert told.endswith(f"/dev/sda1 {place}\n")
    for option in ("nosuid", "nodev", "noexec", "uid=kiosk", "umask=077"):
        assert option in told


def test_two_sticks_of_one_name_stand_side_by_side(run: object) -> None:
    run("mount", "sda1", "CLE")  # type: ignore[operator]
    run("mount", "sdb1", "CLE")  # type: ignore[operator]
    media = run.root / "media"  # type: ignore[attr-defined]
    assert sorted(path.name for path in media.iterdir()) == ["CLE", "sdb1"]


def test_a_stick_that_was_pulled_out_leaves_no_folder(run: object) -> None:
    run("mount", "sda1", "CLE")  # type: ignore[operator]
    assert "umount -l" in run("unmount", "sda1")  # type: ignore[operator]
    media = run.root / "media"  # type: ignore[attr-defined]
    assert list(media.iterdir()) == []
    run("unmount", "sda1")  # type: ignore[operator]


def test_the_rule_wants_the_unit_that_the_installation_lays() -> None:
    rule = (ROOT / "deploy" / "kiosk-usb.rules").read_text()
    assert 'SYSTEMD_WANTS}+="kiosk-usb@%k.service"' in rule
    unit = (ROOT / "deploy" / "kiosk-usb@.service").read_text()
    assert "/opt/kiosk/bin/kiosk-usb mount %I" in unit
    install = (ROOT / "deploy" / "install").read_text()
    for name in ("kiosk-usb.rules", "kiosk-usb@.service", "kiosk-usb"):
        assert f"put {name} " in install
    assert "/media" in (ROOT / "deploy" / "kiosk.service").read_text()
