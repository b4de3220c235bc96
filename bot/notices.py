"""What only administrators can mend, told to each of them once, on a network that is on."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence

from bot.audience import links, staff
from bot.channels.base import Channel, Troubled
from bot.model import Address, Part, Text, Tx
from bot.queueing import SendQueue
from bot.storage.base import Database

log = logging.getLogger(__name__)


class AdministratorNotices:
    """`channels` are those that are on; it may be filled later, since channels are made with their notices."""

    def __init__(
        self, db: Database, queue: SendQueue, channels: Mapping[str, Channel], admins: Sequence[Address]
    ) -> None:
        self._db = db
        self._queue = queue
        self._channels = channels
        self._admins = admins

    async def tell_administrators(self, text: str, once: str) -> None:
        """Queued when this returns; each hears the same `once` a single time. Raises StorageError."""
        if not await self._db.run(self._put, text, once):
            log.warning("no administrator can be told, there is none or their networks are off: %s", once)

    def _put(self, tx: Tx, text: str, once: str) -> int:
        """Returns how many are told, or have been told before. The outbox sees by itself, within a second."""
        told = self._reachable(tx, once.partition(" ")[0])
        for account in told:
            # By a hash: this stays when the message is gone, and need not say to whom it went.
            name = hashlib.sha256(f"{account.channel}:{account.conversation}".encode()).hexdigest()[:16]
            self._queue.put(tx, f"notice:{once}:{name}", [(account, Text((Part(text),)))])
        return len(told)

    def _reachable(self, tx: Tx, about: str) -> list[Address]:
        """One account of each administrator: their own where its network is on, else a linked one; rather not on the
        network that it is about, for that may be what does not work."""
        found: dict[Address, None] = {}
        for holder in staff.administrators(tx, self._admins):
            accounts = links.accounts(tx, holder)
            on = [account for account in accounts if self._works(account.channel, about)]
            on.sort(key=lambda account: account.channel == about)
            if on and not any(account in found for account in accounts):
                found[on[0]] = None
        return list(found)

    def _works(self, name: str, about: str) -> bool:
        """Not where it would wait for the very trouble that it tells of: it would come when that is over."""
        channel = self._channels.get(name)
        broken = name == about and isinstance(channel, Troubled) and channel.trouble
        return channel is not None and not broken
