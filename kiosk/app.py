"""Composition: one Flask application from the ground and the rooms behind a door.

The only place, with `cli`, that reads the role. A routes module exposes its
blueprint, its menu lines `NAV`, and `register(app)` where it needs more.
"""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from kiosk import rooms, web
from kiosk.config import Settings
from kiosk.storage import Store
from kiosk.web import navigation


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Build the web application of one machine.

    `settings` says which; a test or a command may share its own `store`.
    """
    app = Flask("kiosk", static_folder=None, template_folder="web/templates")
    app.config["SETTINGS"] = settings
    for folder in (settings.files, settings.spool):
        folder.mkdir(parents=True, exist_ok=True)
    web.register(app, settings, store or rooms.open_store(settings.database_url, settings.role))
    _furnish(app, settings.role)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app


def _furnish(app: Flask, role: str) -> None:
    modules = []
    for module, blueprint in rooms.blueprints(role):
        app.register_blueprint(blueprint)
        if module not in modules:
            modules.append(module)
    for module in modules:
        getattr(module, "register", lambda _app: None)(app)
    staff = [line for module in modules for line in getattr(module, "NAV", ())]
    public = [line for module in modules for line in getattr(module, "PUBLIC_NAV", ())]
    navigation.register(app, staff, public)
