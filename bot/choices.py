"""The choices last shown in a conversation, for networks without buttons: what "2" means when it comes back.

Transient: sealed, replaced by the next choices, gone after a day.
"""

from __future__ import annotations

import re
import unicodedata

from bot.model import Address, Tx
from bot.sealing import Seal

# A number as people choose with it: "2", "2.", "(2)", "số 2", "chọn câu 2 nhé ạ"; without accents here. A longer number is a
# question ("57/2025"), not a choice.
_NUMBER = re.compile(
    r"(?:(?:chon|bam|xem|so|cau|muc|y|lua chon)\s+){0,3}\(?(\d{1,3})[.)]*(?:\s+(?:a|nhe|nha|di|voi|em|ban|bot))*[.!]*",
    re.ASCII,
)
_LONGEST = 40  # characters
_AS_ONE = {ord("đ"): "d", 0xFE0F: None, 0x20E3: None, **{0xFF10 + digit: str(digit) for digit in range(10)}}


def remember(tx: Tx, seal: Seal, at: Address, shown: list[str], now: str) -> None:
    tx.run(
        """INSERT INTO shown_choices (channel, conversation, payload, shown_at)
            VALUES (:channel, :conversation, :payload, :now)
            ON CONFLICT (channel, conversation) DO UPDATE
            SET payload = excluded.payload, shown_at = excluded.shown_at""",
        channel=at.channel,
        conversation=at.conversation,
        payload=seal.close_json(shown, _place(at)),
        now=now,
    )


def resolve(tx: Tx, seal: Seal, at: Address, text: str) -> str | None:
    """The payload that a number stands for, or None when it is no number of a choice shown here."""
    number = _number_in(text)
    if number is None:
        return None
    row = tx.row(
        "SELECT payload FROM shown_choices WHERE channel = :channel AND conversation = :conversation",
        channel=at.channel,
        conversation=at.conversation,
    )
    shown: list[str] = (seal.open_json(row["payload"], _place(at)) if row else None) or []
    return shown[number - 1] if 1 <= number <= len(shown) else None


def erase(tx: Tx, address: Address) -> int:
    return tx.run(
        "DELETE FROM shown_choices WHERE channel = :channel AND conversation = :conversation",
        channel=address.channel,
        conversation=address.conversation,
    )


def forget_older_than(tx: Tx, moment: str) -> int:
    return tx.run("DELETE FROM shown_choices WHERE shown_at < :moment", moment=moment)


def _number_in(text: str) -> int | None:
    if len(text) > _LONGEST:
        return None
    letters = unicodedata.normalize("NFD", text.casefold().translate(_AS_ONE))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    found = _NUMBER.fullmatch(" ".join(bare.split()))
    return int(found[1]) if found else None


def _place(at: Address) -> str:
    return f"choices:{at.channel}:{at.conversation}"
