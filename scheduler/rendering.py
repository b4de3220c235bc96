"""How a digest looks on a network: exactly the messages that go out, for drafts and rehearsals too. Pure.

Long digests are cut: the first documents, as many as a few messages hold, and how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.base import Limits
from bot.channels.layout import fit, fit_picture, shorten
from bot.model import Choice, Part, Picture, Reply, Text
from bot.texts import digests as texts
from knowledge.recognising import says_only_its_name
from scheduler import forwarding
from scheduler.digest_rows import Digest, Item
from surveys import ways_in

SHOWN = 10  # documents in one digest: who gets more reads none
MESSAGES = 2
LONGEST_TITLE, LONGEST_SENTENCES = 300, 400

KIT, DOCUMENT = "kit", "document"  # what the buttons carry: "kit/<code>", "document/<key>"
CARD_FILE = "ban-tin-{code}.png"
# What a deep link begins with: "d12" opens the page of document 12 with its questions, "kitabcd2345" what is passed on.
START, START_KIT = "d", "kit"  # longer than a code of ours, which may stand there, too


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of chat, as far as digests look different there.

    start       what a deep link begins with: "https://t.me/our_bot?start="; "" where the network has none
    public_url  our own address, where there is one
    """

    limits: Limits
    group: bool = False
    start: str = ""
    public_url: str | None = None


def render(digest: Digest, medium: Medium, *, whole: bool = True) -> tuple[Reply, ...]:
    """What one chat gets: one call to its network. Where all words fit below a picture they come with the card.

    whole  False where a chat gets only some of the documents: the card tells of the others too
    """
    shown = min(len(digest.items), SHOWN)
    while shown > 1 and len(fit(_text(digest, medium, shown), medium.limits)) > MESSAGES:
        shown -= 1
    text = _text(digest, medium, shown)
    card = _below_card(digest, text, medium.limits) if whole and shown == len(digest.items) else None
    return (card or text,)


def _below_card(digest: Digest, text: Text, limits: Limits) -> Picture | None:
    """None where pictures cannot be sent, or the words or the buttons do not fit below one."""
    if not limits.caption or (text.choices and not limits.picture_buttons):
        return None
    picture = Picture(
        name=CARD_FILE.format(code=digest.code),
        media_type="image/png",
        reference=forwarding.card_reference(digest, None),
        caption=text.plain,
        alt=texts.CARD_ALT.format(title=digest.title),
        choices=text.choices,
    )
    return picture if text.plain in fit_picture(picture, limits).caption else None


def _text(digest: Digest, medium: Medium, shown: int) -> Text:
    items = digest.items[:shown]
    parts = [
        Part(texts.URGENT_TITLE.format(title=digest.title) if digest.urgent else digest.title, "bold"),
        *([Part(f"\n{digest.greeting}")] if digest.greeting else []),
    ]
    for number, item in enumerate(items, 1):
        parts += _item(item, number if len(digest.items) > 1 else 0)
    choices = tuple(_choices(digest, medium, items))
    parts += [Part(f"\n\n{line}") for line in _further(digest, medium, shown)]
    if how := _how_to(digest, medium, items, choices):
        parts.append(Part(f"\n\n{how}", "italic"))
    return Text(tuple(parts), choices)


def _item(item: Item, number: int) -> list[Part]:
    name = texts.NUMBERED.format(kind=item.kind, number=item.number) if item.number else item.kind
    dated = texts.DATED.format(name=name, date=f"{item.issued_on:%d/%m/%Y}") if item.issued_on else name
    heading = _one_line(texts.ISSUED_BY.format(name=dated, issuer=item.issuer) if item.issuer else dated)
    lines = [""]
    if not (item.number and says_only_its_name(item.title, item.number)):
        lines.append(shorten(_one_line(item.title), LONGEST_TITLE))
    if item.sentences:
        lines.append(shorten(_one_line(item.sentences), LONGEST_SENTENCES))
    if item.address:
        lines.append(texts.ADDRESS.format(address=item.address))
    return [
        Part("\n\n"),
        Part(f"{number}. {heading}" if number else heading, "bold"),
        *([Part("\n".join(lines))] if any(lines) else []),
    ]


def _further(digest: Digest, medium: Medium, shown: int) -> Iterator[str]:
    address = forwarding.link_to(medium.public_url, digest, None) or ""
    if left := len(digest.items) - shown:
        if address:
            yield texts.MORE_AT.format(count=left, address=address)
        else:
            browse = texts.BROWSE[medium.limits.slash_commands]
            yield texts.MORE.format(count=left, browse=browse)
    elif address and not medium.limits.buttons:
        yield texts.PAGE.format(address=address)
    if digest.most_asked:
        yield texts.MOST_ASKED.format(question=_one_line(digest.most_asked[1]))
    if digest.poll:
        code, title = digest.poll
        words = texts.POLL_WORDS[medium.limits.slash_commands].format(code=code)
        asked = texts.POLL.format(poll=_one_line(title))
        yield asked if _poll_button(digest, medium) else f"{asked}\n{words}"


def _choices(digest: Digest, medium: Medium, items: tuple[Item, ...]) -> Iterator[Choice]:
    """Where buttons are few, only to pass the digest on: the words below say how to ask."""
    room = medium.limits.buttons
    if not room:
        return
    if _each_has_a_button(digest, medium, items):
        for number, item in enumerate(items, 1):
            yield _asking(item, number, medium)
    if found := _poll_button(digest, medium):
        yield found
    if medium.group and medium.start:  # nobody's kit fills a group
        yield Choice(texts.FORWARD, url=f"{medium.start}{START_KIT}{digest.code}", leads=True)
    else:
        yield Choice(texts.FORWARD, f"{KIT}/{digest.code}", leads=True)
    if address := forwarding.link_to(medium.public_url, digest, None):
        yield Choice(texts.SEE_PAGE, url=address)


def _each_has_a_button(digest: Digest, medium: Medium, items: tuple[Item, ...]) -> bool:
    others = 2 + bool(digest.poll)  # to pass it on, to see its page, to answer the poll
    return len(items) + others <= medium.limits.buttons


def _poll_button(digest: Digest, medium: Medium) -> Choice | None:
    """None where nobody can be led to where they answer alone: then words say how."""
    if not (digest.poll and medium.limits.buttons):
        return None
    code = digest.poll[0]
    if not medium.group:
        return Choice(texts.POLL_BUTTON, ways_in.press(code, ways_in.BEGIN), leads=True)
    return (
        Choice(texts.POLL_BUTTON, url=f"{medium.start}{ways_in.DEEP_LINK}{code}", leads=True)
        if medium.start
        else None
    )


def _asking(item: Item, number: int, medium: Medium) -> Choice:
    label = texts.ASK_ABOUT.format(name=item.number or "")
    if not item.number or len(label) > medium.limits.label:
        label = texts.ASK_ABOUT_ITEM.format(number=number)
    if medium.group and medium.start:  # in private: nobody's questions fill a group
        return Choice(label, url=f"{medium.start}{START}{item.document}")
    return Choice(label, f"{DOCUMENT}/{item.document}")


def _how_to(digest: Digest, medium: Medium, items: tuple[Item, ...], choices: tuple[Choice, ...]) -> str:
    """The words to type, where there is no button for it."""
    lines = []
    named = next((item.number for item in items if item.number), None)
    if named and not _each_has_a_button(digest, medium, items):
        form = texts.HOW_TO_ASK_IN_GROUP if medium.group else texts.HOW_TO_ASK
        lines.append(form.format(number=named))
    if not choices:
        words = texts.FORWARD_WORDS[medium.limits.slash_commands].format(code=digest.code)
        form = texts.HOW_TO_FORWARD_IN_GROUP if medium.group else texts.HOW_TO_FORWARD
        lines.append(form.format(words=words))
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())
