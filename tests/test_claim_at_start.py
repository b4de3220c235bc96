"""`hoidap serve` shows the claim code once, on standard output, and writes it nowhere."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0  # seconds of a slow machine


async def start_and_stop(folder: Path, **settings: str) -> tuple[str, str]:
    """What a whole life of the service prints: (standard output, standard error)."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder}/hoidap.db",
        **settings,
    }
    command = [sys.executable, "-m", "bot", "serve", "--empty", "--port", "0"]
    service = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    assert service.stdout is not None
    async with asyncio.timeout(PATIENCE):
        began = b""
        while b"Stop with" not in began:
            line = await service.stdout.readline()
            assert line, (await service.communicate())[1].decode()
            began += line
        service.terminate()
        rest, errors = await service.communicate()
    return (began + rest).decode(), errors.decode()


async def test_each_start_shows_a_code_and_only_there(tmp_path: Path) -> None:
    shown = []
    for _ in range(2):
        out, errors = await start_and_stop(tmp_path)
        codes = re.findall(r"quantri (\S{3}-\S{3}-\S{3})\n", out)
        assert len(codes) == 1
        assert codes[0] not in errors
        shown += codes
    assert shown[0] != shown[1]
    stored = b"".join(file.read_bytes() for file in sorted(tmp_path.rglob("*")) if file.is_file())  # noqa: ASYNC240
    assert not any(code.encode() in stored for code in shown)


async def test_with_an_administrator_in_the_settings_none_is_shown(tmp_path: Path) -> None:
    out, _ = await start_and_stop(tmp_path, ADMINS="telegram:1")
    assert "quantri" not in out
