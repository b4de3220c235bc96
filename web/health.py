"""`/healthz` (the process lives), `/readyz` (it can store what comes in), `/metrics` (loopback only, no message text)."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot import inbox, outbox
from bot.clock import Clock
from bot.connection import Status
from bot.errors import StorageError
from bot.model import Tx
from bot.storage.base import Database
from knowledge import inquiry_groups

# Seconds: a public address must not be a way to keep the disk busy, and who asks after a disk has filled up wants to know.
PROBE_LASTS = 0.2
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")

Counts = dict[tuple[str, str], int]
Statuses = Callable[[], Mapping[str, Status]]


def add_health(
    app: web.Application, db: Database, clock: Clock, statuses: Statuses, entries: Callable[[], int]
) -> None:
    """`statuses` and `entries` tell the present state of the channels and how many entries can be answered from."""
    health = _Health(db, clock, statuses, entries)
    app.router.add_get("/healthz", health.alive)
    app.router.add_get("/readyz", health.ready)
    app.router.add_get("/metrics", health.metrics)


class _Health:
    def __init__(self, db: Database, clock: Clock, statuses: Statuses, entries: Callable[[], int]) -> None:
        self._db = db
        self._clock = clock
        self._statuses = statuses
        self._entries = entries
        self._probe: tuple[float, str] | None = None

    async def alive(self, request: web.Request) -> web.Response:  # noqa: ARG002
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:
        database = await self._database()
        # Why a channel is off is for the operator, who asks on this machine.
        local = _is_local(request)
        channels = {
            name: {"state": status.state, **({"reason": status.reason} if status.reason and local else {})}
            for name, status in self._statuses().items()
        }
        ready = database == "ok"
        return web.json_response(
            {"ready": ready, "database": database, "channels": channels}, status=200 if ready else 503
        )

    async def metrics(self, request: web.Request) -> web.Response:
        if not _is_local(request):
            raise web.HTTPForbidden
        try:
            counts = await self._db.read(_counts)
        except StorageError as error:
            raise web.HTTPServiceUnavailable(text=str(error)) from error
        registry = CollectorRegistry()
        registry.register(_Gauges(counts, self._statuses(), self._entries()))
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": "text/plain; version=0.0.4"}
        )

    async def _database(self) -> str:
        """ "ok", or why nothing can be written."""
        now = self._clock.now().timestamp()
        if self._probe is None or not 0 <= now - self._probe[0] < PROBE_LASTS:
            try:
                await self._db.run(_write_something)
                self._probe = (now, "ok")
            except StorageError as error:
                self._probe = (now, str(error))
        return self._probe[1]


class _Gauges(Collector):
    def __init__(self, counts: Counts, statuses: Mapping[str, Status], entries: int) -> None:
        self._counts = counts
        self._statuses = statuses
        self._entries = entries

    def collect(self) -> Iterator[GaugeMetricFamily]:
        rows = GaugeMetricFamily(
            "hoidap_rows",
            "Messages, and what officers are asked, by table and state",
            labels=["table", "state"],
        )
        for (table, state), count in self._counts.items():
            rows.add_metric([table, state], count)
        yield rows
        up = GaugeMetricFamily("hoidap_channel_on", "1 while the channel works", labels=["channel"])
        for name, status in self._statuses.items():
            up.add_metric([name], int(status.state == "on"))
        yield up
        yield GaugeMetricFamily("hoidap_entries", "Entries that can be answered from", value=self._entries)


def _counts(tx: Tx) -> Counts:
    return {
        **{("inbox", state): count for state, count in inbox.counts(tx).items()},
        **{("outbox", state): count for state, count in outbox.counts(tx).items()},
        ("inquiry_groups", "open"): inquiry_groups.count_open(tx),
    }


def _write_something(tx: Tx) -> None:
    # It must change something: SQLite writes nothing to the disk for an UPDATE that leaves a row as it was.
    tx.run(
        """INSERT INTO revisions (subject, number) VALUES ('probe', 1)
            ON CONFLICT (subject) DO UPDATE SET number = revisions.number + 1"""
    )


def _is_local(request: web.Request) -> bool:
    """Behind a proxy on this machine everybody comes from loopback: who is forwarded is not local."""
    return _is_loopback(request.remote) and not any(name in request.headers for name in FORWARDED)


def _is_loopback(remote: str | None) -> bool:
    try:
        return ipaddress.ip_address(remote or "").is_loopback
    except ValueError:
        return False
