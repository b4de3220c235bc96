"""A ballot is sent once and counted once, and nothing that stays says whose it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import inbox
from bot.model import Tx
from bot.sealing import KeyFolder
from bot.storage.backup import write_backup
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from surveys import ballots, polls, surveys
from surveys.ballot import Ballot
from surveys.ballots import LEAST, Ballots
from surveys.running import Running, end_early, open_poll
from tests.fakes.time import MovedClock
from tests.surveys.setup import AGE, HEARD, ballot, counters, opened, voter


@pytest.fixture
async def poll(db: SqliteDatabase, box: Ballots, clock: MovedClock) -> int:
    return await db.run(opened, box, clock.now())


@pytest.fixture
def running(db: SqliteDatabase, box: Ballots, clock: MovedClock) -> Running:
    return Running(db, box, clock, inbox.waits)


def left_of_voters(tx: Tx) -> list[Row]:
    tables = ("ballot_tokens", "ballot_box", "ballot_drafts")
    return [row for table in tables for row in tx.rows(f"SELECT poll FROM {table}")]


async def send(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, number: int, one: Ballot
) -> str:
    return await db.run(box.submit, poll, [voter(number)], one, clock.now())


async def test_nothing_is_counted_before_there_are_ten(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running
) -> None:
    for number in range(LEAST - 1):
        assert await send(db, box, clock, poll, number, ballot(q1=(1,))) == "sent"
    await running.round()
    assert await db.read(counters, poll) == {}
    await send(db, box, clock, poll, 99, ballot(q1=(2,)))
    await running.round()
    counted = await db.read(counters, poll)
    assert counted[("chat", 1, 1, 0, 0)] == LEAST - 1
    assert counted[("chat", 1, 2, 0, 0)] == 1
    assert counted[("chat", 1, 0, 0, 0)] == counted[("chat", 0, 0, 0, 0)] == LEAST
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box")) == []


async def test_one_person_answers_once_on_whatever_network(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    linked = [voter(1), voter(2)]
    assert await db.run(box.submit, poll, linked, ballot(q1=(1,)), clock.now()) == "sent"
    for account in linked:
        assert await db.run(box.submit, poll, [account], ballot(q1=(2,)), clock.now()) == "twice"
        assert await db.read(box.has_answered, poll, [account])
    assert not await db.read(box.has_answered, poll, [voter(3)])
    assert len(await db.read(lambda tx: tx.rows("SELECT * FROM ballot_box"))) == 1


async def test_crossings_are_counted_and_only_those_that_were_declared(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    await send(db, box, clock, poll, 1, ballot(q1=(1,), q2=(3,), q3=(1, 2)))
    await send(db, box, clock, poll, 2, ballot(q1=(1,)))
    await db.run(box.count, poll, 1)
    counted = await db.read(counters, poll)
    assert counted[("chat", 3, 2, 2, 3)] == 1  # by age
    assert counted[("chat", 1, 1, 2, 0)] == 1  # did not say how old
    assert counted[("chat", 0, 0, 2, 3)] == 1
    assert {crossing for _, _, _, crossing, _ in counted} == {0, 2}
    assert not any(question == crossing != 0 for _, question, _, crossing, _ in counted)


async def test_the_key_of_what_was_counted_is_destroyed(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    for number in range(LEAST):
        await send(db, box, clock, poll, number, ballot(q1=(1,)))
    assert keys.names("poll-") == [f"poll-{poll}", f"poll-{poll}-1"]
    await running.round()
    assert keys.names("poll-") == [f"poll-{poll}"]
    await send(db, box, clock, poll, 99, ballot(q1=(1,)))
    assert keys.names("poll-") == [f"poll-{poll}", f"poll-{poll}-2"]


async def test_with_the_close_goes_whatever_could_tell_who_has_answered(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    for number in range(3):
        await send(
            db, box, clock, poll, number, ballot(q1=(number + 1,), q4="Thêm ghế ở nhà văn hóa, 0912345678")
        )
    await db.run(box.drafts.keep, voter(9), poll, {"at": 1}, clock.now())
    clock.move(days=7, seconds=1)
    assert await send(db, box, clock, poll, 10, ballot(q1=(1,))) == "closed"
    await running.round()
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert (closed.state, closed.why_closed) == ("closed", "time")
    assert await db.read(left_of_voters) == []
    assert keys.names("poll-") == []
    assert (await db.read(counters, poll))[("chat", 0, 0, 0, 0)] == 3
    words = await db.read(lambda tx: tx.rows("SELECT DISTINCT text FROM poll_words"))
    assert words == [{"text": "Thêm ghế ở nhà văn hóa, [số điện thoại]"}]
    assert not await db.read(box.has_answered, poll, [voter(1)])


async def test_what_came_before_the_end_counts_however_late_it_is_handled(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    before = clock.now()
    clock.move(seconds=1)
    assert await db.run(end_early, poll, clock.now())
    clock.move(seconds=5)
    assert await db.run(box.submit, poll, [voter(1)], ballot(q1=(1,)), before) == "sent"
    assert await db.run(box.submit, poll, [voter(2)], ballot(q1=(1,)), clock.now()) == "closed"


async def test_a_poll_does_not_close_while_an_earlier_message_waits(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    waiting = True
    running = Running(db, box, clock, lambda tx, before: waiting)
    clock.move(days=8)
    await running.round()
    assert (await db.read(polls.in_states, "open"))[0].key == poll
    waiting = False
    await running.round()
    assert await db.read(polls.in_states, "open") == []


async def test_a_closed_poll_stays_closed_when_the_clock_goes_back(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running
) -> None:
    clock.move(days=8)
    await running.round()
    clock.move(days=-8)
    await running.round()
    assert await send(db, box, clock, poll, 1, ballot(q1=(1,))) == "closed"


async def test_a_paused_poll_takes_nothing_and_loses_nothing(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    await send(db, box, clock, poll, 1, ballot(q1=(1,)))
    await db.run(lambda tx: polls.move(tx, poll, "paused", among_states=("open",), now=clock.now()))
    assert await send(db, box, clock, poll, 2, ballot(q1=(1,))) == "paused"
    await db.run(lambda tx: polls.move(tx, poll, "open", among_states=("paused",), now=clock.now()))
    assert await send(db, box, clock, poll, 2, ballot(q1=(1,))) == "sent"


@pytest.mark.parametrize(
    "forged",
    [
        ballot(q1=(4,)),
        ballot(q1=(0,)),
        ballot(q1=(1, 2)),
        ballot(q1=()),
        ballot(q1="Zalo"),
        ballot(q3=(1, 2, 3)),
        ballot(q3=(1, 1)),
        ballot(q4=(1,)),
        ballot(q4="   "),
        ballot(q4="a" * 501),
        ballot(q5=(1,)),
        ballot(q0=(1,)),
    ],
)
async def test_an_answer_that_no_button_gives_is_refused(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, forged: Ballot
) -> None:
    with pytest.raises(ValueError, match="question"):
        await send(db, box, clock, poll, 1, forged)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM ballot_tokens")) == []


async def test_all_ballots_of_a_poll_have_one_size(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    await send(db, box, clock, poll, 1, ballot())
    await send(db, box, clock, poll, 2, ballot(q1=(1,), q2=(2,), q3=(2, 3), q4="😀" * 500))
    await send(db, box, clock, poll, 3, ballot("web", q4='"\\' * 250))
    sizes = await db.read(lambda tx: tx.rows("SELECT DISTINCT length(payload) AS size FROM ballot_box"))
    assert len(sizes) == 1
    assert await db.run(box.count, poll, 1) == 3
    texts = {row["text"] for row in await db.read(lambda tx: tx.rows("SELECT text FROM poll_words"))}
    assert texts == {"😀" * 500, '"\\' * 250}


async def test_a_poll_whose_keys_are_lost_closes_and_says_why(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    await send(db, box, clock, poll, 1, ballot(q1=(1,)))
    for name in keys.names("poll-"):
        keys.destroy(name)
    await running.round()
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert (closed.state, closed.why_closed) == ("closed", "keys lost")
    assert await db.read(counters, poll) == {("chat", 0, ballots.SPOILT, 0, 0): 1}


async def test_a_kill_between_the_count_and_its_key_is_made_good(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    for number in range(LEAST):
        await send(db, box, clock, poll, number, ballot(q1=(1,)))
    assert await db.run(box.count, poll) == LEAST  # and here the power fails
    assert f"poll-{poll}-1" in keys.names("poll-")
    await running.round()
    assert keys.names("poll-") == [f"poll-{poll}"]


async def test_a_poll_that_was_open_when_a_backup_was_made_stays_closed_in_it(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, tmp_path: Path
) -> None:
    await send(db, box, clock, poll, 1, ballot(q1=(1,)))
    await db.run(box.drafts.keep, voter(2), poll, {"at": 1}, clock.now())
    write_backup(db.path, tmp_path / "backup.db")
    copy = SqliteDatabase.open(tmp_path / "backup.db")
    restored = await copy.read(polls.by_key, poll)
    left = await copy.read(left_of_voters)
    await copy.close()
    assert restored is not None
    assert (restored.state, restored.why_closed) == ("closed", "restored")
    assert left == []


async def test_a_draft_lasts_a_day_from_its_first_answer(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running
) -> None:
    await db.run(box.drafts.keep, voter(1), poll, {"at": 1}, clock.now())
    clock.move(hours=20)
    await db.run(box.drafts.keep, voter(1), poll, {"at": 2}, clock.now())
    assert await db.read(box.drafts.find, voter(1), poll) == {"at": 2}
    assert await db.read(box.drafts.find, voter(2), poll) is None
    clock.move(hours=5)
    await running.round()
    assert await db.read(box.drafts.find, voter(1), poll) is None


async def test_an_approved_poll_opens_when_it_is_time(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, running: Running
) -> None:
    def plan(tx: Tx) -> int:
        now = clock.now()
        survey = surveys.add(tx, "Học phí", "…", now.date(), now.date() + timedelta(30), (), now)
        draft = polls.PollDraft("Học phí", (HEARD, AGE), opens_at=now + timedelta(hours=2))
        return polls.add(tx, survey, draft, "hocphi", now + timedelta(days=3), now)

    key = await db.run(plan)
    clock.move(hours=3)
    await running.round()
    assert await db.read(polls.in_states, "open") == []  # nobody has approved it
    await db.run(lambda tx: polls.move(tx, key, "approved", among_states=("draft",), now=clock.now()))
    await running.round()
    assert [each.key for each in await db.read(polls.in_states, "open")] == [key]
    assert not await db.run(open_poll, box, key, clock.now())


async def test_a_definition_is_read_as_it_was_written(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    found = await db.read(polls.by_code, "POLL-1")
    assert found is not None
    assert found.questions[1] == AGE
    assert found.crossings == (2,)
    assert not await db.run(polls.rewrite, poll, polls.as_draft(found), found.closes_at, clock.now())


async def test_a_poll_whose_keys_are_lost_gets_no_new_ones(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    """Until the next round has closed it: with a new secret everybody could answer once more, and nobody would know."""
    keys.destroy(f"poll-{poll}")

    def go_on(tx: Tx) -> None:
        box.drafts.keep(tx, voter(1), poll, {}, clock.now())
        assert box.submit(tx, poll, [voter(1)], ballot(q1=(1,)), clock.now()) == "closed"

    await db.run(go_on)
    await running.round()
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert closed.why_closed == "keys lost"


async def test_a_single_ballot_of_one_way_is_not_counted_beside_many_of_another(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int, running: Running, keys: KeyFolder
) -> None:
    await send(db, box, clock, poll, 0, ballot(q1=(3,), q4="Mong có lớp học"))
    for number in range(1, LEAST + 1):
        await send(db, box, clock, poll, number, ballot("web", q1=(1,)))
    before = await db.read(lambda tx: tx.rows("SELECT name FROM ballot_box"))
    await running.round()
    counted = await db.read(counters, poll)
    assert counted[("web", 1, 1, 0, 0)] == LEAST
    assert not any(source == "chat" for source, *_ in counted)
    assert await db.read(lambda tx: tx.rows("SELECT * FROM poll_words")) == []
    [waiting] = await db.read(lambda tx: tx.rows("SELECT name, window FROM ballot_box"))
    assert waiting["name"] not in [row["name"] for row in before]
    assert keys.names("poll-") == [f"poll-{poll}", f"poll-{poll}-{waiting['window']}"]
    await db.run(box.close, poll, "time", clock.now())
    assert (await db.read(counters, poll))[("chat", 1, 3, 0, 0)] == 1


async def test_what_closes_before_its_time_ends_then(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    clock.move(days=2)
    assert await db.run(box.close, poll, "changed", clock.now())
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert closed.closes_at == clock.now()


async def test_what_closes_late_ended_when_it_was_to(
    db: SqliteDatabase, box: Ballots, clock: MovedClock, poll: int
) -> None:
    planned = clock.now() + timedelta(days=7)
    clock.move(days=8)
    assert await db.run(box.close, poll, "time", clock.now())
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert closed.closes_at == planned


async def test_what_staff_end_early_says_so(
    db: SqliteDatabase, clock: MovedClock, poll: int, running: Running
) -> None:
    assert await db.run(end_early, poll, clock.now())
    await running.round()
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert (closed.state, closed.why_closed) == ("closed", "staff")


async def test_lost_keys_are_told_also_of_what_staff_were_ending(
    db: SqliteDatabase, clock: MovedClock, box: Ballots, poll: int, running: Running
) -> None:
    assert await db.run(end_early, poll, clock.now())
    box.keys.destroy([f"poll-{poll}"])
    await running.round()
    closed = await db.read(polls.by_key, poll)
    assert closed is not None
    assert closed.why_closed == "keys lost"
