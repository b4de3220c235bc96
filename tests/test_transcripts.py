"""The page of transcripts shows what the bot says today."""

from __future__ import annotations

import re
from pathlib import Path

from tests.transcripts import COMMAND, PAGE, written


async def test_the_transcripts_are_those_of_today(tmp_path: Path) -> None:
    assert PAGE.read_text(encoding="utf-8") == await written(tmp_path), f"write it again with: {COMMAND}"


def test_every_command_and_name_is_filled_in() -> None:
    assert not re.search(r"\{\w*\}", PAGE.read_text(encoding="utf-8"))
