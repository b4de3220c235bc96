"""A poll on its way to people, killed while it is queued, sent and stopped; `make crash` does the same with more chats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.asking import run
from tests.crash.steps import OF_ASKING

SEED = 7


@pytest.mark.timeout(300)
async def test_everybody_is_asked_and_what_comes_twice_is_counted(tmp_path: Path) -> None:
    report = await run(tmp_path, chats=200, kills=12, seed=SEED)
    assert not report.broken, str(report)
    assert set(OF_ASKING) <= set(report.kills)
    assert report.doubts.total(), "no kill met a send under way: this proves too little"
