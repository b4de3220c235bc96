"""docs/transcripts.md: everything that handlers show, as each network shows it, from the real handlers and layout.

python -m tests.transcripts     writes the page again
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bot.audience import people, staff, units
from bot.audience.staff import Role
from bot.audience.units import Unit
from bot.channels.telegram import Telegram
from bot.channels.terminal import Terminal
from bot.channels.webchat import WebChat
from bot.channels.zalo_bot import ZaloBot
from bot.channels.zalo_oa import ZaloOA
from bot.model import Address, Part, Reply, Text, Tx
from bot.outbox import BULK, REPLY
from bot.queueing import SendQueue
from bot.sealing import KeyFolder
from handlers.context import command_words
from knowledge import documents, entries
from knowledge.documents import DocumentDraft
from knowledge.entries import EntryDraft
from tests.dialogues.conftest import NOW
from tests.dialogues.conftest import _small_knowledge as small_knowledge
from tests.dialogues.several import Several, several
from tests.scheduler.issues import digest, put
from tests.transcript_loop import Loop
from tests.transcript_scenes import (
    NAMES,
    SCENES,
    Answers,
    CodeFrom,
    Missed,
    Picks,
    Says,
    Scene,
    Sends,
    SomebodySends,
    Step,
)

PAGE = Path(__file__).parent.parent / "docs" / "transcripts.md"
COMMAND = "python -m tests.transcripts"

HERE = 1  # the unit of the made-up commune

NUMBER = re.compile(r"#\d+")
CODE = re.compile(r"(?!222)[2-9A-Z]{3}-[2-9A-Z]{3}-[2-9A-Z]{3}")

HEAD = f"""# Transcripts

What people read, network by network. Made by the tests from the real handlers, texts and layout, with a small made-up
knowledge base; written again with `{COMMAND}`.

`>` is what the person sends, `[…]` is a button, `(…)` is what was sent instead of text. Networks that show the same
stand together.
Headings, sources and notices stand out on Telegram and the web page (bold, italic); Zalo shows plain text.
"""


class Play:
    """One scene on one network, by a person of its own."""

    def __init__(self, talk: Several, network: str, scene: Scene, number: int) -> None:
        self._talk = talk
        self._network = talk.networks[network]
        self._scene = scene
        self._person = f"person-{number}"
        self._place = f"group-{number}" if scene.group else self._person
        self._lines: list[str] = []

    async def lines(self) -> str:
        if not self._scene.new:
            await self._talk.db.run(self._meet)
        if self._scene.role:
            await self._talk.db.run(self._become, self._scene.role)
        await self._talk.db.run(_forget_inquiries)
        for step in self._scene.steps:
            await self._do(step)
        return "\n".join(self._lines)

    def _meet(self, tx: Tx) -> None:
        people.meet(tx, self._network.name, self._person, self._talk.clock.now().date())

    def _become(self, tx: Tx, role: Role) -> None:
        account = Address(self._network.name, self._person)
        now = self._talk.clock.now()
        key = staff.give_role(tx, (), account, role, "Lê Thị Hoa", None, now)
        if role == "collaborator":
            staff.place(tx, key, HERE, None, now)

    def _miss(self, tx: Tx, bulk: str, reply: str) -> None:
        """Zalo's window was closed for both."""
        seal = KeyFolder(self._talk.db.path.parent / "keys").seal()
        queue = SendQueue(self._talk.bot.channels, seal, self._talk.clock)
        for words, priority in ((bulk, BULK), (reply, REPLY)):
            sends = [(Address(self._network.name, self._person), Text((Part(words),)))]
            queue.put(tx, f"{self._person} {priority}", sends, priority)
        tx.run("UPDATE outbox SET state = 'held', finished_at = created_at WHERE state = 'waiting'")

    async def _do(self, step: Step) -> None:
        match step:
            case Says(words, replies):
                named = command_words(self._network.limits.slash_commands)
                typed = words.format(**{name: form.strip("“”") for name, form in named.items()})
                await self._say(typed, replies)
            case Picks(label):
                await self._pick(label)
            case Sends(shown, fields):
                await self._hear(f"({shown})", "", fields)
            case Missed(bulk, reply):
                await self._talk.db.run(self._miss, bulk, reply)
                self._lines.append("(while the person was silent a digest and an officer's answer were sent)")
            case SomebodySends(question):
                await self._receive(question)
            case Answers(words):
                await self._answer(words)
            case CodeFrom(""):
                await self._say(f"quantri {await self._talk.bot.claim_code()}")
            case CodeFrom("invitation"):
                await self._say(f"vaitro {await self._talk.invitation('editor', 'Nguyễn Văn An')}")
            case CodeFrom(network):
                await self._say(await self._talk.code_line(network, f"{self._person}-there"))

    async def _receive(self, question: str) -> None:
        """A question that a visitor of the web page sends to an officer; the card of it."""
        visitor = f"{self._person}-asks"
        await self._talk.says("web", visitor, f"/gopy {question}")
        await self._talk.presses("web", visitor, "Gửi cán bộ")
        await self._network.next(self._place)
        self._lines += ["(a visitor of the web page sends a question)", ""]
        self._lines += _rendered(self._network.last(self._place))

    async def _answer(self, words: str) -> None:
        """By a reply, where the network tells what is replied to; else by the number."""
        last = self._network.last(self._place).plain
        number = re.search(r"#\d+", last)
        assert number, last
        if self._network.name == "telegram":
            await self._hear(f"(in reply to {number[0]}) {words}", words, {"quoted": last})
        else:
            await self._say(f"{number[0]} {words}")

    async def _say(self, typed: str, replies: int = 1) -> None:
        shown = typed if len(typed) < 200 else f"{typed[:40]}… ({len(typed)} characters)"
        await self._hear(shown, typed, {}, replies)

    async def _pick(self, label: str) -> None:
        last = self._network.last(self._place)
        for choice in last.choices:
            if re.sub(r"^\d+\. ", "", choice.label).startswith(label[:20]):
                await self._hear(f"[{choice.label}]", "", {"payload": choice.payload, "message_id": "m"})
                return
        found = re.search(rf"^(\d+)\. {re.escape(label)}", last.plain, re.MULTILINE)
        assert found, (self._network.name, label, last.plain)
        await self._say(found[1])

    async def _hear(self, shown: str, words: str, fields: dict[str, str], replies: int = 1) -> None:
        group = self._place if self._scene.group else ""
        await self._talk.hear(self._network.name, self._person, words, group=group, **fields)
        self._lines += ["", f"> {shown}"] if self._lines else [f"> {shown}"]
        for _ in range(replies):
            await self._network.next(self._place)
            self._lines += ["", *_rendered(self._network.last(self._place))]


def _forget_inquiries(tx: Tx) -> None:
    """Of other scenes: who asks the same again would be told of their answers."""
    for table in ("inquiry_askers", "inquiries", "inquiry_groups"):
        tx.run(f"DELETE FROM {table}")


def _rendered(reply: Reply) -> list[str]:
    assert isinstance(reply, Text)
    buttons = [f"[{choice.label}]" + (f" → {choice.url}" if choice.url else "") for choice in reply.choices]
    return [*reply.plain.splitlines(), *buttons]


def local_knowledge(tx: Tx) -> None:
    """Two made-up plans of a made-up commune, one with many questions."""
    title = "Phổ cập kỹ năng số cho người dân năm 2026"
    address = "https://binhminh.example.vn/12"
    plan = DocumentDraft(
        "12-KH/UBND",
        "Kế hoạch",
        title,
        "UBND xã Bình Minh",
        "xã",
        date(2026, 3, 2),
        status="in force",
        address=address,
        topics=("Chuyển đổi số",),
    )
    other = replace(
        plan,
        number="9-KH/UBND",
        title="Vệ sinh môi trường, giữ sạch đường làng, ngõ xóm năm 2026",
        issued_on=date(2026, 1, 15),
        topics=("Môi trường",),
    )
    documents.save_all(tx, (plan, other), NOW)
    cleaning = EntryDraft(
        "tong-ve-sinh",
        "Tổng vệ sinh đường làng vào ngày nào?",
        "Sáng chủ nhật đầu tháng.",
        cites="9-KH/UBND",
        status="published",
    )
    entries.save(tx, cleaning, NOW)
    questions = {
        "Ai được học lớp kỹ năng số?": "Mọi người dân trong xã, ưu tiên người từ 60 tuổi.",
        "Lớp kỹ năng số mở vào ngày nào?": "Chiều thứ bảy hằng tuần.",
        "Lớp kỹ năng số học ở đâu?": "Nhà văn hóa các thôn.",
        "Học lớp kỹ năng số có mất tiền không?": "Không mất tiền.",
        "Đăng ký học kỹ năng số với ai?": "Tổ công nghệ số cộng đồng của thôn.",
        "Lớp kỹ năng số dạy những gì?": "Dùng dịch vụ công trực tuyến, thanh toán số, phòng tránh lừa đảo trên mạng.",
    }
    for number, (question, answer) in enumerate(questions.items()):
        draft = EntryDraft(f"ky-nang-so-{number}", question, answer, cites="12-KH/UBND", status="published")
        entries.save(tx, draft, NOW)


def staffed(tx: Tx, now: datetime) -> None:
    """Somebody whom questions can be sent to."""
    staff.give_role(tx, (), Address("telegram", "editor"), "editor", "Lan", None, now)


def passed_on(tx: Tx, now: datetime) -> None:
    """A digest that has gone out."""
    put(tx, replace(digest(), started_at=now))


def local_units(tx: Tx) -> None:
    for name, kind, parent in (
        ("Xã Bình Minh", "xã", None),
        ("Thôn Đông", "thôn", HERE),
        ("Thôn Đoài", "thôn", HERE),
    ):
        units.add(tx, Unit(0, name, kind, parent), NOW)


async def written(folder: Path) -> str:
    """The whole page."""
    blocks = [HEAD]
    (folder / "terminal").mkdir()
    networks = several(
        folder,
        telegram=Telegram.limits,
        zalo_bot=ZaloBot.limits,
        zalo_oa=ZaloOA.limits,
        web=WebChat.limits,
    )
    terminal = several(folder / "terminal", terminal=Terminal.limits)  # `hoidap chat` knows no other network
    async with networks as talk, terminal as alone:
        talk.networks["zalo-oa"].group_limits = ZaloOA.group_limits
        for each in (talk, alone):
            await each.db.run(small_knowledge)
            await each.db.run(local_knowledge)
            await each.db.run(staffed, each.clock.now())
            await each.db.run(local_units)
            await each.db.run(passed_on, each.clock.now())
            await each.bot.refresh()
        number = 0
        for scene in SCENES:
            shown: dict[str, list[str]] = {}
            for network in scene.on:
                number += 1
                lines = await Play(
                    talk if network in talk.networks else alone, network, scene, number
                ).lines()
                lines = NUMBER.sub("#12", CODE.sub("7KC-9MX-T4F", lines))
                shown.setdefault(lines, []).append(NAMES[network])
            blocks.append(f"## {scene.title}\n")
            blocks += [f"{', '.join(names)}\n\n```text\n{lines}\n```\n" for lines, names in shown.items()]
        await talk.db.run(_forget_inquiries)
        lines = NUMBER.sub("#12", await Loop(talk).lines())
        blocks.append(f"## From a question without an answer to knowledge\n\n```text\n{lines}```\n")
    return "\n".join(blocks)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PAGE.write_text(asyncio.run(written(Path(made))), encoding="utf-8")
