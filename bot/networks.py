"""The networks of this installation: each made from its settings, in one place.

A further network is its file in bot/channels/, its settings, a function here, and one line of `networks`.
"""

from __future__ import annotations

from collections.abc import Callable

import aiohttp

from bot.audience import department, interactions
from bot.channels.base import Channel, Memory, Notices
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import Words as ZaloBotWords
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_bot_quota import Warnings
from bot.channels.zalo_oa import ZaloOA
from bot.clock import Clock
from bot.model import Address, Tx
from bot.sealing import KeyFolder, derive
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import chat as texts
from bot.texts import zalo_bot as zalo_bot_texts
from bot.texts import zalo_oa as zalo_oa_texts
from bot.zalo_oa_window import may_send

ZALO_BOT_WORDS = ZaloBotWords(
    zalo_bot_texts.FILE_AT,
    zalo_bot_texts.FILE_NOWHERE,
    Warnings(zalo_bot_texts.QUOTA_NEARLY, zalo_bot_texts.QUOTA_USED_UP),
)


def networks(
    settings: Settings,
    secret: bytes,
    session: aiohttp.ClientSession,
    db: Database,
    memory: Callable[[str], Memory],
    notices: Notices,
    clock: Clock,
) -> list[Channel]:
    """The channels whose token is set. A further channel is one line here."""
    channels: list[Channel] = []
    if settings.telegram_bot_token:
        channels.append(telegram(settings, secret, session))
    if settings.zalo_bot_token:
        channels.append(zalo_bot(settings, secret, session, memory(ZaloBot.name), notices, clock))
    if settings.zalo_oa_app_id:
        channels.append(zalo_oa(settings, secret, session, db, memory(ZaloOA.name), notices, clock))
    return channels


def key_folder(settings: Settings) -> KeyFolder:
    return KeyFolder(settings.database_path.parent / "keys")


def webhook_secret(settings: Settings, secret: bytes, channel: str) -> str:
    """The one that is set, else one that is the same at each start."""
    return getattr(settings, f"{channel}_webhook_secret") or derive(secret, f"webhook {channel}")


def secrets_of(settings: Settings) -> list[str]:
    """Everything that no log may show."""
    secret = settings.secret_key or key_folder(settings).secret()
    known = [
        settings.telegram_bot_token,
        settings.zalo_bot_token,
        settings.zalo_oa_app_secret,
        settings.zalo_oa_secret_key,
        settings.zalo_oa_refresh_token,
        *(webhook_secret(settings, secret, channel) for channel in ("telegram", "zalo_bot")),
        derive(secret, "web chat"),
        secret.hex(),
        secret.decode(errors="replace"),
    ]
    return [value for value in known if value]


def telegram(settings: Settings, secret: bytes, session: aiohttp.ClientSession) -> Telegram:
    return Telegram(
        session,
        token=settings.telegram_bot_token or "",
        secret=webhook_secret(settings, secret, "telegram"),
        api_url=settings.telegram_api_url,
        public_url=settings.public_url,
        commands=texts.COMMANDS,
        proxy=settings.telegram_proxy,
    )


def zalo_bot(
    settings: Settings,
    secret: bytes,
    session: aiohttp.ClientSession,
    memory: Memory,
    notices: Notices,
    clock: Clock,
) -> ZaloBot:
    return ZaloBot(
        session,
        token=settings.zalo_bot_token or "",
        secret=webhook_secret(settings, secret, "zalo_bot"),
        memory=memory,
        notices=notices,
        clock=clock,
        words=ZALO_BOT_WORDS,
        api_url=settings.zalo_bot_api_url,
        public_url=settings.public_url,
        name=settings.zalo_bot_name,
    )


def zalo_oa(
    settings: Settings,
    secret: bytes,
    session: aiohttp.ClientSession,
    db: Database,
    memory: Memory,
    notices: Notices,
    clock: Clock,
) -> ZaloOA:
    def window_is_open(tx: Tx, person: str) -> bool:
        accepted = department.load(tx).oa_paid_window
        return may_send(
            interactions.last(tx, Address(ZaloOA.name, person)), clock.now(), accept_price=accepted
        )

    return ZaloOA(
        session,
        app_id=settings.zalo_oa_app_id or "",
        app_secret=settings.zalo_oa_app_secret or "",
        secret_key=settings.zalo_oa_secret_key or "",
        refresh_token=settings.zalo_oa_refresh_token or "",
        api_url=settings.zalo_oa_api_url,
        oauth_url=settings.zalo_oa_oauth_url,
        public_url=settings.public_url,
        key=derive(secret, "zalo-oa").encode(),
        memory=memory,
        clock=clock,
        notices=notices,
        sentences=zalo_oa_texts.NOTICES,
        button_of_file=zalo_oa_texts.FILE_BUTTON,
        may_write=lambda person: db.read(window_is_open, person),
    )
