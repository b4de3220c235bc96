"""How the sending of a digest goes, in words: how far it is, what did not arrive and why."""

from __future__ import annotations

from bot import campaigns
from bot.campaigns import Failure, Progress
from bot.model import Tx
from bot.texts import digest_desk as texts
from bot.texts.linking import NETWORKS
from handlers.wording import counted
from scheduler.digests import Digest

SHOWN = 6  # reasons
_LONGEST = 80  # characters of one that no words are kept for


def unfinished(tx: Tx, digest: Digest) -> int:
    return campaigns.progress(tx, digest.cause).unfinished


def line(digest: Digest, progress: Progress) -> str:
    """ "Đang gửi: 120/800 tin (15%)" """
    done = progress.all - progress.unfinished
    form = texts.PROGRESS_PAUSED if digest.state == "paused" else texts.PROGRESS
    percent = done * 100 // progress.all if progress.all else 0
    return form.format(done=counted(done), all=counted(progress.all), percent=percent)


def lines(tx: Tx, digest: Digest) -> list[str]:
    """Of a digest that goes out, or has; none of one that still waits."""
    if digest.state not in ("sending", "paused", "sent"):
        return []
    progress = campaigns.progress(tx, digest.cause)
    if digest.state != "sent":
        return ["", line(digest, progress)]
    lost = progress.parked + progress.undeliverable
    counts = (
        (texts.SENT_COUNT, progress.sent),
        (texts.HELD_COUNT, progress.held),
        (texts.FAILED_COUNT, lost),
        (texts.DOUBTS, progress.doubts),
    )
    return ["", *(form.format(count=counted(count)) for form, count in counts if count)]


def failed(tx: Tx, digest: Digest) -> str:
    found = campaigns.failures(tx, digest.cause)
    said = "\n".join(_failure(each) for each in found[:SHOWN]) or texts.NO_FAILURES
    return "\n".join((texts.HEADING.format(key=digest.key, title=digest.title), said))


def reasons(tx: Tx, digest: Digest) -> list[str]:
    return [_failure(each) for each in campaigns.failures(tx, digest.cause)[:SHOWN]]


def _failure(one: Failure) -> str:
    error = next((words for known, words in texts.ERRORS.items() if known in one.error), one.error[:_LONGEST])
    return texts.FAILURE.format(
        network=NETWORKS.get(one.channel, one.channel),
        error=error or texts.NO_REASON,
        count=counted(one.count),
    )
