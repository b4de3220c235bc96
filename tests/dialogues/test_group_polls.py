"""A poll in Telegram groups from its opening to its results, on the fake platform, with what groups do to polls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot import inbox, outbox
from bot.app import Bot
from bot.audience import groups, staff
from bot.channels.base import Pace
from bot.channels.telegram import Telegram
from bot.model import Address, GroupFacts, Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.base import Row
from bot.storage.sqlite import SqliteDatabase
from handlers.staff.group_polls import see_to
from scheduler.calling_off import call_off
from surveys import group_poll_rows, group_polls, polls, results
from surveys.group_polls import Chat
from surveys.polls import Poll
from surveys.running import Running, end_early
from tests.dialogues.conftest import Talk
from tests.fakes.telegram import FakeTelegram, Fault
from tests.fakes.time import MovedClock
from tests.surveys.setup import HEARD, NEEDS, WISH, opened

FIRST, SECOND, BASIC, APPROVER = -1001, -1002, -500, 9
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Town(Talk):
    """Groups that are asked, and the minutes that pass."""

    clock: MovedClock
    key: int

    async def ask(self, *chats: tuple[int, int]) -> None:
        now = self.clock.now()

        def queue(tx: Tx, _: object) -> tuple[object, ...]:
            there = [Chat(Address("telegram", str(chat)), members, now) for chat, members in chats]
            return group_polls.open_in_groups(
                tx, self._poll(tx), there, {"telegram"}, "Ban Tuyên giáo", ZONE, now
            ).sends

        await self.bot.tell(queue)  # type: ignore[arg-type]  # a tuple of sendings

    async def minute(self) -> None:
        """What the scheduler does."""
        await self.bot.tell(see_to)
        await Running(self.db, self.bot.box, self.clock, inbox.waits).round()

    async def until(self, true: Callable[[Tx], object]) -> None:
        async with asyncio.timeout(10):
            while not await self.db.read(true):
                pass  # each look takes a turn of the loop

    async def known(self, *states: str, voters: int = -1) -> None:
        """The polls stand like this, in the order in which they were asked; so many have voted in the first."""

        def stands(tx: Tx) -> bool:
            rows = tx.rows("SELECT state, voters FROM group_polls ORDER BY key")
            return [row["state"] for row in rows] == [*states] and voters in (-1, rows[0]["voters"])

        await self.until(stands)

    async def end(self) -> results.Results:
        await self.db.run(end_early, self.key, self.clock.now())
        await self.minute()  # stops what is open
        await self.until(lambda tx: group_polls.settled(tx, self._poll(tx), self.clock.now()))
        await self.minute()
        found = await self.db.read(
            lambda tx: results.of(tx, self.key, group_poll_rows.group_counts(tx, self._poll(tx)))
        )
        assert found
        return found

    def poll(self, at: int) -> str:
        """The platform's name of the poll that was sent as this one."""
        return [sent.poll for sent in self.fake.sent if sent.poll][at]

    def votes(self, poll: str, people: range, *options: int) -> None:
        for person in people:
            self.fake.vote(poll, person, *options)

    def _poll(self, tx: Tx) -> Poll:
        found = polls.by_key(tx, self.key)
        assert found
        return found


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    settings = Settings(database_url=f"sqlite:///{tmp_path}/hoidap.db", organisation="Ban Tuyên giáo")
    db = SqliteDatabase.open(settings.database_path)
    keys, clock = key_folder(settings), MovedClock(datetime.now(UTC).replace(hour=3))  # in no quiet hours
    async with FakeTelegram() as fake, aiohttp.ClientSession() as session:
        channel = Telegram(session, token=fake.token, secret="x", api_url=fake.url, poll_seconds=1)
        channel.pace = Pace()
        bot = Bot(settings, db, keys, keys.seal(), clock, [channel])
        for group in (FIRST, SECOND, BASIC):
            fake.meet(group)
            fake.rooms[group].members = 31
        fake.meet(APPROVER)
        town = Town(fake, bot, db)
        town.clock = clock
        town.key = await db.run(opened, bot.box, clock.now(), HEARD, WISH, NEEDS)
        await db.run(_groups_and_staff, clock.now())
        async with bot.running():
            yield town
    await db.close()


@pytest.mark.parametrize("seed", range(4))
async def test_totals_are_exact_whatever_is_lost_or_comes_twice(town: Town, seed: int) -> None:
    """Answers of the platform that never arrive, updates that come late, again and in any order."""
    chance = Random(seed)
    await town.ask((FIRST, 30), (SECOND, 30))
    town.clock.move(minutes=1)
    await town.known("open", "open", "open", "open")
    told = []
    for person in range(20):
        name = chance.choice([sent.poll for sent in town.fake.sent])
        town.fake.vote(name, person, chance.randrange(3))
        told.append(town.fake.polls.by_name[name].json)
    chance.shuffle(told)
    for poll in told:  # once more, late, in any order, under new numbers
        town.fake.push("poll", poll)
    await town.db.run(end_early, town.key, town.clock.now())
    for _ in range(chance.randrange(3)):
        town.fake.fail(Fault(chance.choice(("drop_after", "drop_before"))), method="stopPoll")
    async with asyncio.timeout(20):
        while not await town.db.read(lambda tx: group_polls.settled(tx, town._poll(tx), town.clock.now())):
            await town.minute()
            town.clock.move(seconds=5)
    await town.until(_all_sent)
    await town.until(lambda tx: not inbox.counts(tx)["waiting"])
    await town.known("closed", "closed", "closed", "closed")
    counted = await town.db.read(lambda tx: group_poll_rows.group_counts(tx, town._poll(tx)))
    expected = [poll.json["total_voter_count"] for poll in town.fake.polls.by_name.values()]
    assert sum(group.get((number, 0), 0) for group in counted for number in (1, 3)) == sum(expected) == 20
    assert sum(times for group in counted for (_, option), times in group.items() if option) == 20


def _all_sent(tx: Tx) -> bool:
    found = outbox.counts(tx)
    return not (found["waiting"] or found["sending"])


def _lost(tx: Tx) -> list[Row]:
    return tx.rows("SELECT * FROM outbox WHERE state = 'undeliverable'")


def _groups_and_staff(tx: Tx, now: datetime) -> None:
    for chat in (FIRST, SECOND, BASIC):
        groups.add(tx, Address("telegram", str(chat)), now, f"Tổ {-chat}")
    staff.give_role(tx, (), Address("telegram", str(APPROVER)), "approver", "Hà", None, now)


async def test_a_network_that_has_been_switched_off_keeps_no_other_from_its_end(town: Town) -> None:
    await town.ask((FIRST, 30), (SECOND, 30))
    town.clock.move(minutes=1)
    await town.known("open", "open", "open", "open")
    elsewhere = "UPDATE group_polls SET channel = 'gone' WHERE conversation = :first"
    await town.db.run(lambda tx: tx.run(elsewhere, first=str(FIRST)))
    await town.db.run(end_early, town.key, town.clock.now())
    await town.minute()
    await town.known("open", "open", "closed", "closed")
    town.clock.move(hours=25)
    await town.minute()
    await town.known("unknown", "unknown", "closed", "closed")


async def test_from_the_opening_to_the_results(town: Town) -> None:
    await town.ask((FIRST, 30), (SECOND, 30))
    await town.known("open", "waiting", "open", "waiting")
    town.clock.move(minutes=1)
    await town.known("open", "open", "open", "open")
    shown = {(sent.chat_id, sent.text) for sent in town.fake.sent}
    assert shown == {(chat, each.text) for chat in (FIRST, SECOND) for each in (HEARD, NEEDS)}

    mine, theirs = (
        next(sent.poll for sent in town.fake.sent if sent.text == HEARD.text and sent.chat_id == chat)
        for chat in (FIRST, SECOND)
    )
    older = town.fake.polls.by_name[mine].json
    for option in range(3):  # some of them where it has been forwarded to: one poll, one total
        town.votes(mine, range(100 * option, 100 * option + 11), option)
        town.votes(theirs, range(100 * option, 100 * option + 12), option)
    town.fake.push("poll", older)  # late, and older than what is known
    await town.known("open", "open", "open", "open", voters=33)
    await town.minute()
    assert await town.db.read(lambda tx: results.of(tx, town.key)) is None  # nothing before the close

    found = await town.end()
    [way] = found.ways
    assert way.way == "groups"
    [heard] = way.questions
    assert heard.table.answered == 69
    assert [line.count for line in heard.table.lines] == [23, 23, 23]
    await town.known("closed", "closed", "closed", "closed", voters=33)
    assert town.fake.count("stopPoll") == 4
    assert all(poll.closed for poll in town.fake.polls.by_name.values())


async def test_what_groups_do_to_polls_is_noticed_and_told_once(town: Town) -> None:
    town.fake.rooms[BASIC].polls = False
    await town.ask((FIRST, 30), (SECOND, 30), (BASIC, 30))
    await town.known("open", "waiting", "open", "waiting", "forbidden", "waiting")
    town.clock.move(minutes=1)
    await town.known("open", "open", "open", "open", "forbidden", "forbidden")
    mine = next(s.poll for s in town.fake.sent if s.text == HEARD.text and s.chat_id == FIRST)
    town.votes(mine, range(3), 0)
    town.fake.end_poll(mine)
    town.fake.block(SECOND)
    await town.known("stopped", "open", "left", "left", "forbidden", "forbidden", voters=3)
    await town.minute()
    said = {(await town.reply(APPROVER)).text for _ in range(3)}
    assert said == {
        "Thăm dò “Bà con và chuyển đổi số” trong nhóm Telegram “Tổ 1001” (câu 1): quản trị viên của nhóm đã đóng bình "
        "chọn trước giờ. Số phiếu đến lúc đó vẫn được tính (3 người).",
        "Thăm dò “Bà con và chuyển đổi số” trong nhóm Telegram “đã rời nhóm” (câu 1, 3): chúng ta không còn ở trong nhóm "
        "này nữa. Tính theo số phiếu đã biết sau cùng (0 người).",
        "Thăm dò “Bà con và chuyển đổi số” trong nhóm Telegram “Tổ 500” (câu 1, 3): nhóm không cho gửi bình chọn; nhóm "
        "nhận đường liên kết.",
    }
    links = await town.db.run(group_polls.take_links, town.key)
    assert [to for _, to in links] == [Address("telegram", str(BASIC))]
    assert await town.db.run(group_polls.take_links, town.key) == []
    await town.minute()
    await town.end()
    await town.silence(APPROVER)


async def test_what_groups_do_waits_until_an_approver_can_be_reached(town: Town) -> None:
    elsewhere = "UPDATE staff SET channel = :channel"
    await town.db.run(lambda tx: tx.run(elsewhere, channel="web"))
    await town.ask((FIRST, 30))
    await town.known("open", "waiting")
    town.fake.end_poll(town.poll(0))
    await town.known("stopped", "waiting")
    await town.minute()
    await town.db.run(lambda tx: tx.run(elsewhere, channel="telegram"))
    await town.minute()
    assert "đã đóng bình chọn trước giờ" in (await town.reply(APPROVER)).text


async def test_a_group_that_became_small_a_deleted_poll_and_a_group_that_moved(town: Town) -> None:
    town.fake.rooms[SECOND].members = 20
    await town.ask((FIRST, 30), (BASIC, 30), (SECOND, 30))
    await town.known("open", "waiting", "open", "waiting", "small", "waiting")
    town.fake.migrate(BASIC, -100500)
    await town.until(lambda tx: groups.find(tx, Address("telegram", "-100500")))
    mine, moved = town.poll(0), town.poll(1)
    town.votes(mine, range(4), 0)
    town.votes(moved, range(5), 2)  # it goes on there
    await town.known("open", "waiting", "open", "waiting", "small", "waiting", voters=4)
    town.fake.delete_poll(mine)
    await town.until(lambda tx: not inbox.counts(tx)["waiting"])
    await town.end()  # what had not been sent is called off
    await town.known("deleted", "closed", "closed", "closed", "small", "closed", voters=4)
    counts = await town.db.read(lambda tx: group_poll_rows.group_counts(tx, town._poll(tx)))
    assert [group[1, 0] for group in counts] == [4, 5]


async def test_a_large_group_is_asked_there_and_others_get_the_link_once(town: Town) -> None:
    def facts(tx: Tx) -> None:
        for chat, members in ((FIRST, 30), (SECOND, 19), (BASIC, 30)):
            group = groups.find(tx, Address("telegram", str(chat)))
            assert group
            groups.learn(tx, group.at, GroupFacts(members=members), town.clock.now())
            groups.change(tx, group.key, None, town.clock.now(), state="on")

    await town.db.run(facts)
    town.fake.rooms[BASIC].members = 20  # fewer than it was told last
    for _ in range(3):
        await town.bot.invitations.go_on()
        town.clock.move(minutes=1)
    await town.until(_all_sent)
    await town.bot.invitations.go_on()
    await town.until(_all_sent)
    seen = {
        chat: [sent.text if sent.poll else "link" for sent in await town.fake.replies(chat, 0)]
        for chat in (FIRST, SECOND, BASIC)
    }
    assert seen == {FIRST: [HEARD.text, NEEDS.text], SECOND: ["link"], BASIC: ["link"]}


async def test_a_group_that_was_taken_out_is_not_asked_what_waits_and_gets_no_link(town: Town) -> None:
    await town.ask((FIRST, 30), (SECOND, 30))
    await town.known("open", "waiting", "open", "waiting")  # the second question comes a minute later
    await town.db.run(call_off, Address("telegram", str(FIRST)), town.clock.now())
    town.clock.move(minutes=2)
    town.bot._queued("telegram")
    await town.until(_all_sent)
    await town.minute()
    await town.known("open", "closed", "open", "open")
    assert await town.db.run(group_polls.take_links, town.key) == []
    assert [row["error"] for row in await town.db.read(_lost)] == ["cancelled"]


async def test_a_group_that_is_taken_out_gets_no_link_for_what_could_not_be_sent_there(town: Town) -> None:
    for group in (FIRST, SECOND):
        town.fake.rooms[group].members = 20
    await town.ask((SECOND, 30))
    await town.known("small", "waiting")
    held = asyncio.Event()
    town.fake.fail(Fault("hold", until=held), method="getChatMemberCount")
    await town.ask((FIRST, 30))
    await town.until(lambda tx: outbox.counts(tx)["sending"])
    for group in (FIRST, SECOND):
        await town.db.run(call_off, Address("telegram", str(group)), town.clock.now())
    held.set()
    await town.known("small", "closed", "small", "closed")
    assert await town.db.run(group_polls.take_links, town.key) == []


async def test_of_a_poll_that_may_stand_there_twice_the_confirmed_one_counts(town: Town) -> None:
    town.fake.fail(Fault("drop_after"), method="sendPoll")
    await town.ask((FIRST, 30))
    await town.until(lambda tx: outbox.counts(tx)["doubtful"])
    town.clock.move(minutes=2)
    await town.known("open", "open")
    lost, known = (sent.poll for sent in town.fake.sent if sent.text == HEARD.text)
    town.votes(lost, range(9), 0)
    town.votes(known, range(2), 0)
    await town.known("open", "open", voters=2)
    assert "close_date" in town.fake.polls.by_name[lost].fields  # nobody can stop it: it ends by itself
    town.fake.fail(
        Fault("drop_after"), method="stopPoll"
    )  # the answer with the totals is lost, the update comes
    await town.db.run(end_early, town.key, town.clock.now())
    await town.minute()
    await town.until(lambda tx: outbox.counts(tx)["doubtful"] == 2)
    town.clock.move(minutes=1)
    await town.end()
    await town.until(lambda tx: not outbox.counts(tx)["waiting"])
    await town.known("closed", "closed", voters=2)
    assert not town.fake.polls.by_name[lost].closed
