"""Polls in groups from the outside: stopped when their time is over; staff hear what became of them otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from bot import campaigns
from bot.audience import groups, staff
from bot.clock import stamp
from bot.model import Address, Sending, Tx
from bot.texts import group_polls as texts
from handlers.context import Context
from handlers.staff.reaching import reached
from handlers.wording import networks, plain
from surveys import group_poll_rows, group_polls, polls
from surveys.group_poll_rows import GroupPoll
from surveys.group_polls import ANSWERS_WITHIN, LEAST_MEMBERS
from surveys.polls import Poll


def see_to(tx: Tx, context: Context) -> list[Sending]:
    """What is due now."""
    unfinished, now = group_poll_rows.unfinished(tx), context.clock.now()
    for key in {one.poll for one in unfinished}:
        poll = polls.by_key(tx, key)
        if poll and group_polls.is_over(poll, now):
            campaigns.cancel(tx, group_polls.causes(key), stamp(now))
    stops = [_see_to(tx, context, one, poll) for one in unfinished if (poll := polls.by_key(tx, one.poll))]
    return [*(stop for stop in stops if stop), *_news(tx, context)]


def _see_to(tx: Tx, context: Context, one: GroupPoll, poll: Poll) -> Sending | None:
    """What stops it, where that is due."""
    now = context.clock.now()
    over = group_polls.is_over(poll, now)
    if one.state == "waiting":
        delivery = context.delivery(tx, group_polls.cause(one))
        if delivery == "lost" or (over and not delivery):
            group_polls.not_sent(tx, one, now, over=over)
        return None
    if not over:
        return None
    if now > poll.closes_at + ANSWERS_WITHIN or context.delivery(tx, group_polls.stop_cause(one)) == "lost":
        group_polls.give_up(tx, one, now)
        return None
    if one.channel not in context.networks:  # it may be switched on again in time
        return None
    return group_polls.stop(tx, one, now)


def _news(tx: Tx, context: Context) -> Iterator[Sending]:
    """One message for each group, whatever number of questions it was asked; it waits where no approver can be reached."""
    untold = group_poll_rows.untold(tx)
    to = reached(tx, context, staff.members(tx, context.admins, "approver")) if untold else []
    together: dict[tuple[int, int, str], list[GroupPoll]] = {}
    for one in untold if to else ():
        group_poll_rows.mark_told(tx, one)
        together.setdefault((one.poll, one.place, one.state), []).append(one)
    for (key, _, state), found in together.items():
        poll = polls.by_key(tx, key)
        said = texts.NEWS.format(
            title=poll.title if poll else key,
            network=networks([found[0].channel]),
            group=_title(tx, found[0].to),
            questions=", ".join(str(one.question) for one in found),
            what=texts.WHAT[state].format(voters=max(one.voters for one in found), least=LEAST_MEMBERS),
        )
        for member, at in to:
            yield Sending(at, plain(said), f"group-poll:{found[0].key}:{state}:{member.key}")


def _title(tx: Tx, to: Address | None) -> str:
    there = (group for group in groups.all_groups(tx) if to in (group.at, group.digests_to))
    return next((group.title for group in there), texts.GONE_GROUP)
