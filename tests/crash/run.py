"""`python -m tests.crash.run --kills 200 --seed 1`: many kills, a table of them, exit code 1 for a broken promise."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.crash.questions import write_library
from tests.crash.steps import ANY_TIME, ONLY_POLLING, ONLY_WEBHOOK, PASSES, RECOVERY, STEPS, UNDER_WAY
from tests.crash.world import Kill, Plan, Report, World
from tests.crash.zygote import Zygote

KILLS_OF_A_WORLD = 10
SIDE_BY_SIDE = 2  # worlds; a small machine has two processors
_LATEST = 0.6  # seconds after the start, for kills at any time


def plans(kills: int, seed: int) -> list[Plan]:
    """Worlds with that many kills together, by polling and by webhook in turn; every step comes up equally often."""
    random = Random(seed)
    deck: list[str] = []
    made: list[Plan] = []
    while kills > 0:
        webhook = len(made) % 2 == 1
        some = [_kill(deck, webhook, random) for _ in range(min(kills, KILLS_OF_A_WORLD))]
        made.append(Plan(random.getrandbits(32), webhook, tuple(_recovering(some, random))))
        kills -= len(some)
    return made


async def run(plans: Sequence[Plan], folder: Path) -> list[Report]:
    """`folder` is left with a folder per world: its database and what its victims logged."""
    template = folder / "library.db"
    await write_library(template)
    waiting = list(enumerate(plans))
    reports: list[Report] = []

    async def lane() -> None:
        async with Zygote() as zygote:
            while waiting:
                number, plan = waiting.pop(0)
                reports.append(await World(plan, folder / f"world-{number}", zygote).run(template))

    async with asyncio.TaskGroup() as lanes:
        for _ in range(min(SIDE_BY_SIDE, len(plans))):
            lanes.create_task(lane())
    return reports


def table(reports: Sequence[Report]) -> str:
    kills = Counter(kill.step for report in reports for kill in report.plan.kills)
    lines = [f"{kills[step]:5}  {step}" for step in STEPS]
    lines.append(f"{kills.total():5}  kills")
    acknowledged = sum((report.acknowledged for report in reports), Counter())
    by_channel = ", ".join(f"{channel} {count}" for channel, count in sorted(acknowledged.items()))
    lines.append(f"{acknowledged.total():5}  messages acknowledged: {by_channel}")
    lines += [
        f"{sum(getattr(report, name) for report in reports):5}  {words}" for name, words in _WORDS.items()
    ]
    lines += [f"BROKEN {broken} [{report.plan}]" for report in reports for broken in report.broken]
    return "\n".join(lines)


_WORDS = {
    "answered": "replies received, each counted once",
    "under_way": "sends to Telegram and Zalo that a kill interrupted",
    "doubts": "of them counted and listed as doubtful after the restart",
    "doubled": "replies received once more",
    "lost_in_flight": "messages that Zalo had given to a poll and a kill took: no acknowledgement there, see the webhook",
}


def _kill(deck: list[str], webhook: bool, random: Random) -> Kill:
    """Takes the next step that there is with this way of receiving; an empty deck is shuffled anew."""
    not_here = ONLY_POLLING if webhook else ONLY_WEBHOOK
    if not set(deck) - not_here:
        deck += random.sample(STEPS, len(STEPS))
    step = next(step for step in deck if step not in not_here)
    deck.remove(step)
    if step == ANY_TIME:
        return Kill(step, after=random.uniform(0.0, _LATEST))
    return Kill(step, 1 if step in RECOVERY else random.randint(1, PASSES.get(step, 4)))


def _recovering(kills: Sequence[Kill], random: Random) -> Iterator[Kill]:
    """The kills in an order in which those during the recovery come after those that leave something to recover."""
    recovery = [kill for kill in kills if kill.step in RECOVERY]
    units = []
    for kill in kills:
        if kill.step in UNDER_WAY and recovery:
            units.append([kill, recovery.pop()])
        elif kill.step not in RECOVERY:
            units.append([kill])
    units += [[kill] for kill in recovery]
    random.shuffle(units)
    for unit in units:
        yield from unit


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash.run", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        reports = asyncio.run(run(plans(arguments.kills, arguments.seed), Path(folder)))
    print(table(reports))
    print(f"{time.monotonic() - started:5.0f}  seconds")
    return int(any(report.broken for report in reports))


if __name__ == "__main__":
    sys.exit(main())
