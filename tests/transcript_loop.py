"""For docs/transcripts.md: one question from Zalo over an officer on Telegram and an approver to the web page."""

from __future__ import annotations

from bot.audience import people, staff
from bot.audience.staff import Role
from bot.model import Address, Text, Tx
from tests.dialogues.several import Several

QUESTION = "Trạm y tế phường có tiêm phòng dại không?"
ANSWER = "Có, vào sáng thứ ba và thứ năm hằng tuần, mang theo thẻ bảo hiểm y tế."
CITIZEN, EDITOR, APPROVER, VISITOR = (
    ("zalo-bot", "loop-citizen"),
    ("telegram", "loop-editor"),
    ("telegram", "loop-approver"),
    ("web", "loop-visitor"),
)
Person = tuple[str, str]


class Loop:
    def __init__(self, talk: Several) -> None:
        self._talk = talk
        self._lines: list[str] = []

    async def lines(self) -> str:
        await self._talk.db.run(self._begin)
        await self._says("A citizen, on Zalo Bot", CITIZEN, QUESTION)
        await self._says("", CITIZEN, "1")
        await self._gets("An editor, on Telegram", EDITOR)
        await self._says("", EDITOR, ANSWER, quoted=self._last(EDITOR).plain)
        await self._presses("", EDITOR, "Gửi #")
        await self._gets("The citizen, on Zalo Bot", CITIZEN)
        await self._presses("The editor, on Telegram", EDITOR, "Đưa vào kho")
        await self._talk.next(*APPROVER)  # the card of the question, in its time
        await self._gets("An approver, on Telegram", APPROVER)
        await self._presses("", APPROVER, "Duyệt")
        await self._talk.bot.refresh()
        await self._says("Somebody else, on the web page", VISITOR, "tram y te phuong co tiem phong dai ko")
        return "\n".join(self._lines)

    def _begin(self, tx: Tx) -> None:
        now = self._talk.clock.now()
        for network, name in (CITIZEN, EDITOR, APPROVER, VISITOR):
            people.meet(tx, network, name, now.date())
        hired: tuple[tuple[Person, Role], ...] = ((EDITOR, "editor"), (APPROVER, "approver"))
        for person, role in hired:
            staff.give_role(tx, (), Address(*person), role, "Lê Thị Hoa", None, now)

    async def _says(self, who: str, person: Person, words: str, quoted: str = "") -> None:
        self._heading(who)
        self._lines.append(f"> (in reply to the card) {words}" if quoted else f"> {words}")
        await self._talk.hear(*person, words, quoted=quoted)
        await self._shows(person)

    async def _presses(self, who: str, person: Person, label: str) -> None:
        self._heading(who)
        choice = next(each for each in self._last(person).choices if each.label.startswith(label))
        self._lines.append(f"> [{choice.label}]")
        await self._talk.hear(*person, "", payload=choice.payload, message_id="m")
        await self._shows(person)

    async def _gets(self, who: str, person: Person) -> None:
        self._heading(who)
        await self._shows(person, space=False)

    def _heading(self, who: str) -> None:
        if who:
            self._lines += [f"--- {who} ---", ""]

    async def _shows(self, person: Person, *, space: bool = True) -> None:
        await self._talk.next(*person)
        reply = self._last(person)
        buttons = [f"[{choice.label}]" for choice in reply.choices]
        self._lines += [*([""] if space else []), *reply.plain.splitlines(), *buttons, ""]

    def _last(self, person: Person) -> Text:
        network, name = person
        return self._talk.networks[network].last(name)
