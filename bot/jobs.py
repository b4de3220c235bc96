"""What happens by itself, and when: the part of the composition root that the scheduler ticks."""

from __future__ import annotations

from functools import partial

from bot import inbox
from bot.app import AFTERMATH, Bot
from bot.channels.zalo_oa import ZaloOA
from bot.clock import Clock
from bot.sealing import KeyFolder
from bot.settings import Settings
from bot.storage.base import Database
from handlers.staff import (
    criticism,
    feed_items,
    feeds,
    group_polls,
    groups,
    poll_notices,
    superseding,
    weekly,
)
from knowledge import review
from scheduler import group_rounds, housekeeping, times
from scheduler.feed_fetching import Fetching
from scheduler.runner import Job
from surveys.running import Running


def jobs(
    settings: Settings,
    bot: Bot,
    db: Database,
    clock: Clock,
    keys: KeyFolder,
    oa: ZaloOA | None,
    fetching: Fetching,
) -> list[Job]:
    async def tidy() -> None:
        # Also makes the key of the new day, and with that throws the old one away.
        keys.of_the_day(clock.now().astimezone(settings.timezone).date())
        await db.run(housekeeping.tidy, bot.department, clock.now(), settings.timezone)

    async def tell_of_superseded() -> None:
        if await db.read(review.untold):  # by an import in another process
            await bot.tell(superseding.announce)

    look = partial(
        group_rounds.look,
        db,
        bot.platforms.describe,
        clock,
        gone=AFTERMATH.gone,
        moved=AFTERMATH.moved,
    )

    async def tell_of_feeds() -> None:
        await bot.tell(feed_items.announce)
        await bot.tell(feeds.announce)

    return [
        Job("housekeeping", times.HOUSEKEEPING, tidy),
        Job("superseded documents", times.SUPERSEDED, tell_of_superseded),
        Job("inquiries", times.INQUIRIES, bot.see_to_inquiries),
        Job("digests", times.DIGESTS, bot.digests.go_on),
        Job("polls", times.POLLS, Running(db, bot.box, clock, inbox.waits).round),
        Job("polls in groups", times.POLLS, partial(bot.tell, group_polls.see_to)),
        Job("invitations to polls", times.POLLS, bot.invitations.go_on),
        Job("poll news", times.POLLS, bot.poll_news.go_on),
        Job("reminders of polls", times.POLLS, bot.reminders.go_on),
        Job("polls told", times.POLLS, partial(bot.tell, poll_notices.announce)),
        Job("digests told", times.DIGESTS, bot.tell_of_digests),
        Job("rising topics", times.RISING, bot.watch),
        Job("criticism", times.CRITICISM, partial(bot.tell, criticism.announce)),
        Job("feeds", times.FEEDS, fetching.begin),
        Job("what feeds bring", times.FEED_ITEMS, tell_of_feeds),
        Job("weekly review", times.REVIEW, partial(bot.tell, weekly.announce)),
        Job("groups", times.GROUPS, partial(look, forbidden_only=False)),
        Job("forbidden groups", times.FORBIDDEN_GROUPS, partial(look, forbidden_only=True)),
        Job("group news", times.GROUP_NEWS, partial(bot.tell, groups.announce)),
        *([Job("zalo-oa tokens", times.TOKENS, oa.keep_fresh)] if oa else []),
    ]
