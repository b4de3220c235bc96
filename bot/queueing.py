"""How what has been decided to say becomes rows of the outbox: cut to what its network takes, sealed, each row one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot import choices
from bot.channels.base import Channel, Limits, limits_in
from bot.channels.layout import caption_limits, fit, fit_picture, numbered_payloads, words_of
from bot.clock import Clock, stamp
from bot.model import Address, Edit, Picture, Reply, Sending, Text, Tx
from bot.outbox import BULK, REPLY, place
from bot.payloads import to_bytes
from bot.sealing import Seal
from bot.texts import chat as texts


class SendQueue:
    """Writes outbox rows; used inside the transaction that decided them."""

    def __init__(self, channels: Mapping[str, Channel], seal: Seal, clock: Clock) -> None:
        self._channels = channels
        self._seal = seal
        self._clock = clock

    def put(
        self,
        tx: Tx,
        cause: str,
        sends: Iterable[tuple[Address, Reply]],
        priority: int = REPLY,
        not_before: datetime | None = None,
        heeds_quiet: bool | None = None,
    ) -> int:
        """Split what is too long and queue it; `cause` and position make it happen once. Returns the rows added.

        heeds_quiet  whether it waits while the chat is at rest (see `put_off`); None: as bulk does and a reply does not
        From now on a number typed there means one of its choices, where they are numbered.
        """
        now = stamp(self._clock.now())
        due = max(now, stamp(not_before)) if not_before else now
        added = 0
        sends = tuple(sends)
        for position, (to, piece) in enumerate(self._pieces(sends)):
            added += tx.run(
                """INSERT INTO outbox
                        (cause, position, channel, conversation, priority, heeds_quiet, payload, due_at, wanted_at,
                            created_at)
                    VALUES (:cause, :position, :channel, :conversation, :priority, :heeds_quiet, :payload, :due, :due,
                        :now)
                    ON CONFLICT (cause, position) DO NOTHING""",
                cause=cause,
                position=position,
                channel=to.channel,
                conversation=to.conversation,
                priority=priority,
                heeds_quiet=int(priority == BULK if heeds_quiet is None else heeds_quiet),
                payload=self._seal.close(to_bytes(piece), place(cause, position)),
                due=due,
                now=now,
            )
        if added:
            self._remember_choices(tx, sends, now)
        return added

    def send(self, tx: Tx, sending: Sending) -> int:
        """Queue what has a cause of its own."""
        priority = BULK if sending.bulk else REPLY
        return self.put(tx, sending.cause, [(sending.to, sending.reply)], priority, sending.not_before)

    def _remember_choices(self, tx: Tx, sends: Iterable[tuple[Address, Reply]], now: str) -> None:
        for to, reply in sends:
            limits = limits_in(self._channels[to.channel], to.conversation)
            if isinstance(reply, Text | Picture) and (shown := _numbered(reply, limits)):
                choices.remember(tx, self._seal, to, shown, now)

    def _pieces(self, sends: Iterable[tuple[Address, Reply]]) -> Iterable[tuple[Address, Reply]]:
        for to, reply in sends:
            channel = self._channels[to.channel]
            group = channel.is_group(to.conversation)
            hint = texts.TYPE_A_NUMBER_IN_GROUP if group else texts.TYPE_A_NUMBER
            for piece in _laid_out(reply, limits_in(channel, to.conversation), hint):
                yield to, piece


def _laid_out(reply: Reply, limits: Limits, hint: str) -> list[Reply]:
    """What one reply is on a network: as many calls as there are pieces."""
    if isinstance(reply, Picture):
        return [fit_picture(reply, limits, hint)] if limits.caption else [*fit(words_of(reply), limits, hint)]
    if isinstance(reply, Edit):
        # One message takes the place of one: what does not fit into it is left out.
        return [replace(reply, text=fit(reply.text, limits, hint)[0])] if limits.edits else []
    return [*fit(reply, limits, hint)] if isinstance(reply, Text) else [reply]


def _numbered(reply: Text | Picture, limits: Limits) -> list[str]:
    below_picture = isinstance(reply, Picture) and limits.caption
    return numbered_payloads(reply.choices, caption_limits(limits) if below_picture else limits)
