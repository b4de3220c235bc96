"""What a digest is made of: the documents that a schedule has not sent yet, the question asked most, an open poll."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.audience import audit, units
from bot.channels.layout import shorten
from bot.clock import stamp
from bot.errors import InputError
from bot.model import Tx
from bot.texts import digests as texts
from knowledge import documents, entries, usage
from knowledge.documents import Document
from scheduler.digest_rows import Audience, Digest, Item, require, write_item
from scheduler.schedules import Schedule
from scheduler.selection import chosen, fits, still_new
from surveys import polls, surveys
from surveys.polls import Poll

LOOKED_BACK = timedelta(days=60)  # what is older is news to nobody, whatever a schedule has missed
QUESTIONS = 3  # of each document
SENTENCES, LONGEST_SENTENCES = 2, 400
ASKED_WITHIN = timedelta(days=7)  # what counts for the question asked most
URGENT_VALID = timedelta(hours=12)


def new_for(tx: Tx, schedule: Schedule, now: datetime) -> list[Document]:
    """What was published for this schedule and has not gone out with it, the oldest first.

    What a skipped or cancelled digest held comes again; what staff have dropped does not, nor what a digest holds that
    still waits.
    """
    since = max(schedule.since or now, now - LOOKED_BACK)
    rows = tx.rows(
        """SELECT key FROM documents WHERE status = 'in force' AND sample = 0 AND superseded_by IS NULL
                AND published_at > :since
                AND NOT EXISTS (SELECT 1 FROM digest_items item JOIN digests digest ON digest.key = item.digest
                    WHERE item.document = documents.key AND digest.schedule = :schedule
                        AND (item.dropped = 1 OR digest.state NOT IN ('skipped', 'cancelled')))
            ORDER BY published_at, key""",
        since=stamp(since),
        schedule=schedule.key,
    )
    found = (documents.by_key(tx, row["key"]) for row in rows)
    return [
        each for each in found if each and fits(each.level, each.topics, schedule.levels, schedule.topics)
    ]


def prepare(
    tx: Tx, schedule: Schedule, due_at: datetime, code: str, now: datetime, timezone: ZoneInfo
) -> Digest | None:
    """The digest of this due time, from what is new now; None where nothing is, or where there is one already.

    One due time never runs twice: the row is unique in schedule and due time, whoever is first.
    """
    items = tuple(item_of(tx, document) for document in new_for(tx, schedule, now))
    to = chosen(tx, schedule.unit, schedule.audience) if items else []
    if to:  # nobody at all is no reason to be silent: approvers see that it would reach nobody
        items = still_new(tx, items, to)
    if not items:
        return None
    local = due_at.astimezone(timezone)
    asked = usage.most_used(tx, local.date() - ASKED_WITHIN) if schedule.most_asked else None
    key = _insert(
        tx,
        code,
        schedule=schedule.key,
        state="approved" if schedule.automatic else "draft",
        due_at=due_at,
        valid=timedelta(hours=schedule.valid_hours),
        title=texts.TITLE.format(date=f"{local:%d/%m/%Y}"),
        unit=schedule.unit,
        audience=schedule.audience,
        most_asked=asked,
        poll=_open_poll(tx, schedule.unit) if schedule.poll else None,
    )
    if key is None:
        return None
    for position, item in enumerate(items):
        write_item(tx, key, item, position)
    audit.record(tx, None, "digest.prepared", f"digest:{key}", now)
    return require(tx, key)


def urgent(
    tx: Tx, document: int, by: int | None, now: datetime, *, override_quiet: bool, code: str
) -> Digest:
    """A draft of urgent news: one document, to everybody, as soon as it is approved. Raises InputError."""
    found = documents.by_key(tx, document)
    if found is None or found.status != "in force" or found.sample:
        raise InputError(texts.NOT_PUBLISHED)
    key = _insert(
        tx,
        code,
        urgent=True,
        overrides_quiet=override_quiet,
        due_at=now,
        valid=URGENT_VALID,
        title=texts.URGENT,
    )
    if key is None:
        raise LookupError("a digest of this code is there already")
    write_item(tx, key, item_of(tx, found), 0)
    audit.record(tx, by, "digest.urgent", f"digest:{key} document:{document}", now)
    return require(tx, key)


def would_be_urgent(tx: Tx, document: Document, now: datetime, code: str) -> Digest:
    """What `urgent` would make of it: to look at, before anything is written."""
    return Digest(
        key=0,
        code=code,
        schedule=None,
        urgent=True,
        overrides_quiet=False,
        state="draft",
        reason="",
        due_at=now,
        send_at=now,
        valid_until=now + URGENT_VALID,
        title=texts.URGENT,
        greeting="",
        unit=None,
        audience="all",
        items=(item_of(tx, document),),
        most_asked=None,
        poll=None,
        approved_by=None,
        chats=0,
        started_at=None,
        finished_at=None,
    )


def item_of(tx: Tx, document: Document) -> Item:
    published = [entry for entry in entries.of_document(tx, document.key) if entry.status == "published"]
    return Item(
        document=document.key,
        number=document.number,
        kind=document.kind,
        title=document.title,
        issuer=document.issuer,
        issued_on=document.issued_on,
        sentences=first_sentences(document.summary),
        address=document.address,
        topics=document.topics,
        level=document.level,
        questions=tuple((entry.id, entry.question) for entry in published[:QUESTIONS]),
    )


def first_sentences(summary: str) -> str:
    """One or two, on one line."""
    sentences = re.split(r"(?<=[.!?…])\s+(?=\w)", " ".join(summary.split()))
    return shorten(" ".join(sentences[:SENTENCES]), LONGEST_SENTENCES)


def _open_poll(tx: Tx, unit: int | None) -> str | None:
    """The code of what people are asked just now, where whoever made the poll wants it to go along and it is for them."""
    return next(
        (poll.code for poll in polls.in_states(tx, "open") if poll.with_digest and _is_for(tx, poll, unit)),
        None,
    )


def _is_for(tx: Tx, poll: Poll, unit: int | None) -> bool:
    """A poll of some units goes along with digests for what belongs to them."""
    survey = surveys.by_key(tx, poll.survey)
    return survey is not None and (not survey.units or unit in units.load(tx).within(survey.units))


def _insert(
    tx: Tx,
    code: str,
    *,
    due_at: datetime,
    valid: timedelta,
    title: str,
    schedule: int | None = None,
    state: str = "draft",
    urgent: bool = False,
    overrides_quiet: bool = False,
    unit: int | None = None,
    audience: Audience = "all",
    most_asked: tuple[str, str] | None = None,
    poll: str | None = None,
) -> int | None:
    entry, question = most_asked or (None, None)
    row = tx.row(
        """INSERT INTO digests (code, schedule, urgent, overrides_quiet, state, due_at, send_at, valid_until, title, unit,
                audience, most_asked, most_asked_question, poll)
            VALUES (:code, :schedule, :urgent, :overrides_quiet, :state, :due_at, :due_at, :valid_until, :title, :unit,
                :audience, :entry, :question, :poll)
            ON CONFLICT (schedule, due_at) DO NOTHING RETURNING key""",
        code=code,
        schedule=schedule,
        urgent=int(urgent),
        overrides_quiet=int(overrides_quiet),
        state=state,
        due_at=stamp(due_at),
        valid_until=stamp(due_at + valid),
        title=title,
        unit=unit,
        audience=audience,
        entry=entry,
        question=question,
        poll=poll,
    )
    return int(row["key"]) if row else None
