"""What a network is called on a page."""

from kiosk.language import Message, msg
from kiosk.posts.channels.models import Network

WORDS = {
    Network.SITE: msg("Site"),
    Network.FACEBOOK: msg("Facebook"),
    Network.X: msg("X (Twitter)"),
    Network.YOUTUBE: msg("YouTube"),
    Network.INSTAGRAM: msg("Instagram"),
    Network.WHATSAPP: msg("WhatsApp"),
    Network.LINKEDIN: msg("LinkedIn"),
    Network.SNAPCHAT: msg("Snapchat"),
    Network.OTHER: msg("Autre compte"),
}
"""The words, in the order of the form."""


def word(network: str) -> Message:
    """Return the word of a network; one from a newer version is shown as it came."""
    known = {str(one): said for one, said in WORDS.items()}
    return known.get(str(network), Message(str(network)))
