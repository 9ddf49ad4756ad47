"""The yardstick of the benchmark: the smallest Flask page under waitress."""

import logging
import sys

from flask import Flask
from waitress import serve

PAGE = "<!doctype html><html lang=fr><title>Page</title><h1>Page</h1>" + "<p>Bonjour.</p>" * 60

app = Flask("bare")


@app.get("/")
def page() -> str:
    """One page, nothing behind it."""
    return PAGE


if __name__ == "__main__":
    logging.getLogger("waitress").setLevel(logging.ERROR)
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4, _quiet=True)
