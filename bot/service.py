"""The whole service, listening: the bot with its networks, its web server and its scheduler."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
from aiohttp import web

from bot.app import Bot
from bot.channels.base import Channel
from bot.channels.webchat import WebChat
from bot.channels.zalo_oa import ZaloOA
from bot.clock import Clock
from bot.jobs import jobs
from bot.mailbox import Mailbox
from bot.memory import ChannelMemory
from bot.networks import key_folder, networks
from bot.notices import AdministratorNotices
from bot.queueing import SendQueue
from bot.sealing import derive
from bot.settings import Settings
from bot.storage.base import Database
from scheduler.feed_fetching import Fetching
from scheduler.runner import Runner
from scheduler.safe_http import Reach
from web.assets import Assets
from web.chat import add_chat
from web.digests import add_digests
from web.health import add_health
from web.server import Server
from web.surveys import KEY_OF_COOKIES, add_surveys
from web.webhooks import add_webhooks
from web.zalo import add_zalo


@asynccontextmanager
async def service(
    settings: Settings, db: Database, clock: Clock, *, host: str, port: int
) -> AsyncIterator[tuple[Bot, int]]:
    """The whole service, listening; yields it with its port. Raises SettingsError, StorageError."""
    keys = key_folder(settings)
    secret = settings.secret_key or keys.secret()
    seal = keys.seal()
    mailbox = Mailbox(db, seal, clock)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        web_chat = WebChat(mailbox)
        on: dict[str, Channel] = {}
        notices = AdministratorNotices(db, SendQueue(on, seal, clock), on, settings.admins)
        channels: list[Channel] = [
            web_chat,
            *networks(
                settings,
                secret,
                session,
                db,
                lambda name: ChannelMemory(db, seal, clock, name),
                notices,
                clock,
            ),
        ]
        for channel in channels[1:]:
            stack.push_async_callback(channel.close)
        bot = Bot(settings, db, keys, seal, clock, channels)
        on.update(bot.channels)
        await stack.enter_async_context(bot.running())
        app = _application(settings, bot, db, clock, mailbox, web_chat, secret)
        server = Server(app, host, port)
        listening = await server.start()
        # In reverse: first nothing more comes in, then what is here is finished, then the scheduler, then the database.
        stack.push_async_callback(server.stop)
        stack.push_async_callback(web_chat.close)
        fetching = Fetching(db, clock, settings.timezone, Reach(private=settings.feeds_allow_private))
        stack.push_async_callback(fetching.close)
        runner = Runner(
            db, clock, settings.timezone, jobs(settings, bot, db, clock, keys, _oa(bot), fetching)
        )
        runner.start()
        stack.callback(runner.stop)
        yield bot, listening


def _application(
    settings: Settings,
    bot: Bot,
    db: Database,
    clock: Clock,
    mailbox: Mailbox,
    web_chat: WebChat,
    secret: bytes,
) -> web.Application:
    app = web.Application()
    assets = Assets()
    assets.add_routes(app)
    add_chat(
        app,
        inbox=bot.dispatch.inbox,
        mailbox=mailbox,
        channel=web_chat,
        assets=assets,
        organisation=settings.organisation,
        secret=derive(secret, "web chat").encode(),
        trusted_proxies=settings.trusted_proxies,
        public_url=settings.public_url,
        examples=lambda: bot.library.examples,
        zalo_verification=settings.zalo_site_verification,
    )
    bot.files.add_routes(app)
    add_digests(
        app,
        db,
        clock,
        bot.files.cards,
        assets,
        organisation=settings.organisation,
        timezone=settings.timezone,
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
    )
    add_surveys(
        app,
        db,
        bot.box,
        clock,
        assets,
        organisation=settings.organisation,
        timezone=settings.timezone,
        secret=derive(secret, KEY_OF_COOKIES).encode(),
        public_url=settings.public_url,
        trusted_proxies=settings.trusted_proxies,
    )
    add_webhooks(
        app,
        {name: channel for name, channel in bot.channels.items() if name != web_chat.name},
        bot.dispatch.inbox,
    )
    oa = _oa(bot)
    add_zalo(app, settings.zalo_site_verification, oa.consent if oa and settings.public_url else None)
    add_health(app, db, clock, bot.statuses, lambda: len(bot.library.index))
    return app


def _oa(bot: Bot) -> ZaloOA | None:
    channel = bot.channels.get(ZaloOA.name)
    return channel if isinstance(channel, ZaloOA) else None
