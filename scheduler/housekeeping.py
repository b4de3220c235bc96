"""Retention: what is no longer needed goes by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import choices, drafts, held, inbox, mailbox, outbox, recent
from bot.audience import codes, interactions, invites, talks
from bot.audience.department import Department
from bot.clock import stamp
from bot.model import Tx
from knowledge import inquiries, interest, learning, question_log, rising, usage
from scheduler import feed_items, forwards, reach, reached
from surveys import reach as poll_chats

PARKED_FOR = timedelta(days=7)  # how long staff can find out what became of a message
HELD_FOR = timedelta(days=7)  # how long somebody may be silent and still get what was sent meanwhile
CHOICES_FOR = timedelta(days=1)
INTERACTIONS_FOR = timedelta(days=8)  # no network lets us write to somebody who was silent for longer
INTEREST_FOR = timedelta(days=rising.LOOKED_BACK + 2)  # what "usual" is worked out from
REACHED_FOR = timedelta(days=90)  # longer than a document stays new and a digest can be postponed
CODES_FOR = timedelta(days=1)  # how long we can say that a code has expired, rather than that it is wrong


def tidy(tx: Tx, department: Department, now: datetime, timezone: ZoneInfo) -> None:
    """Delete and blank what its retention period has passed."""
    row_limit = stamp(now - timedelta(days=department.finished_rows_days))
    inbox.tidy(tx, payloads_before=stamp(now - PARKED_FOR), rows_before=row_limit)
    outbox.tidy(tx, payloads_before=stamp(now - PARKED_FOR), rows_before=row_limit)
    held.give_up(tx, stamp(now - HELD_FOR))
    choices.forget_older_than(tx, stamp(now - CHOICES_FOR))
    recent.forget_old(tx, now)
    drafts.forget_before(tx, now - drafts.LASTS)
    mailbox.remove_old(tx, now)
    interactions.forget_before(tx, now - INTERACTIONS_FOR)
    codes.forget_expired(tx, now - CODES_FOR)
    invites.forget_expired(tx, now - CODES_FOR)
    reach.settle(tx, now)  # before it is forgotten which chat got what
    reached.forget_before(tx, (now - REACHED_FOR).astimezone(timezone).date())
    poll_chats.forget(tx, now)
    talks.forget_drafts(tx, now - talks.CHANGEABLE)
    forwards.let_go_before(tx, now.astimezone(timezone).date() - forwards.REPORTED_FOR)
    question_log.close_days_before(tx, now.astimezone(timezone).date())
    question_log.forget_before(tx, now - timedelta(days=department.question_log_days))
    interest.forget_before(tx, now - INTEREST_FOR)
    learning.forget_before(
        tx, (now - timedelta(days=department.question_log_days)).astimezone(timezone).date()
    )
    usage.forget_before(tx, (now - timedelta(days=department.question_log_days)).astimezone(timezone).date())
    feed_items.tidy(tx, now)
    inquiries.forget_before(tx, now - timedelta(days=department.question_log_days))
