"""Twenty kills, by polling and by webhook; `make crash` makes many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.run import plans, run, table

SEED = 3181  # whose twenty steps lie on every stretch of the path, both ways of receiving included


@pytest.mark.timeout(600)
async def test_nothing_is_lost_and_nothing_said_twice(tmp_path: Path) -> None:
    planned = plans(20, SEED)
    assert {plan.webhook for plan in planned} == {True, False}
    reports = await run(planned, tmp_path)
    broken = [broken for report in reports for broken in report.broken]
    assert not broken, table(reports)
    reached = {channel for report in reports for channel in report.acknowledged}
    assert reached == {"telegram", "zalo-bot", "zalo-oa", "web"}
    assert sum(report.doubts for report in reports), "no kill met a send under way: this proves too little"
