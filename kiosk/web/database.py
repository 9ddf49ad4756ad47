"""The request side of storage: flask-sqlalchemy over the store's own engine."""

from typing import Any

from flask import Flask, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine

from kiosk.storage import Base, Store
from kiosk.storage.unit import ambient


class Database(SQLAlchemy):
    """flask-sqlalchemy bound to an engine that storage made, pragmas and all."""

    def __init__(self, store: Store) -> None:
        self._store = store
        options = {"info": store.info, "expire_on_commit": False}
        super().__init__(metadata=Base.metadata, session_options=options)

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        return self._store.engine


def register(app: Flask, store: Store) -> None:
    """Give every request its session, under the name services know."""
    app.config["SQLALCHEMY_DATABASE_URI"] = store.url.render_as_string(hide_password=False)
    database = Database(store)
    database.init_app(app)
    app.extensions["store"] = store

    @app.before_request
    def _open() -> None:
        # Taken before the first query: what is read later is as new as this, or newer.
        g.pulse = store.pulse()
        block = ambient(database.session)
        block.__enter__()
        g.ambient = block

    @app.teardown_request
    def _close(error: BaseException | None) -> None:
        block = g.pop("ambient", None)
        if block is not None:
            block.__exit__(None, None, None)
