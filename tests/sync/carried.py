"""Messages as they travel: written, framed, read again, in the newest form both sides know."""

from dataclasses import replace

from kiosk.central import receive
from kiosk.sync import frame
from kiosk.sync.frame import FrameError
from kiosk.sync.messages import Reply, Request, read_reply, read_request


def up(request: Request) -> Request:
    """Return what the centre reads; one that lacks a named row is sent in full, as a kiosk does.

    Call with the centre's session open.
    """
    try:
        body = frame.encode(request.document(), dictionary=frame.DICTIONARY)
        return read_request(frame.decode(body), receive.created)
    except FrameError:
        return read_request(frame.decode(frame.encode(replace(request, version=1).document())))


def down(reply: Reply, asked: Request) -> Reply:
    """Return what the kiosk reads."""
    written = replace(reply, version=2).document(asked.schema)
    return read_reply(frame.decode(frame.encode(written, dictionary=frame.DICTIONARY)))
