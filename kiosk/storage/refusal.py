"""How a service says no: a sentence for the person who asked."""

from kiosk.language import Message


class Refusal(Exception):
    """A domain rule refuses what was asked; nothing was written.

    `message` is a translatable sentence that says what to do; `field` names the
    form field it belongs to, where there is one.
    """

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotFound(Refusal):
    """The thing asked for does not exist here (any more)."""
