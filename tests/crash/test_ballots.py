"""Every ballot is counted once and every voter known once, wherever a kill strikes; `make crash` strikes more often."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.ballots import STEPS, run

SEED = 57


@pytest.mark.timeout(600)
async def test_every_ballot_is_counted_once(tmp_path: Path) -> None:
    outcome = await run(tmp_path, kills=len(STEPS), voters=90, seed=SEED)
    assert outcome.broken == []
    assert outcome.kills.total() == len(STEPS)
    assert outcome.rounds > 1, "nothing was counted between the kills: this proves too little"
    assert outcome.repeated
