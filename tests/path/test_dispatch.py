"""From a stored update to a committed outcome: in order, once, and nothing in silence."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot import dispatch
from bot.errors import StorageError
from bot.model import Address, Inbound, Outcome, Sending, Tx, say
from bot.sealing import Seal
from tests.fakes.disk import full_disk
from tests.fakes.network import FakeNetwork, typed
from tests.fakes.time import simulated
from tests.path.journey import APOLOGY, Handling, journey, words


def note(text: str) -> object:
    """A write that can be counted afterwards."""

    def write(tx: Tx) -> None:
        tx.run("INSERT INTO schedules (name, next_run_at) VALUES (:text, 'x')", text=text)

    return write


@simulated
async def test_a_conversation_is_answered_in_order_however_long_an_answer_takes(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["2"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(*(typed(f"u{word}", "c1", word) for word in "1234"))
        await asyncio.sleep(5)
        assert handling.seen == ["1", "2"]
        handling.holds["2"].set()
        await asyncio.sleep(5)
        assert net.texts() == ["re: 1", "re: 2", "re: 3", "re: 4"]


@simulated
async def test_a_slow_handler_holds_up_nobody_else(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["slow"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u0", "c0", "slow"))
        for number in range(1, 150):
            await trip.hear(typed(f"u{number}", f"c{number}", "quick"))
        await asyncio.sleep(3)
        assert net.texts() == ["re: quick"] * 149
        handling.holds["slow"].set()
        await asyncio.sleep(1)
        assert net.texts("c0") == ["re: slow"]


@simulated
async def test_while_an_answer_takes_long_the_person_sees_typing(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["slow"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "slow"), typed("u2", "c2", "quick"))
        await asyncio.sleep(2)
        assert net.signals == [("c1", "typing")]
        handling.holds["slow"].set()


@simulated
async def test_a_redelivered_update_is_answered_once(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        assert await trip.hear(typed("u1", "c1", "hello"), typed("u1", "c1", "hello")) == 1
        assert await trip.hear(typed("u1", "c1", "hello")) == 0
        await asyncio.sleep(2)
        assert await trip.hear(typed("u1", "c1", "hello")) == 0
        await trip.stop()
        trip.start()
        assert await trip.hear(typed("u1", "c1", "hello"), typed("u2", "c1", "new")) == 1
        await asyncio.sleep(2)
        assert net.texts() == ["re: hello", "re: new"]


@simulated
async def test_a_finished_row_keeps_neither_words_nor_the_conversation(tmp_path: Path) -> None:
    async with journey(tmp_path, FakeNetwork()) as trip:
        await trip.hear(typed("u1", "c1", "hello"))
        await asyncio.sleep(2)
        (row,) = await trip.inbox_rows()
        assert (row["state"], row["external_id"]) == ("done", "u1")
        assert (row["payload"], row["conversation"], row["error"]) == (None, None, None)


@simulated
async def test_writes_and_sends_happen_together_or_not_at_all(tmp_path: Path) -> None:
    net = FakeNetwork()

    async def handle(inbound: Inbound) -> Outcome:
        def fail(tx: Tx) -> None:
            raise ValueError("a write that fails")

        writes = (note("first"), fail) if inbound.text == "bad" else (note("good"),)
        return say(inbound.address, words("done"), writes=writes)  # type: ignore[arg-type]

    async with journey(tmp_path, net, handle=handle) as trip:
        await trip.hear(typed("u1", "c1", "bad"), typed("u2", "c2", "good"))
        await asyncio.sleep(20)
        assert net.texts("c2") == ["done"]
        assert len(net.texts("c1")) == 1
        assert APOLOGY.fullmatch(net.texts("c1")[0])
        assert await trip.rows("SELECT name FROM schedules") == [{"name": "good"}]


@simulated
async def test_what_only_the_transaction_knows_is_settled_in_it(tmp_path: Path) -> None:
    """Many come at once; each hears its own place, and what has a cause of its own is sent once."""
    net = FakeNetwork()

    async def handle(inbound: Inbound) -> Outcome:
        def settle(tx: Tx) -> list[Sending]:
            place = tx.rows("SELECT count(*) AS others FROM schedules")[0]["others"]
            news = Sending(Address("net", "editor"), words("somebody came"), "news:1")
            return [Sending(inbound.address, words(f"{inbound.text}, {place}")), news]

        return Outcome(((inbound.address, words("first")),), (note(inbound.text),), settle)  # type: ignore[arg-type]

    async with journey(tmp_path, net, handle=handle) as trip:
        await trip.hear(*(typed(f"u{number}", f"c{number}", str(number)) for number in range(20)))
        await asyncio.sleep(5)
        assert net.texts("editor") == ["somebody came"]
        told = [net.texts(f"c{number}") for number in range(20)]
        assert all(first == "first" for first, _ in told)
        assert sorted(int(said.partition(", ")[2]) for _, said in told) == list(range(1, 21))


@simulated
async def test_what_cannot_be_settled_is_not_half_done(tmp_path: Path) -> None:
    net, tries = FakeNetwork(), [LookupError("somebody was quicker")]

    async def handle(inbound: Inbound) -> Outcome:
        def settle(tx: Tx) -> list[Sending]:
            if tries:
                raise tries.pop()
            return [Sending(inbound.address, words("settled"))]

        return Outcome(writes=(note("written"),), settle=settle)  # type: ignore[arg-type]

    async with journey(tmp_path, net, handle=handle) as trip:
        await trip.hear(typed("u1", "c1", "x"))
        await asyncio.sleep(20)
        assert net.texts() == ["settled"]
        assert await trip.rows("SELECT name FROM schedules") == [{"name": "written"}]


@simulated
async def test_three_failing_tries_park_the_row_with_one_apology_and_the_next_is_answered(
    tmp_path: Path,
) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.faults["bad"] = [KeyError("x")] * 10
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "bad"), typed("u2", "c1", "good"), typed("u3", "c2", "other"))
        await asyncio.sleep(20)
        assert handling.seen.count("bad") == dispatch.TRIES == 3
        apology, answer = net.texts("c1")
        assert APOLOGY.fullmatch(apology)
        assert answer == "re: good"
        assert net.texts("c2") == ["re: other"]
        parked = (await trip.inbox_rows())[0]
        code = apology[-8:-2] if apology.endswith(".") else re.findall("[0-9A-F]{6}", apology)[0]
        assert parked["state"] == "parked"
        assert parked["error"] == f"KeyError, code {code}"
        assert parked["tries"] == 3
        assert await trip.hear(typed("u1", "c1", "bad")) == 0


@simulated
async def test_a_passing_failure_is_answered_without_an_apology(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.faults["flaky"] = [KeyError("x"), OSError("y")]
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "flaky"))
        await asyncio.sleep(20)
        assert net.texts() == ["re: flaky"]


@simulated
async def test_trouble_with_the_database_is_not_the_messages_fault(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.faults["hello"] = [StorageError("the disk is full")] * 20
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "hello"))
        await asyncio.sleep(60)
        assert net.texts() == ["re: hello"]
        assert (await trip.inbox_rows())[0]["tries"] == 0


@simulated
async def test_a_full_disk_acknowledges_nothing_and_loses_nothing(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["before"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "before"))
        await asyncio.sleep(1)
        with full_disk():
            with pytest.raises(StorageError):
                await trip.hear(typed("u2", "c2", "during"))
            handling.holds["before"].set()
            await asyncio.sleep(10)
            assert net.texts() == []
        await asyncio.sleep(3)
        await trip.hear(typed("u2", "c2", "during"))
        await asyncio.sleep(3)
        assert net.texts() == ["re: before", "re: during"]
        assert await trip.counts() == {}


# What cannot be read


@simulated
async def test_poisoned_rows_are_parked_and_block_nobody(tmp_path: Path) -> None:
    net = FakeNetwork()
    bad = [
        typed("bad 1", "c1", "") | {"bad": True},
        {"conversation": "c1", "text": "without an id"},
        {},
        {"id": 7, "conversation": None},
        typed("half \ud83d", "c1", "a broken name"),
        typed("bad 2", "c\udc00", "a broken conversation"),
    ]
    async with journey(tmp_path, net) as trip:
        await trip.hear(*bad, typed("u1", "c1", "good"), typed("u2", "c2", "good"))
        await asyncio.sleep(5)
        assert sorted(net.texts()) == ["re: good", "re: good"]
        assert len(await trip.inbox_rows()) == len(bad) + 2
        assert await trip.counts() == {"in parked": len(bad)}
        assert len(net.calls) == 2


@simulated
async def test_half_a_character_in_the_words_is_answered(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.hear(typed("u1", "c1", "xin ch\ud83d"))
        await asyncio.sleep(10)
        assert net.texts() == ["re: xin ch\ud83d"]


@simulated
async def test_a_seal_that_cannot_be_opened_is_parked_in_silence(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.stop()
        await trip.hear(typed("u1", "c1", "lost"))
        trip.seal = Seal(b"q" * 32)
        trip.start()
        await trip.hear(typed("u2", "c1", "new"))
        await asyncio.sleep(2)
        assert net.texts() == ["re: new"]
        assert await trip.counts() == {"in parked": 1}


@simulated
async def test_what_does_not_concern_us_is_finished_without_a_word(tmp_path: Path) -> None:
    net = FakeNetwork()
    async with journey(tmp_path, net) as trip:
        await trip.hear(typed("u1", "c1", "x") | {"nothing": True})
        await asyncio.sleep(2)
        assert net.calls == []
        assert await trip.counts() == {}
        assert (await trip.inbox_rows())[0]["state"] == "done"


# Groups that move, people who leave


@simulated
async def test_what_waits_for_a_moved_group_follows_it(tmp_path: Path) -> None:
    net = FakeNetwork()
    net.refuse("old", "hang")
    async with journey(tmp_path, net) as trip:
        await trip.queue("a", "old", words("1"), words("2"))
        await asyncio.sleep(1)
        await trip.hear({"id": "u1", "conversation": "old", "kind": "moved", "moved_to": "new"})
        await asyncio.sleep(1)
        net.answer()
        await asyncio.sleep(2)
        assert ("new", "2") in [(sent.conversation, sent.text) for sent in net.sent]


@simulated
async def test_what_waits_for_somebody_who_left_is_ended(tmp_path: Path) -> None:
    net = FakeNetwork()

    async def handle(inbound: Inbound) -> Outcome:
        return Outcome()

    async with journey(tmp_path, net, handle=handle) as trip:
        net.refuse("c1", "hang")
        await trip.queue("a", "c1", words("1"), words("2"))
        await asyncio.sleep(1)
        await trip.hear({"id": "u1", "conversation": "c1", "kind": "stopped"})
        await asyncio.sleep(1)
        net.answer()
        await asyncio.sleep(2)
        assert net.texts() == ["1"]
        assert await trip.counts() == {"out undeliverable": 1}


# Ends and starts


@simulated
async def test_an_orderly_stop_finishes_what_is_being_handled_and_begins_nothing_new(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["1"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "1"), typed("u2", "c1", "2"))
        await asyncio.sleep(1)
        stopping = asyncio.ensure_future(trip.stop())
        await asyncio.sleep(1)
        handling.holds["1"].set()
        await stopping
        assert [row["state"] for row in await trip.inbox_rows()] == ["done", "waiting"]
        trip.start()
        await asyncio.sleep(2)
        assert net.texts() == ["re: 1", "re: 2"]
        assert handling.seen == ["1", "2"]


@simulated
async def test_a_row_that_somebody_else_has_finished_does_nothing_twice(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["1"] = asyncio.Event()
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.hear(typed("u1", "c1", "1"))
        await asyncio.sleep(1)
        await trip.change("UPDATE inbox SET state = 'done', payload = NULL")
        handling.holds["1"].set()
        await asyncio.sleep(2)
        assert net.calls == []


@simulated
async def test_a_failure_after_somebody_else_has_finished_changes_nothing(tmp_path: Path) -> None:
    net, handling = FakeNetwork(), Handling()
    handling.holds["1"] = asyncio.Event()
    handling.faults["1"] = [KeyError("x")] * 3
    async with journey(tmp_path, net, handle=handling) as trip:
        await trip.stop()
        await trip.hear(typed("u1", "c1", "1"))
        await trip.change("UPDATE inbox SET tries = 2")
        trip.start()
        await asyncio.sleep(1)
        await trip.change("UPDATE inbox SET state = 'done', payload = NULL, conversation = NULL")
        handling.holds["1"].set()
        await asyncio.sleep(5)
        assert net.calls == []
        (row,) = await trip.inbox_rows()
        assert (row["state"], row["tries"]) == ("done", 2)


@simulated
async def test_a_reply_may_go_to_another_network(tmp_path: Path) -> None:
    net, other = FakeNetwork("net"), FakeNetwork("other")

    async def handle(inbound: Inbound) -> Outcome:
        return say(Address("other", "staff"), words(inbound.text))

    async with journey(tmp_path, net, other, handle=handle) as trip:
        await trip.hear(typed("u1", "c1", "for staff"))
        await asyncio.sleep(0.5)
        assert (net.texts(), other.texts()) == ([], ["for staff"])
