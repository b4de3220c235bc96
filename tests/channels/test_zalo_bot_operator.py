"""What the operator of Zalo Bot reads from `hoidap check` and `hoidap serve`."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from bot.commands.serving import _say_where
from bot.commands.upkeep import check
from bot.networks import secrets_of
from bot.settings import Settings
from tests.fakes.zalo_bot import FakeZaloBot


def settings(folder: Path, fake: FakeZaloBot, **more: str) -> Settings:
    return Settings(
        database_url=f"sqlite:///{folder}/hoidap.db",
        zalo_bot_token=more.pop("token", fake.token),
        zalo_bot_api_url=fake.url,
        zalo_bot_webhook_secret="a secret of the tests",
        public_url=more.get("public_url"),
    )


async def zalo_part(given: Settings, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    await check(given, Namespace(json=True))
    part: dict[str, object] = json.loads(capsys.readouterr().out)["zalo-bot"]
    return part


async def test_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with FakeZaloBot() as fake:
        polled = await zalo_part(settings(tmp_path, fake), capsys)
        assert polled["ok"]
        assert "set PUBLIC_URL: a webhook loses nothing" in str(polled["says"])
        hooked = await zalo_part(settings(tmp_path, fake, public_url="https://hoidap.example.vn"), capsys)
        assert "0 of 3000 messages sent this month" in str(hooked["says"])
        fake.webhook = {"url": "https://elsewhere.example/hook", "secret_token": "their secret"}
        refused = await zalo_part(settings(tmp_path, fake), capsys)
        assert not refused["ok"]
        wrong = await zalo_part(settings(tmp_path, fake, token="12:wrong"), capsys)
        assert (wrong["ok"], "ZALO_BOT_TOKEN" in str(wrong["says"])) == (False, True)
        assert fake.count("setWebhook") == fake.count("deleteWebhook") == 0


async def test_check_without_a_token(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = Settings(database_url=f"sqlite:///{tmp_path}/hoidap.db")
    assert await zalo_part(given, capsys) == {"ok": True, "says": "off, ZALO_BOT_TOKEN is not set"}


def test_serve_recommends_the_webhook_to_who_polls(capsys: pytest.CaptureFixture[str]) -> None:
    _say_where(Settings(zalo_bot_token="t"), "127.0.0.1", 8080, ["zalo-bot"])
    assert "For real use set PUBLIC_URL" in capsys.readouterr().out
    hooked = Settings(zalo_bot_token="t", public_url="https://hoidap.example.vn")
    _say_where(hooked, "127.0.0.1", 8080, ["zalo-bot"])
    said = capsys.readouterr().out
    assert "zalo-bot: connecting, by webhook https://hoidap.example.vn/webhook/zalo-bot" in said
    assert "For real use" not in said
    _say_where(Settings(), "127.0.0.1", 8080, [])
    assert "Zalo Bot is off: set ZALO_BOT_TOKEN" in capsys.readouterr().out


def test_the_token_and_the_secret_are_hidden_in_logs(tmp_path: Path) -> None:
    given = settings(tmp_path, FakeZaloBot())
    assert {given.zalo_bot_token, given.zalo_bot_webhook_secret} <= set(secrets_of(given))
