"""One refresher, whatever happens around it: calls side by side, cancellation, kills, a full disk, used tokens."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.zalo_oa import ZaloOA
from bot.channels.zalo_oa_tokens import AHEAD, ConsentNeeded
from bot.errors import SendError, StorageError
from bot.model import JSON
from tests.channels.zalo_oa_setup import Remembered, Told, connected, person, text
from tests.fakes.time import MovedClock
from tests.fakes.zalo_oa import LAN, FakeZaloOA, Fault


class ClumsyDisk(Remembered):
    """Refuses what is written from the n-th write on, so many times."""

    def __init__(self, after: int, times: int) -> None:
        super().__init__()
        self._after, self._times = after, times

    async def keep(self, name: str, value: JSON) -> None:
        if self._after:
            self._after -= 1
        elif self._times:
            self._times -= 1
            raise StorageError("the disk is full")
        await super().keep(name, value)


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA() as server:
        yield server


@pytest.fixture
def memory() -> Remembered:
    return Remembered()


async def send(channel: ZaloOA) -> str:
    return await channel.send(person(LAN), text("chào"), "outbox:1")


async def test_the_first_token_of_the_settings_is_used_once(fake: FakeZaloOA, memory: Remembered) -> None:
    first = fake.issue()[1]
    for _ in range(3):
        async with connected(fake, memory=memory, refresh_token=first) as channel:
            await channel.start()
            await send(channel)
    assert fake.refreshes == [first]
    assert memory.kept["tokens"]["refresh"] != first
    assert first not in str(memory.kept), "a hash is enough to know it again"


async def test_a_changed_token_of_the_settings_is_used(fake: FakeZaloOA, memory: Remembered) -> None:
    for token in (fake.issue()[1], fake.issue()[1]):
        async with connected(fake, memory=memory, refresh_token=token) as channel:
            await channel.start()
            await send(channel)
    assert len(fake.refreshes) == 2


async def test_a_changed_token_that_is_used_up_leaves_the_pair_that_works(
    fake: FakeZaloOA, memory: Remembered
) -> None:
    async with connected(fake, memory=memory, refresh_token=fake.issue()[1]) as channel:
        await send(channel)
    for _ in range(2):
        async with connected(
            fake, memory=memory, refresh_token="used-up-long-ago", clock=MovedClock()
        ) as channel:
            await channel.start()
            await send(channel)
    assert fake.refreshes.count("used-up-long-ago") == 1


async def test_another_apps_tokens_are_not_ours(fake: FakeZaloOA, memory: Remembered) -> None:
    async with connected(fake, memory=memory, refresh_token=fake.issue()[1]) as channel:
        await send(channel)
    async with connected(fake, memory=memory, app_id="555") as channel:
        with pytest.raises(ConsentNeeded):
            await send(channel)


async def test_the_new_pair_is_on_disk_before_it_is_used(fake: FakeZaloOA) -> None:
    held = asyncio.Event()

    class Slow(Remembered):
        async def keep(self, name: str, value: JSON) -> None:
            if "access" in value:
                await held.wait()
            await super().keep(name, value)

    async with connected(fake, memory=Slow(), refresh_token=fake.issue()[1]) as channel:
        sending = [asyncio.create_task(send(channel)) for _ in range(3)]
        await fake.until(lambda: bool(fake.refreshes))
        for _ in range(20):
            await asyncio.sleep(0)
        assert fake.calls == []
        held.set()
        await asyncio.gather(*sending)
    assert len(fake.refreshes) == 1


async def test_many_callers_refresh_once(fake: FakeZaloOA) -> None:
    async with connected(fake) as channel:
        await asyncio.gather(*(send(channel) for _ in range(20)))
        fake.expire_access()  # everybody is told -216 at once
        await asyncio.gather(*(send(channel) for _ in range(20)))
    assert len(fake.refreshes) == 2
    assert len(fake.sent) == 40


@pytest.mark.parametrize("code", [-216, -220])
async def test_a_refused_token_is_renewed_once_and_the_call_repeated(fake: FakeZaloOA, code: int) -> None:
    clock, told = MovedClock(), Told()
    refusal = Fault("error", code=code, message="Access token")
    async with connected(fake, clock=clock, notices=told) as channel:
        await send(channel)
        fake.fail(refusal)
        await send(channel)
        assert len(fake.refreshes) == 2
        for minutes, refreshes in (
            (1, 2),
            (6, 3),
        ):  # what it was just renewed for, it is not renewed for again
            clock.move(minutes=minutes)
            fake.fail(refusal, refusal)
            with pytest.raises(SendError) as caught:
                await send(channel)
            assert (caught.value.retryable, caught.value.scope) == (True, "channel")
            assert len(fake.refreshes) == refreshes
    assert list(told.by_occasion) == ["zalo-oa permission 2026-11-23"]


async def test_it_is_refreshed_ahead_of_its_end_twice_a_day(fake: FakeZaloOA) -> None:
    clock = MovedClock()
    async with connected(fake, clock=clock) as channel:
        await channel.keep_fresh()
        for _ in range(48):
            clock.move(hours=1)
            await channel.keep_fresh()
    assert 1 + 4 <= len(fake.refreshes) <= 1 + 5
    assert timedelta(hours=12) < AHEAD


async def test_without_the_job_an_old_token_is_renewed_before_its_last_moment(fake: FakeZaloOA) -> None:
    clock = MovedClock()
    async with connected(fake, clock=clock) as channel:
        await send(channel)
        clock.move(hours=24, minutes=57)
        await send(channel)
        assert len(fake.refreshes) == 1
        clock.move(minutes=2)
        await send(channel)
    assert len(fake.refreshes) == 2


@pytest.mark.parametrize("life", ["90000", 90000, "", None, "soon", "-5", "9" * 30])
async def test_whatever_it_says_of_its_life(fake: FakeZaloOA, life: Any) -> None:
    fake.life = life
    async with connected(fake, clock=MovedClock()) as channel:
        await send(channel)
        await send(channel)
    assert len(fake.refreshes) == 1


# Cancellation and the disk


async def test_cancelling_who_waits_does_not_cancel_the_refresh(fake: FakeZaloOA, memory: Remembered) -> None:
    until, reached = asyncio.Event(), asyncio.Event()
    fake.fail(Fault("hold_after", until=until, reached=reached), call="oauth")
    async with connected(fake, memory=memory, refresh_token=fake.issue()[1]) as channel:
        sending = asyncio.create_task(send(channel))
        await reached.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        closing = asyncio.create_task(channel.close())
        await asyncio.sleep(0)
        assert not closing.done(), "an orderly stop waits for the answer"
        until.set()
        await closing
        assert memory.kept["tokens"]["refresh"] not in fake.refreshes
        await send(channel)
    assert len(fake.refreshes) == 1


async def test_cancelling_one_of_two_does_not_hurt_the_other(fake: FakeZaloOA) -> None:
    until, reached = asyncio.Event(), asyncio.Event()
    fake.fail(Fault("hold_after", until=until, reached=reached), call="oauth")
    async with connected(fake) as channel:
        first, second = (asyncio.create_task(send(channel)) for _ in range(2))
        await reached.wait()
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        until.set()
        assert await first
    assert len(fake.refreshes) == 1


async def test_a_full_disk_is_noticed_before_the_token_is_rotated(
    fake: FakeZaloOA, memory: Remembered
) -> None:
    first = fake.issue()[1]
    async with connected(fake, memory=memory, refresh_token=first) as channel:
        memory.full = True
        with pytest.raises(StorageError):
            await send(channel)
        assert fake.refreshes == []
        memory.full = False
        await send(channel)
    assert fake.refreshes == [first]


async def test_a_disk_that_fills_at_the_worst_moment_loses_nothing(fake: FakeZaloOA) -> None:
    memory, first = ClumsyDisk(1, 30), fake.issue()[1]
    async with connected(fake, memory=memory, refresh_token=first, save_seconds=0) as channel:
        with pytest.raises(SendError, match="cannot be stored"):
            await send(channel)
        assert fake.calls == [], "not used before it is stored"
        await send(channel)  # the pair is still in memory, and the disk takes it now
    assert len(fake.refreshes) == 1
    assert memory.kept["tokens"]["refresh"] not in fake.refreshes


# Refusals


@pytest.mark.parametrize(
    "fault",
    [
        *(Fault("drop_before"), Fault("page", status=502), Fault("nonsense"), Fault("strange")),
        *(Fault("error", code=-14002, message="App is not active"), Fault("status", code=-1, status=500)),
    ],
    ids=lambda fault: f"{fault.kind} {fault.code}",
)
async def test_a_failing_refresh_overwrites_no_tokens(
    fake: FakeZaloOA, memory: Remembered, fault: Fault
) -> None:
    async with connected(fake, memory=memory, refresh_token=fake.issue()[1]) as channel:
        await send(channel)
        before = dict(memory.kept["tokens"])
        fake.expire_access()
        fake.fail(fault, call="oauth")
        with pytest.raises(SendError) as caught:
            await send(channel)
        assert (caught.value.retryable, caught.value.scope) == (True, "channel")
        assert memory.kept["tokens"] == before
        await send(channel)


async def test_a_used_token_ends_in_one_notice_with_the_link(fake: FakeZaloOA, memory: Remembered) -> None:
    told = Told()
    async with connected(fake, memory=memory, refresh_token=fake.issue()[1], notices=told) as channel:
        await send(channel)
        fake.burn(memory.kept["tokens"]["refresh"])
        fake.expire_access()
        for _ in range(3):
            with pytest.raises(ConsentNeeded):
                await send(channel)
        await channel.keep_fresh()
        link = channel.consent.link
    [(once, said)] = told.by_occasion.items()
    assert once.startswith("zalo-oa consent ")
    assert once.isascii()
    assert link in said
    assert len(fake.refreshes) == 2, "a dead token is not tried again"


async def test_before_the_first_consent_administrators_get_the_link_too(fake: FakeZaloOA) -> None:
    told, clock = Told(), MovedClock()
    async with connected(fake, refresh_token="", notices=told, clock=clock) as channel:
        for _ in range(3):
            with pytest.raises(ConsentNeeded):
                await channel.start()
            clock.move(hours=2)
        link = channel.consent.link
    [(once, said)] = told.by_occasion.items()
    assert once == "zalo-oa connect 2026-11"
    assert link in said


async def test_an_answer_that_is_lost_ends_in_the_notice_too(fake: FakeZaloOA) -> None:
    told = Told()
    fake.fail(Fault("drop_after"), call="oauth")
    async with connected(fake, notices=told) as channel:
        with pytest.raises(SendError, match="connection broke"):
            await send(channel)
        with pytest.raises(ConsentNeeded):
            await send(channel)
    assert len(told.by_occasion) == 1


# Kills


@contextlib.asynccontextmanager
async def victim(folder: Path, fake: FakeZaloOA, token: str) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = ("-m", "tests.channels.zalo_oa_victim", str(folder), fake.url, token)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.communicate()


async def lines(folder: Path, fake: FakeZaloOA, token: str) -> list[str]:
    """What a process says that nobody kills, sorted."""
    async with victim(folder, fake, token) as process:
        out, _ = await process.communicate()
        assert process.returncode == 0
        return sorted(out.decode().splitlines())


async def killed(folder: Path, fake: FakeZaloOA, token: str, call: str, kind: Any) -> None:
    """Killed while Zalo holds its answer of this call: before it has done anything, or after it."""
    until, reached = asyncio.Event(), asyncio.Event()
    fake.fail(Fault(kind, until=until, reached=reached), call=call)
    async with victim(folder, fake, token) as process:
        async with asyncio.timeout(30):
            await reached.wait()
        process.send_signal(signal.SIGKILL)
        await process.wait()
        if kind == "hold":  # what a dead process has asked for is not done
            fake.forget_calls_under_way()
        until.set()


async def test_killed_before_zalo_rotates_nothing_is_lost(fake: FakeZaloOA, tmp_path: Path) -> None:
    token = fake.issue()[1]
    await killed(tmp_path, fake, token, "oauth", "hold")
    assert await lines(tmp_path, fake, token) == ["works"]


async def test_killed_between_the_rotation_and_the_commit_administrators_get_the_link(
    fake: FakeZaloOA, tmp_path: Path
) -> None:
    token = fake.issue()[1]
    await killed(tmp_path, fake, token, "oauth", "hold_after")
    assert await lines(tmp_path, fake, token) == ["told consent", "waits"]
    assert await lines(tmp_path, fake, token) == ["told consent", "waits"]  # `once` makes one notice of both
    assert fake.refreshes == [token, token], "the burnt token is remembered, and not tried at each start"
    assert await lines(tmp_path, fake, fake.issue()[1]) == ["works"], "a new one in the settings mends it"


async def test_killed_after_the_commit_the_new_pair_is_used(fake: FakeZaloOA, tmp_path: Path) -> None:
    token = fake.issue()[1]
    await killed(tmp_path, fake, token, "/v2.0/oa/getoa", "hold")
    assert await lines(tmp_path, fake, token) == ["works"]
    assert fake.refreshes == [token]
