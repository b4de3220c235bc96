"""A digest to many chats, killed while it is queued and sent; `make crash` does the same with ten thousand."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.crash.delivery import plan, run
from tests.crash.steps import OF_BATCHES

SEED = 7


@pytest.mark.timeout(300)
async def test_no_chat_is_left_out_and_what_comes_twice_is_counted(tmp_path: Path) -> None:
    kills = plan(9, Random(SEED))
    report = await run(500, kills, tmp_path)
    assert not report.broken, str(report)
    assert set(OF_BATCHES) < set(report.kills)
    assert report.kills.total() >= 8, report
    assert report.doubts, "no kill met a send under way: this proves too little"
