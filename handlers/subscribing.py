"""/dangky: a short digest of new documents, by topic and level, in somebody's private chat; /huydangky ends it.

The word alone subscribes to everything, so that it does what it says; what follows only narrows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.audience import quiet, subscriptions
from bot.audience.subscriptions import Subscription
from bot.errors import InputError
from bot.model import Choice, Inbound, Outcome, Text, Tx, say
from bot.texts import browsing, chat
from bot.texts import quiet as quiet_texts
from bot.texts import subscribing as texts
from handlers import questions
from handlers.commands import asked, command
from handlers.context import Context
from handlers.expected import unless_expected
from handlers.in_place import in_place
from handlers.payloads import number, payload
from handlers.topic_choices import ALL, again, mark, named, page_of, toggled, topic_choices
from handlers.wishes import Wish, read
from handlers.wording import networks, plain
from knowledge.catalogue import LEVELS
from scheduler import calling_off

COMMAND = "dangky"
SUBSCRIPTION = "sub"
TOPICS, TOPIC, LEVELS_OF, LEVEL, STOP = "topics", "topic", "levels", "level", "stop"
OA = "zalo-oa"


async def subscribe(inbound: Inbound, context: Context) -> Outcome:
    """The command, alone or with words; words that name no topic, without a slash, are a question: "đăng ký kết hôn"."""
    wanted = asked(inbound, COMMAND) or ""
    if hours := _hours(wanted):
        return await _quiet(inbound, context, hours)
    if quiet.is_span(wanted):
        return say(inbound.address, plain(quiet_texts.NOT_A_SPAN))
    wish = read(wanted, context.library.catalogue.topics(samples=True))
    if not command(inbound) and (wish.rest or _is_question(inbound, context)):
        return await unless_expected(questions.ask)(inbound, context)
    if refusal := _refusal(inbound, context):
        return say(inbound.address, plain(refusal, to=inbound))
    if wish.rest:
        said = texts.UNKNOWN_TOPIC.format(text=wanted[:60])
        choices = topic_choices(context, (), 1, _to_topic, payload(SUBSCRIPTION, TOPICS, 2))
        return say(inbound.address, plain(said, *choices))
    present = await context.db.read(subscriptions.of_person, inbound.address)
    return _kept(inbound, context, _wished(inbound, wish, present), present)


async def stop(inbound: Inbound, context: Context) -> Outcome:
    words = context.words(inbound.address.channel)
    if not inbound.private:
        return say(inbound.address, plain(texts.IN_GROUP.format(**words), to=inbound))
    present = await context.db.read(subscriptions.of_person, inbound.address)
    if present is None:
        return say(inbound.address, plain(texts.NOT_SUBSCRIBED.format(**words)))

    now = context.clock.now()

    def end(tx: Tx) -> None:
        subscriptions.stop(tx, inbound.address)
        calling_off.unsubscribed(tx, present.at, now)  # at night one may wait for the morning

    return say(inbound.address, plain(texts.STOPPED.format(**words)), writes=(end,))


async def press(inbound: Inbound, context: Context) -> Outcome:
    """ "sub", "sub/topics/1", "sub/topic/<key>", "sub/topic/all", "sub/levels", "sub/level/0", "sub/stop" """
    if refusal := _refusal(inbound, context):
        return say(inbound.address, plain(refusal))
    _, act, of = (*inbound.payload.split("/"), "", "")[:3]
    present = await context.db.read(subscriptions.of_person, inbound.address)
    shown = present or Subscription(inbound.address)
    if act == STOP:
        return await stop(inbound, context)
    if act == TOPICS:
        menu = _topics(context, shown, max(number(of), 1))
        return say(inbound.address, in_place(inbound, context, menu))
    if act == LEVELS_OF:
        return say(inbound.address, in_place(inbound, context, _levels(shown)))
    if act == TOPIC:
        chosen = toggled(context, shown.topics, of)
        page = page_of(context, of)
        return _narrowed(
            inbound, context, replace(shown, topics=chosen), lambda now: _topics(context, now, page)
        )
    if act == LEVEL:
        levels = _toggled_level(shown.levels, of)
        return _narrowed(inbound, context, replace(shown, levels=levels), _levels)
    if act:
        return say(inbound.address, plain(chat.OLD_BUTTON))
    if present is None:
        return await _not_yet(inbound, context)
    return say(inbound.address, in_place(inbound, context, card(inbound, context, present)))


def card(inbound: Inbound, context: Context, of: Subscription, *said: str) -> Text:
    """What somebody gets, and how to change it."""
    words = context.words(inbound.address.channel)
    shown = texts.CARD.format(
        topics=named(of.topics, texts.EVERY_TOPIC),
        levels=named(
            [browsing.LEVELS_IN_A_SENTENCE.get(level, level) for level in of.levels], texts.EVERY_LEVEL
        ),
        quiet=of.quiet or context.department().quiet_hours,
    )
    paragraphs = [
        "\n".join((*(said or (texts.SUBSCRIBED,)), shown)),
        *([texts.OA_WINDOW] if inbound.address.channel == OA else []),
        texts.HOW_TO_STOP.format(**words),
    ]
    return plain(
        "\n\n".join(paragraphs),
        Choice(texts.CHOOSE_TOPICS, payload(SUBSCRIPTION, TOPICS, 1)),
        Choice(texts.CHOOSE_LEVELS, payload(SUBSCRIPTION, LEVELS_OF)),
        Choice(texts.STOP, payload(SUBSCRIPTION, STOP)),
    )


def _hours(wanted: str) -> str:
    """ "21:00-06:30" of "21h đến 6h30"; "" for other words."""
    try:
        return str(quiet.parse(wanted)) if any(map(str.isdigit, wanted)) else ""
    except InputError:
        return ""


async def _quiet(inbound: Inbound, context: Context, hours: str) -> Outcome:
    if refusal := _refusal(inbound, context):
        return say(inbound.address, plain(refusal, to=inbound))
    present = await context.db.read(subscriptions.of_person, inbound.address)
    wanted = replace(present or Subscription(inbound.address), at=inbound.address, quiet=hours)
    return _kept(inbound, context, wanted, present)


def _is_question(inbound: Inbound, context: Context) -> bool:
    """ "đăng ký đất đai?", and what the knowledge base answers without a doubt."""
    return "?" in inbound.text or context.library.find(inbound.text, context.thresholds).outcome == "answer"


def _refusal(inbound: Inbound, context: Context) -> str:
    """Why nobody can subscribe here; "" where they can."""
    words = context.words(inbound.address.channel)
    if not inbound.private:
        return texts.IN_GROUP.format(**words)
    if inbound.address.channel in context.tells:
        return ""
    elsewhere = [name for name in context.networks if name in context.tells]
    return texts.NOT_HERE.format(networks=networks(elsewhere)) if elsewhere else texts.NOWHERE.format(**words)


def _wished(inbound: Inbound, wish: Wish, present: Subscription | None) -> Subscription:
    """What they get from now on; the command alone changes nothing of what they have chosen before."""
    before = replace(present, at=inbound.address) if present else Subscription(inbound.address)
    if wish.everything:
        before = Subscription(inbound.address, quiet=before.quiet)
    if not (wish.topics or wish.levels):
        return before
    return replace(before, topics=tuple(topic.name for topic in wish.topics), levels=wish.levels)


def _kept(inbound: Inbound, context: Context, wanted: Subscription, present: Subscription | None) -> Outcome:
    now = context.clock.now()
    said = texts.SUBSCRIBED if present == wanted else texts.CHANGED if present else texts.STARTED
    moved = present is not None and present.at != wanted.at
    if present and moved:
        said = texts.MOVED.format(network=networks([present.at.channel]))
    return say(inbound.address, card(inbound, context, wanted, said), writes=(_keeping(wanted, now),))


def _narrowed(
    inbound: Inbound, context: Context, wanted: Subscription, menu: Callable[[Subscription], Text]
) -> Outcome:
    """Kept at once, wherever they stop; the menu again, for the next choice."""
    here = replace(wanted, at=inbound.address)
    keep = _keeping(here, context.clock.now())
    return say(inbound.address, in_place(inbound, context, menu(here)), writes=(keep,))


def _keeping(wanted: Subscription, now: datetime) -> Callable[[Tx], None]:
    """From now on here: what has come to another account of theirs, or waits for it, goes with the subscription there."""

    def keep(tx: Tx) -> None:
        for account in subscriptions.keep(tx, wanted, now):
            calling_off.unsubscribed(tx, account, now)

    return keep


async def _not_yet(inbound: Inbound, context: Context) -> Outcome:
    return say(inbound.address, plain(texts.NOT_SUBSCRIBED.format(**context.words(inbound.address.channel))))


def _to_topic(key: str) -> str:
    return payload(SUBSCRIPTION, TOPIC, key)


def _topics(context: Context, of: Subscription, page: int) -> Text:
    choices = topic_choices(context, of.topics, page, _to_topic, payload(SUBSCRIPTION, TOPICS, page + 1))
    if not choices:
        return plain(texts.NO_TOPICS)
    return plain(texts.TOPICS, *choices, Choice(texts.DONE, SUBSCRIPTION, leads=True))


def _levels(of: Subscription) -> Text:
    return plain(
        texts.WHICH_LEVELS,
        Choice(mark(not of.levels, texts.ALL_LEVELS), payload(SUBSCRIPTION, LEVEL, ALL)),
        *(
            Choice(
                mark(level in of.levels, browsing.LEVELS[level]),
                payload(SUBSCRIPTION, LEVEL, again(at, level in of.levels)),
            )
            for at, level in enumerate(LEVELS)
        ),
        Choice(texts.DONE, SUBSCRIPTION, leads=True),
    )


def _toggled_level(chosen: Sequence[str], of: str) -> tuple[str, ...]:
    if not -1 < number(of) < len(LEVELS):
        return ()
    level = LEVELS[number(of)]
    after = [each for each in LEVELS if (each in chosen) != (each == level)]
    return () if len(after) == len(LEVELS) else tuple(after)


def about(of: Subscription | None, channel: str, context: Context) -> str:
    """What /riengtu says of it."""
    if of is None:
        return texts.PRIVACY_OFF
    return texts.PRIVACY_ON.format(
        topics=named(of.topics, texts.EVERY_TOPIC),
        levels=named(
            [browsing.LEVELS_IN_A_SENTENCE.get(level, level) for level in of.levels], texts.EVERY_LEVEL
        ),
        **context.words(channel),
    )
