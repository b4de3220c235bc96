"""What everybody may know of a closed poll: one place for the page, the report, the news and the comparison over time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.model import Tx
from bot.texts import survey_page as texts
from surveys import group_poll_rows, group_polls, results
from surveys.polls import Poll
from surveys.results import Results


def of(tx: Tx, poll: Poll, now: datetime) -> Results | None:
    """None while it runs. Groups are told about when the totals of all of them have come, and not before: who laid one
    result beside a later one would read the last group off them."""
    groups = group_poll_rows.group_counts(tx, poll) if group_polls.settled(tx, poll, now) else []
    return results.of(tx, poll.key, groups)


def caveats(found: Results) -> Iterator[str]:
    """What has to be known of how it ended."""
    why = found.poll.why_closed
    if why == "changed":
        yield texts.CHANGED
    if why in texts.ENDED:
        yield texts.ENDED[why]
    if found.spoilt:
        yield texts.SPOILT.format(count=found.spoilt)
