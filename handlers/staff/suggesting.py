"""A member proposes for the knowledge base in one message: "đề xuất: câu hỏi … / trả lời …", or a further way to ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.audience import audit
from bot.audience.staff import Member
from bot.files import secrecy
from bot.model import Inbound, Outcome, Sending, Tx, say
from bot.texts import proposals as texts
from handlers.context import Context
from handlers.staff import answering, approving
from handlers.wording import counted, plain
from knowledge import entries, proposals
from knowledge.entries import Entry
from knowledge.normalise import fold
from knowledge.wordings import LONGEST

_OPENING = re.compile(r"\W*de xuat(?:\s*[:\n]\s*|\s+(?=(?:cau|cach) hoi\b))", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:cau )?hoi\s*:?\s*(?P<left>.+?)\s*(?:[/\n]|(?<=\?))\s*(?:tra loi|dap)\s*:?\s*(?P<right>.+)",
    re.IGNORECASE | re.DOTALL,
)
_WORDING = re.compile(
    r"cach hoi\s*:?\s*(?P<left>.+?)\s*[/\n]\s*cho\s*:?\s*(?P<right>.+)", re.IGNORECASE | re.DOTALL
)


def is_proposal(inbound: Inbound) -> bool:
    return inbound.private and inbound.kind == "text" and bool(_OPENING.match(fold(_nfc(inbound))))


async def propose(inbound: Inbound, context: Context, member: Member) -> Outcome:
    text = _nfc(inbound)
    opening = _OPENING.match(fold(text))
    rest = text[opening.end() :].strip() if opening else ""
    if pair := _both(_PAIR, rest):
        return _entry(inbound, context, member, *pair)
    if wording := _both(_WORDING, rest):
        return await _phrasing(inbound, context, member, *wording)
    return say(inbound.address, plain(texts.HOW))


def _entry(inbound: Inbound, context: Context, member: Member, question: str, answer: str) -> Outcome:
    if refusal := _refusal(question, answer):
        return say(inbound.address, plain(refusal))
    finding = context.library.find(question, context.thresholds)
    if finding.outcome == "answer" and finding.entry:
        said = texts.THERE_ALREADY.format(question=finding.entry.question, id=finding.entry.id)
        return say(inbound.address, plain(said))

    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        proposal = proposals.propose_entry(tx, question, answer, member.key, "member", now)
        audit.record(tx, member.key, "entry.proposed", f"entry:{proposal.entry}", now)
        return approving.put_forward(tx, context, inbound.address, texts.PROPOSED, proposal)

    return Outcome(settle=settle)


async def _phrasing(inbound: Inbound, context: Context, member: Member, wording: str, of: str) -> Outcome:
    target = await _meant(context, of)
    if target is None:
        return say(inbound.address, plain(texts.WHICH_ENTRY.format(text=of[:LONGEST])))
    if refusal := _refusal(wording, ""):
        return say(inbound.address, plain(refusal))

    def settle(tx: Tx) -> Sequence[Sending]:
        now = context.clock.now()
        proposal = proposals.propose_phrasing(tx, target.key, wording, member.key, "member", now)
        if proposal is None:
            return (Sending(inbound.address, plain(texts.KNOWN.format(question=target.question))),)
        audit.record(tx, member.key, "phrasing.proposed", f"entry:{target.key}", now)
        return approving.put_forward(tx, context, inbound.address, texts.PROPOSED, proposal)

    return Outcome(settle=settle)


async def _meant(context: Context, said: str) -> Entry | None:
    """The entry of this id, or the one that this question is answered by."""
    if entry := await context.db.read(entries.by_id, said.strip()):
        return entry if entry.status != "archived" else None
    finding = context.library.find(said, context.thresholds)
    if finding.outcome != "answer" or finding.entry is None:
        return None
    return await context.db.read(entries.by_key, finding.entry.key)


def _refusal(question: str, answer: str) -> str:
    for text, longest in ((question, LONGEST), (answer, answering.LONGEST)):
        if len(text) > longest:
            return texts.TOO_LONG.format(length=counted(len(text)), longest=counted(longest))
    if mark := secrecy.mark_among(f"{question}\n{answer}"):
        return texts.MARKED.format(mark=mark)
    return ""


def _both(pattern: re.Pattern[str], text: str) -> tuple[str, str] | None:
    """What stands in the two places, in the letters that were typed: the pattern is sought without accents."""
    found = pattern.fullmatch(fold(text))
    if not found:
        return None
    left, right = (text[slice(*found.span(name))].strip() for name in ("left", "right"))
    return (left, right) if left and right else None


def _nfc(inbound: Inbound) -> str:
    return unicodedata.normalize("NFC", inbound.text).strip()
