"""A TLS door before a served centre, with a private authority of its own, and who knocks."""

import re
import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tests.support.processes import Served

_TOKEN = re.compile(r'name="csrf_token" (?:type="hidden" )?value="([^"]+)"')


def openssl(*words: str, before: tuple[str, ...] = ()) -> None:
    """Run openssl, on another day where `before` says so."""
    subprocess.run([*before, "openssl", *words], check=True, capture_output=True)


def authority(folder: Path) -> Path:
    """Make a certificate authority; return its certificate, the key beside it."""
    made = folder / "ca.pem"
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650"]
    basic = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"]
    openssl(
        "req",
        "-x509",
        *kind,
        *basic,
        "-subj",
        "/CN=Centre",
        "-keyout",
        str(folder / "ca.key"),
        "-out",
        str(made),
    )
    return made


def leaf(folder: Path, ca: Path, *before: str) -> Path:
    """Make the centre's certificate for this machine, good for three months; key and chain in one."""
    key, request, made = folder / "leaf.key", folder / "leaf.csr", folder / "leaf.pem"
    named = folder / "leaf.ext"
    named.write_text("subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-new", *kind, "-subj", "/CN=127.0.0.1", "-keyout", str(key), "-out", str(request))
    signer = ["-CA", str(ca), "-CAkey", str(ca.with_suffix(".key")), "-CAcreateserial"]
    plain = ["-days", "90", "-extfile", str(named), "-out", str(made)]
    openssl("x509", "-req", "-in", str(request), *signer, *plain, before=before)
    made.write_text(made.read_text() + key.read_text())
    return made


class Door:
    """Ends TLS and carries what is inside to a served centre."""

    def __init__(self, target: int, certificate: Path) -> None:
        self.target, self.knocks = target, 0
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            self.knocks += 1
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, raw: socket.socket) -> None:
        with suppress(OSError), self.context.wrap_socket(raw, server_side=True) as near:
            with socket.create_connection(("127.0.0.1", self.target)) as far:
                threading.Thread(target=self._pump, args=(far, near), daemon=True).start()
                self._pump(near, far)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError, ValueError):
            while piece := source.recv(8192):
                target.sendall(piece)

    def close(self) -> None:
        """Close the door."""
        self.listener.close()


class Phone:
    """A phone with a right clock, on the pages of a served kiosk."""

    def __init__(self, served: Served) -> None:
        self.url = served.url
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> str:
        """Fetch a page."""
        with self.opener.open(self.url + path, timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, path: str, form: str, **fields: str) -> str:
        """Fill the form of the page `form` and send it to `path`; return where that leads."""
        found = _TOKEN.search(self.get(form))
        assert found, f"no form on {form}"
        body = urlencode({**fields, "csrf_token": found[1]}).encode()
        with self.opener.open(self.url + path, body, timeout=20) as answer:
            return str(answer.read().decode())
