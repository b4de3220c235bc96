"""`hoidap ask` and `hoidap chat`: the knowledge base, asked from the terminal."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import threading
import time
from argparse import Namespace
from typing import Any

from bot import erasure
from bot.app import Bot
from bot.audience import department
from bot.channels.terminal import Terminal
from bot.clock import SystemClock
from bot.commands import explaining
from bot.model import Address, Tx
from bot.networks import key_folder
from bot.settings import Settings
from bot.storage.base import Database
from bot.texts import chat as texts
from bot.texts import terminal as terminal_texts
from handlers import answers
from handlers.context import thresholds_of
from handlers.wording import cited
from knowledge.answering import Finding, find
from knowledge.explanation import explain
from knowledge.library import Library


async def ask(db: Database, arguments: Namespace) -> int:
    """One question, one answer; with --json in the form of the contract."""
    library = Library(db)
    await library.refresh()
    if not len(library.index):
        print(terminal_texts.EMPTY, file=sys.stderr)
    thresholds = thresholds_of(await db.read(department.load))
    began = time.perf_counter()
    finding = find(arguments.question, library.index, thresholds)
    milliseconds = (time.perf_counter() - began) * 1000
    shown = await db.read(answers.find_entry, finding.entry.key) if finding.entry else None
    why = explain(arguments.question, library.index, thresholds) if arguments.why else None
    if arguments.json:
        told = _as_json(finding, shown, milliseconds) | ({"why": why} if why else {})
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(_in_words(finding, shown))
        if why:
            print(f"\n{explaining.in_words(why)}")
    return 0


async def chat(settings: Settings, db: Database, arguments: Namespace) -> int:  # noqa: ARG001
    """The same conversation as on a network, also beside a running `serve`; nothing of it is kept afterwards."""
    name = f"terminal-{secrets.token_hex(4)}"
    terminal = Terminal(name, lambda text: print(f"\n{text}\n", flush=True), settings.public_url)
    keys = key_folder(settings)
    bot = Bot(settings, db, keys, keys.seal(), SystemClock(), [terminal])
    me = Address(terminal.name, "me")
    print(terminal_texts.HELLO, flush=True)
    try:
        async with bot.running():
            await _converse(bot, db, terminal, me)
    finally:  # also when it is broken off by Ctrl-C
        await db.run(erasure.erase, me, me.conversation)
    return 0


async def _converse(bot: Bot, db: Database, terminal: Terminal, me: Address) -> None:
    """Until the end of the input."""
    if not len(bot.library.index):
        print(terminal_texts.EMPTY, flush=True)
    lines = _lines_of_stdin()
    while (line := await lines.get()) is not None:
        if line.strip():
            update = {"id": secrets.token_hex(8), "conversation": me.conversation, "text": line.strip()}
            await bot.dispatch.inbox.add(terminal, [update])
            while await db.read(_under_way, me):  # noqa: ASYNC110 - another process may do the work
                await asyncio.sleep(0.02)


def _as_json(finding: Finding, shown: answers.Shown | None, milliseconds: float) -> dict[str, Any]:
    result: dict[str, Any] = {
        "outcome": finding.outcome,
        "entry": finding.entry.id if finding.entry else None,
        "question": shown.entry.question if shown else None,
        "answer": shown.entry.answer if shown else None,
        "score": round(finding.score, 4),
        "suggestions": [
            {"entry": each.id, "question": each.question, "score": round(each.score, 4)}
            for each in finding.suggestions
        ],
        "ms": round(milliseconds, 3),
    }
    if shown:
        result["source"] = (
            cited(shown.document) if shown.document else shown.entry.source or shown.entry.cites
        )
        result["superseded_by"] = cited(shown.newer) if shown.newer else None
    if finding.small_talk:
        result["small_talk"] = finding.small_talk
    if finding.sensitive:
        result["sensitive"] = finding.sensitive
    if finding.documents:
        result["document"] = finding.documents[0].number
        result["documents"] = [f"{cited(document)}: {document.title}" for document in finding.documents]
    if finding.unknown_document:
        result["unknown_document"] = finding.unknown_document
    return result


def _in_words(finding: Finding, shown: answers.Shown | None) -> str:
    score = f"[{finding.score:.2f}]"
    if shown:
        source = cited(shown.document) if shown.document else shown.entry.source or shown.entry.cites
        before = f"{terminal_texts.SENSITIVE[finding.sensitive]}\n" if finding.sensitive else ""
        answer = f"{score} {shown.entry.question}\n{shown.entry.answer}"
        return before + answer + (f"\n({source})" if source else "")
    if finding.documents:
        return "\n".join(f"{cited(document)}: {document.title}" for document in finding.documents)
    if finding.sensitive or finding.small_talk:
        return terminal_texts.SENSITIVE[finding.sensitive] if finding.sensitive else terminal_texts.SMALL_TALK
    if finding.suggestions:
        rows = [f"  [{each.score:.2f}] {each.question}" for each in finding.suggestions]
        return "\n".join((f"{score} {texts.SUGGEST}", *rows))
    if finding.unknown_document:
        return texts.UNKNOWN_DOCUMENT.format(number=finding.unknown_document)
    return f"{score} {terminal_texts.NO_ANSWER}"


def _under_way(tx: Tx, address: Address) -> bool:
    row = tx.row(
        """SELECT
            EXISTS (SELECT 1 FROM inbox WHERE channel = :channel AND conversation = :conversation
                AND state = 'waiting') OR
            EXISTS (SELECT 1 FROM outbox WHERE channel = :channel AND conversation = :conversation
                AND state IN ('waiting', 'sending')) AS busy""",
        channel=address.channel,
        conversation=address.conversation,
    )
    return bool(row and row["busy"])


def _lines_of_stdin() -> asyncio.Queue[str | None]:
    """Lines as they are typed, then None. A daemon thread: a blocked read must not hold up the end of the program."""
    lines: asyncio.Queue[str | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, None)

    threading.Thread(target=read, daemon=True, name="stdin").start()
    return lines
