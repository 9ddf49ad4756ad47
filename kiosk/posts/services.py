"""Writing posts and moving them from hand to hand.

Every function raises `Refusal` with a sentence when the table of moves, the
person or the text says no; nothing is then written. None of them commits.
"""

import uuid
from dataclasses import dataclass
from datetime import date

from kiosk.language import msg
from kiosk.posts import advice, likeness, queries, states
from kiosk.posts.models import Kind, Post, PostEvent, Revision, State
from kiosk.posts.people import Person
from kiosk.posts.states import Move, Side
from kiosk.posts.text import Text, fingerprint, slug
from kiosk.storage import Refusal, clock, session


@dataclass(frozen=True)
class About:
    """What is kept beside the text for lists and counts; readers do not see it."""

    collective_uid: uuid.UUID | None = None
    ngo_uid: uuid.UUID | None = None
    commune_pcode: str | None = None
    quotes_agreed: bool = False


_NOTHING, _NOT_YOURS = About(), msg("Ce n’est pas à vous de décider cela.")


def start(
    person: Person,
    space_uid: uuid.UUID,
    text: Text,
    kind: Kind = Kind.ARTICLE,
    about: About = _NOTHING,
) -> Post:
    """Begin a post in a space: a draft, kept as it is however short.

    Raises Refusal for a person who may not write, or not that kind.
    """
    needed = Side.MANAGER if kind == Kind.NOTICE else Side.WRITER
    if needed not in person.sides:
        raise Refusal(_NOT_YOURS)
    post = Post(space_uid=space_uid, kind=kind, state=State.DRAFT, author_uid=person.uid)
    session().add(post)
    _write(post, text, about)
    session().flush()
    _note(post, "create", None, person)
    return post


def rewrite(post: Post, person: Person, text: Text, about: About = _NOTHING, seen: int | None = None) -> Post:
    """Keep a new working copy of the text; what readers see does not move.

    `seen` is the `touched_at` of the copy that was edited. Raises Refusal where
    the post is at the editorial desk, another's, or changed in the meantime.
    """
    if not states.is_editable(post.kind, post.state):
        raise Refusal(
            msg("Ce texte est « %(state)s » : il ne se change plus ici.", state=states.word(post.state))
        )
    _belongs(post, person)
    if seen is not None and seen != post.touched_at:
        raise Refusal(
            msg("Quelqu’un a changé ce texte entre-temps. Enregistrez encore pour garder vos mots.")
        )
    _write(post, text, about)
    return post


def submit(post: Post, person: Person, day: date | None = None) -> Post:
    """Send the text to the editorial desk: it is frozen as a revision.

    Raises Refusal, with the field, for a title, text, place or date that lacks.
    """
    _check(post, "submit", person)
    _demand(post)
    _freeze(post)
    return step(post, "submit", person, day=day)


def recall(post: Post, person: Person, day: date | None = None) -> Post:
    """Take a text back from the desk before it is read; one sent to correct is to correct again."""
    return step(post, "recall", person, day=day, to=queries.sent_from(post))


def revise(post: Post, person: Person, day: date | None = None) -> Post:
    """Begin the next version of a published text; readers keep the approved one meanwhile."""
    return step(post, "revise", person, day=day)


def send_back(post: Post, person: Person, comment: str, day: date | None = None) -> Post:
    """Return a text to its writers with what to correct (the comment is required)."""
    return step(post, "send_back", person, comment, day)


def approve(post: Post, person: Person, revision_hash: str, day: date | None = None) -> Post:
    """Approve exactly the text that was read, named by its hash.

    Raises Refusal when the revision on the desk is another one by now, or has
    not arrived whole.
    """
    _check(post, "approve", person)
    if revision_hash != post.revision_hash or queries.revision(post, revision_hash) is None:
        raise Refusal(msg("Le texte a changé depuis votre lecture. Relisez-le."))
    post.approved_hash = revision_hash
    return step(post, "approve", person, day=day)


def publish(post: Post, person: Person, day: date | None = None) -> Post:
    """Show the approved text to everybody; a notice is frozen and shown at once."""
    _check(post, "publish", person)
    if post.kind == Kind.NOTICE:
        _demand(post)
        _freeze(post)
        post.approved_hash = post.revision_hash
    _show(post)
    return step(post, "publish", person, day=day)


def approve_and_publish(post: Post, person: Person, revision_hash: str, day: date | None = None) -> Post:
    """Both steps of the desk at once, each with its line in the history."""
    approve(post, person, revision_hash, day)
    return publish(post, person, day)


def reopen(post: Post, person: Person, day: date | None = None) -> Post:
    """Put a text back on the desk: neither approved nor shown any more."""
    step(post, "reopen", person, day=day)
    post.approved_hash = post.published_hash = None
    return post


def withdraw(post: Post, person: Person, comment: str = "", day: date | None = None) -> Post:
    """Take a published text away from readers, whatever its writers are preparing."""
    move = "withdraw" if states.why_not("withdraw", *_case(post, person)) is None else "take_down"
    step(post, move, person, comment, day)
    post.published_hash = None
    return post


def archive(post: Post, person: Person, day: date | None = None) -> Post:
    """Take a text out of the lists; its address keeps answering."""
    return step(post, "archive", person, day=day)


def bring_back(post: Post, person: Person, day: date | None = None) -> Post:
    """Put an archived text back in the lists."""
    return step(post, "bring_back", person, day=day)


def discard(post: Post, person: Person) -> Post:
    """Throw away a draft that never left its writers (undone by `restore`)."""
    _belongs(post, person)
    if post.revision or post.state != State.DRAFT:
        raise Refusal(msg("Ce texte est déjà parti : il reste dans l’historique."))
    post.deleted_at = clock.stamp()
    return post


def restore(post: Post, person: Person) -> Post:
    """Take a discarded draft back."""
    _belongs(post, person)
    post.deleted_at = None
    return post


def _belongs(post: Post, person: Person) -> None:
    wanted = Side.MANAGER if post.kind == Kind.NOTICE else Side.WRITER
    if wanted not in person.sides_on(post):
        raise Refusal(_NOT_YOURS)


def _write(post: Post, text: Text, about: About) -> None:
    for name, value in {**text.typed(), **vars(about)}.items():
        if getattr(post, name) != value:
            setattr(post, name, value)
            post.touched_at = clock.now_ms()


def _case(post: Post, person: Person) -> tuple[str, str, frozenset[Side], bool]:
    return post.kind, post.state, person.sides_on(post), post.published_hash is not None


def _check(post: Post, name: str, person: Person) -> Move:
    refusal = states.why_not(name, *_case(post, person)) or likeness.why_not(name, post, person)
    if refusal is not None:
        raise Refusal(refusal)
    move = states.find(name, post.kind)
    assert move is not None
    return move


def _demand(post: Post) -> None:
    for field, sentence in advice.missing(Text.of(post), post.kind):
        raise Refusal(sentence, field=field)


def _freeze(post: Post) -> None:
    """Keep the text as a revision; the same text twice is the same revision."""
    text = Text.of(post)
    name = fingerprint(text)
    kept = queries.revision(post, name) or _frozen(post, text, name)
    post.revision, post.revision_hash = kept.number, name
    post.slug = post.slug or slug(post.title, post.uid)
    post.submitted_at = clock.now_ms()


def _frozen(post: Post, text: Text, name: str) -> Revision:
    number = queries.last_number(post)[0] + 1
    kept = Revision(space_uid=post.space_uid, post_uid=post.uid, number=number, hash=name, **text.values())
    kept.uid, kept.at = Revision.uid_of(post.uid, name), clock.now_ms()
    session().add(kept)
    return kept


def _show(post: Post) -> None:
    moment = clock.now_ms()
    post.published_at = post.published_at or moment
    if post.published_hash != post.approved_hash:
        post.renewed_at = moment
    post.published_hash = post.approved_hash


def step(
    post: Post, name: str, person: Person, comment: str = "", day: date | None = None, to: State | None = None
) -> Post:
    """Make one move of the table, noted with its day."""
    move = _check(post, name, person)
    if move.comment and not comment.strip():
        raise Refusal(msg("Écrivez pourquoi. Exemple : dites où cela se passe."), field="comment")
    before, post.state = post.state, to or move.to or post.state
    _note(post, name, before, person, comment, day)
    return post


def _note(
    post: Post, move: str, before: State | None, person: Person, comment: str = "", day: date | None = None
) -> None:
    event = PostEvent(space_uid=post.space_uid, post_uid=post.uid, move=move)
    event.from_state, event.to_state = before, post.state
    event.number = queries.last_number(post)[1] + 1
    event.by_uid, event.by_name, event.comment = person.uid, person.name, comment.strip()
    event.at, event.day = clock.now_ms(), day or clock.today()
    event.revision, event.revision_hash = post.revision, post.revision_hash
    session().add(event)
