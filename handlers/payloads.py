"""What the buttons carry: a word and a few fields, at most 64 bytes: "answer/12", "down/12/k3x9q2m7w1zd"."""

from __future__ import annotations

from bot.model import Inbound
from scheduler import rendering
from surveys import ways_in

ANSWER, DETAIL, RELATED = "answer", "detail", "related"
UP, DOWN, REASON = "up", "down", "why"
FILE = "file"
NONE_OF_THESE = "none"
REVIEW = "review"  # the answers to look at again, for editors
MANAGE = "manage"  # a document, for editors
BROWSE, TOPICS, LIST, LISTED, QUESTIONS, SEARCH = "browse", "topics", "list", "listed", "questions", "search"
GROUP, GROUP_UNIT = "group", "gunit"  # in a group, for its administrators
GROUPS, ONE_GROUP, GROUPS_UNIT = "groups", "grp", "grpunit"  # in private, for staff
OFFICER, CANCEL, TAKE_BACK = "officer", "cancel", "recall"
INQUIRY, PROPOSAL = "inquiry", "proposal"
# What goes out to many carries them, too.
DOCUMENT, KIT, POLL = rendering.DOCUMENT, rendering.KIT, ways_in.WORD


def payload(word: str, *fields: int | str) -> str:
    return "/".join((word, *(str(field) for field in fields)))


def fields(inbound: Inbound, word: str, count: int) -> tuple[str, ...] | None:
    """The fields of a payload of this word, or None when it is another one or not ours at all."""
    first, *rest = inbound.payload.split("/")
    return tuple(rest) if first == word and len(rest) == count else None


def number(field: str) -> int:
    """A database key out of a payload; -1, which no row has, for anything that is none."""
    return int(field) if field.isascii() and field.isdigit() and len(field) < 16 else -1
