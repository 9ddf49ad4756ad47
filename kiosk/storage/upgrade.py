"""Running migrations: forward only, with a verified backup before.

Alembic is imported here and nowhere in the serving process: it costs 11 MB.
"""

from sqlalchemy import Connection

from kiosk.paths import shelf
from kiosk.storage import server
from kiosk.storage.store import Store, StoreError, head


def upgrade(store: Store) -> bool:
    """Bring the database to this program's version; tell whether anything was done.

    Raises StoreError for a database from a newer program.
    """
    found = store.version()
    if found == head():
        return False
    if found is not None and found > head():
        store.check_version()
    try:
        with store.engine.connect() as connection:
            _run(connection)
    finally:
        # The migrations' connection has foreign keys off; the next one starts afresh.
        store.close()
    return True


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(shelf("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        server.keep_writers_out(connection)
        command.upgrade(config, "head")
        connection.commit()
    except Exception as error:
        connection.rollback()
        raise StoreError(f"la mise à niveau a échoué, rien n’a changé : {error}") from error
