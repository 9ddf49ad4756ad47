"""What the server refuses before any page runs, said on a page like the others.

waitress ends a request that is too large while it arrives, so that nothing is
kept of it; its own words are English and no page of ours.
"""

import logging
from typing import Any

from flask import Flask, Response
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from kiosk.web import errors

log = logging.getLogger("kiosk.web")
_SAID = frozenset({400, 413})


def speak_for(app: Flask) -> None:
    """Give the server's own refusals the pages of `app`, in this process."""

    class Calm(ErrorTask):
        """Answers a refused request with our error page."""

        def execute(self) -> None:
            """Write the page; waitress's own line where even that fails."""
            try:
                page = _page(app, self.request)
            except Exception:
                log.exception("no page for a refused request")
                page = None
            if page is None:
                super().execute()
                return
            self.status = page.status
            self.response_headers.extend(page.headers.to_wsgi_list())
            self.set_close_on_finish()
            self.content_length = page.content_length
            self.write(page.get_data())

    HTTPChannel.error_task_class = Calm


def _page(app: Flask, refused: Any) -> Response | None:
    if refused.error.code not in _SAID:
        return None
    sent = {
        name: refused.headers.get(name.upper().replace("-", "_"), "")
        for name in ("Cookie", "Accept-Language")
    }
    with app.test_request_context("/", headers=sent):
        app.preprocess_request()
        return app.process_response(app.make_response(errors.page(refused.error.code)))
