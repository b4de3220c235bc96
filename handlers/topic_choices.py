"""Choosing topics by taps, those of the published documents: a person for themselves, an administrator for a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.model import Choice
from bot.texts import browsing
from bot.texts import subscribing as texts
from handlers.context import Context
from handlers.wording import brief
from knowledge.catalogue import topic_key

ALL = "all"
A_PAGE = 8  # topics: with "all", the next page and "done" they fit a phone screen
NAME = 60  # characters


def topic_choices(
    context: Context, chosen: Sequence[str], page: int, to: Callable[[str], str], following: str
) -> list[Choice]:
    """A page of topics, those that are chosen marked; `to` makes the payload of one, `following` leads to the next page."""
    topics = context.library.catalogue.topics(samples=True)
    keys = {topic_key(name) for name in chosen}
    shown = topics[(page - 1) * A_PAGE : page * A_PAGE]
    if not topics:
        return []
    return [
        *([Choice(mark(not keys, texts.ALL_TOPICS), to(ALL))] if page == 1 else []),
        *(
            Choice(mark(topic.key in keys, brief(topic.name, NAME)), to(again(topic.key, topic.key in keys)))
            for topic in shown
        ),
        *([Choice(browsing.NEXT, following, leads=True)] if len(topics) > page * A_PAGE else []),
    ]


def page_of(context: Context, key: str) -> int:
    """The page on which a topic stands: that is shown again when it has been tapped. What is none stands on the first."""
    keys = [topic.key for topic in context.library.catalogue.topics(samples=True)]
    return keys.index(key) // A_PAGE + 1 if key in keys else 1


def again(key: str | int, chosen: bool) -> str:
    """What a button carries: tapping it again, when it takes the choice away, is no impatience."""
    return f"{key}/off" if chosen else str(key)


def toggled(context: Context, chosen: Sequence[str], key: str) -> tuple[str, ...]:
    """The topics after this one has been tapped; (), which is every one, after the last of them has been taken away."""
    names = {topic.key: topic.name for topic in context.library.catalogue.topics(samples=True)}
    if key == ALL:
        return ()
    left = tuple(name for name in chosen if topic_key(name) != key)
    if len(left) < len(chosen) or key not in names:
        return left
    return (*chosen, names[key])


def named(names: Iterable[str], every: str) -> str:
    """ "Đất đai; Giáo dục", or "mọi chủ đề" where none is chosen."""
    return "; ".join(names) or every


def mark(chosen: bool, name: str) -> str:
    return (texts.CHOSEN if chosen else texts.NOT_CHOSEN).format(name=name)
