"""Totals of polls in groups: in any order, however often they come; which groups are asked, and what is known at last."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

from bot.clock import stamp
from bot.model import Address, Poll, PollAnswer, PollState, Tx
from bot.storage.sqlite import SqliteDatabase
from surveys import group_poll_rows, group_polls, polls
from surveys.ballots import Ballots
from surveys.group_polls import Chat, Opened
from surveys.polls import Question
from tests.fakes.time import START
from tests.surveys.setup import HEARD, NEEDS, QUESTIONS, WISH, opened

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
BIG, TOPIC, SMALL = (Address("telegram", name) for name in ("-1001", "-1002/45", "-1003"))
SCALE = Question("scale", "Bạn hài lòng không?", ("Không", "Rất hài lòng"))


def ask(tx: Tx, key: int, *chats: Chat) -> Opened:
    poll = polls.by_key(tx, key)
    assert poll
    return group_polls.open_in_groups(tx, poll, chats, {"telegram"}, "Ban Tuyên giáo", ZONE, START)


def sent(tx: Tx, opening: Opened) -> None:
    """The platform has taken all of them; their names are "p0", "p1" …"""
    for at, each in enumerate(opening.sends):
        said = PollAnswer("open", str(100 + at), PollState(f"p{at}", False, 0, (0, 0, 0)))
        group_polls.polled(tx, each.cause, said, stamp(START))


async def test_only_large_groups_of_networks_that_can_are_asked_each_question_in_its_turn(
    db: SqliteDatabase, box: Ballots
) -> None:
    key = await db.run(opened, box, START, *QUESTIONS, SCALE)
    later = START + timedelta(hours=8)
    chats = [
        Chat(BIG, 20, START),
        Chat(TOPIC, 300, later),
        Chat(SMALL, 19, START),
        Chat(Address("telegram", "-1004"), None, START),
        Chat(Address("zalo-oa", "group:1"), 90, START),
    ]
    opening = await db.run(ask, key, *chats)
    assert [to.conversation for to in opening.links] == ["-1003", "-1004", "group:1"]
    asked = [
        (each.to, each.reply.question, each.not_before)
        for each in opening.sends
        if isinstance(each.reply, Poll)
    ]
    texts = [question.text for question in (*QUESTIONS, SCALE) if question is not WISH]
    assert asked == [
        (to, text, start + timedelta(minutes=at))
        for to, start in ((BIG, START), (TOPIC, later))
        for at, text in enumerate(texts)
    ]
    assert all(each.bulk for each in opening.sends)
    last = opening.sends[-1].reply
    assert isinstance(last, Poll)
    assert last.options == ("1 – Không", "2", "3", "4", "5 – Rất hài lòng")
    assert (last.least, last.several) == (20, False)
    assert "câu 4/4" in last.description
    assert "tối đa 2 ý" in next(
        each.reply.description
        for each in opening.sends
        if isinstance(each.reply, Poll) and each.reply.question == NEEDS.text
    )
    assert (await db.run(ask, key, *chats)).sends == ()  # asked once


async def test_totals_are_the_same_in_every_order(db: SqliteDatabase, box: Ballots) -> None:
    told = [
        PollState("p0", False, 1, (1, 0, 0)),
        PollState("p0", False, 3, (1, 2, 0)),
        PollState("p0", True, 4, (1, 2, 1)),
        PollState("p0", False, 3, (1, 2, 0)),
    ]
    seen = set()
    for order in permutations(told):
        key = await db.run(opened, box, START, HEARD)

        def follow(tx: Tx, key: int = key, order: tuple[PollState, ...] = order) -> str:
            tx.run("UPDATE group_polls SET name = NULL")
            sent(tx, ask(tx, key, Chat(BIG, 30, START)))
            for each in order:
                group_polls.heard(tx, "telegram", each, START)
            poll = polls.by_key(tx, key)
            assert poll
            return repr([sorted(counts.items()) for counts in group_poll_rows.group_counts(tx, poll)])

        seen.add(await db.run(follow))
    assert seen == {repr([[((1, 0), 4), ((1, 1), 1), ((1, 2), 2), ((1, 3), 1)]])}


async def test_a_poll_of_somebody_else_is_ignored(db: SqliteDatabase, box: Ballots) -> None:
    key = await db.run(opened, box, START, HEARD)

    def copied(tx: Tx) -> object:
        sent(tx, ask(tx, key, Chat(BIG, 30, START)))
        group_polls.heard(tx, "telegram", PollState("a copy", True, 900, (900, 0, 0)), START)
        return tx.rows("SELECT voters, state FROM group_polls")

    assert await db.run(copied) == [{"voters": 0, "state": "open"}]


async def test_a_group_counts_as_one_under_its_new_name_and_when_we_have_left_it(
    db: SqliteDatabase, box: Ballots
) -> None:
    key = await db.run(opened, box, START, HEARD, NEEDS)

    def follow(tx: Tx) -> list[object]:
        sent(tx, ask(tx, key, Chat(Address("telegram", "-7"), 30, START), Chat(TOPIC, 30, START)))
        group_polls.moved(tx, Address("telegram", "-7"), "-1007")
        group_polls.left(tx, Address("telegram", "-1002"))
        for name in ("p0", "p1", "p2", "p3"):
            group_polls.heard(tx, "telegram", PollState(name, False, 5, (5, 0, 0)), START)
        there = [(one.state, one.to, one.message) for one in map(group_poll_rows.of_row, _rows(tx))]
        poll = polls.by_key(tx, key)
        assert poll
        return [there, group_poll_rows.group_counts(tx, poll), len(group_poll_rows.untold(tx))]

    new = Address("telegram", "-1007")
    each = {(question, option): 5 for question in (1, 2) for option in (0, 1)}
    nobody = {(question, option): 0 for question in (1, 2) for option in (2, 3)}
    assert await db.run(follow) == [
        [("open", new, ""), ("open", new, ""), ("left", None, "102"), ("left", None, "103")],
        [each | nobody, each | nobody],
        2,
    ]


def _rows(tx: Tx) -> list[dict[str, object]]:
    return tx.rows("SELECT * FROM group_polls ORDER BY key")
