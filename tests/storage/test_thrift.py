"""A serving process gives back the memory that checking a PIN takes."""

import platform
import subprocess
import sys

import pytest

PINS = """
import hashlib, re, sys, threading
from kiosk.storage import thrift

def held():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024

def check():
    for _ in range(3):
        hashlib.scrypt(b"1234", salt=b"salt", n=16384, r=8, p=1, maxmem=2**26)

if sys.argv[1] == "begun":
    thrift.begin()
before = held()
for _ in range(4):
    thread = threading.Thread(target=check)
    thread.start()
    thread.join()
print(held() - before)
"""


def kept(how: str) -> float:
    """Megabytes that stay after twelve PINs, checked by four threads in turn."""
    ran = subprocess.run([sys.executable, "-c", PINS, how], capture_output=True, text=True, check=True)
    return float(ran.stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another allocator")
def test_the_megabytes_of_a_pin_go_when_it_was_checked() -> None:
    assert kept("begun") < 6 < 12 < kept("as the system does")
