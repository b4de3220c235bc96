"""Inquiries that wait for an answer as the rows of a file; answers written into it go out when it comes back.

A command writes down what is to be sent; the service, which alone sends, does it within a minute.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.exchange.forms import EXAMPLE, Field, Form
from bot.exchange.kinds import Item, Kind
from bot.exchange.plan import Given, Plan
from bot.exchange.values import YES_NO, Fault, Reading, plain, ticked
from bot.files.tables import Notice, Value
from bot.model import Tx
from bot.texts import inquiries as texts
from knowledge import inquiry_groups, proposals
from knowledge.inquiries import LONGEST_REPLY
from knowledge.inquiry_groups import Group

_LONGEST = 10_000  # of what is only looked at

FORM = Form(
    "inquiries",
    "Câu hỏi của người dân",
    (
        Field("number", "number", "Số câu hỏi", width=12, longest=20),
        Field("asked", "asked", "Người dân hỏi", width=50, longest=_LONGEST, lines=True),
        Field("alike", "alike", "Câu cùng nhóm", width=40, longest=_LONGEST, lines=True),
        Field("people", "people", "Số người hỏi", width=12),
        Field("since", "since", "Hỏi từ ngày", width=12),
        Field("reply", "reply", "Trả lời người hỏi", width=60, longest=LONGEST_REPLY, lines=True),
        Field("keep", "keep", "Đưa vào kho", width=12, choices=YES_NO),
    ),
    ("number", "asked"),
    "number",
)  # fmt: skip


def _number(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> int:
    found = re.fullmatch(r"#?\s?(\d{1,7})", plain(cells, field, reading, folder))
    if not found:
        raise Fault(texts.ROW_NUMBER)
    return int(found[1])


def _seen(cells: tuple[Value, ...], field: Field, reading: Reading, folder: Path) -> str:  # noqa: ARG001
    """What is only there to be read, and may look as it likes."""
    return ""


def _repeated(rows: Sequence[Given]) -> list[Notice]:
    first: dict[int, Given] = {}
    return [
        Notice(row.line.place("number"), texts.ROW_TWICE.format(number=number), serious=True)
        for row in rows
        if (number := row.values.get("number")) and first.setdefault(number, row) is not row
    ]


def _plan(tx: Tx, rows: Sequence[Given], *, publish: bool) -> Plan:  # noqa: ARG001 - who publishes is somebody else
    notices: list[Notice] = []
    ready: dict[int, tuple[Group, Given]] = {}
    for row in rows:
        group = inquiry_groups.by_number(tx, row.values["number"])
        if problem := _problem(group, row, ready):
            notices.append(problem)
        elif group and row.values.get("reply") and group.state == "open":
            ready[group.key] = (group, row)
    changed = [each for each in ready.values() if each[0].ready != each[1].values["reply"]]
    waiting = sum(len(group.inquiries) for group, _ in changed)
    if changed:
        said = texts.WILL_BE_SENT.format(count=len(changed), people=waiting)
        notices.append(Notice(texts.PLACE_REPLIES, said))
    return Plan(0, len(changed), len(rows) - len(changed), tuple(notices), _writer(changed))


def _problem(group: Group | None, row: Given, ready: dict[int, tuple[Group, Given]]) -> Notice | None:
    number, reply = row.values["number"], row.values.get("reply")
    if group is None:
        return Notice(row.line.place("number"), texts.ROW_GONE.format(number=number), serious=bool(reply))
    if not reply:
        return None
    if group.state != "open" and group.answer != reply:
        return Notice(row.line.place("reply"), texts.ROW_CLOSED.format(number=number))
    if group.key in ready and ready[group.key][1].values["reply"] != reply:
        other = ready[group.key][1].values["number"]
        said = texts.ROW_OTHER_REPLY.format(number=number, other=other)
        return Notice(row.line.place("reply"), said, serious=True)
    return None


def _writer(changed: Sequence[tuple[Group, Given]]) -> Callable[[Tx, datetime], object]:
    def write(tx: Tx, now: datetime) -> None:
        for group, row in changed:
            reply = row.values["reply"]
            inquiry_groups.prepare(tx, group.key, reply)
            if row.values.get("keep") and group.entry is None:
                proposal = proposals.propose_entry(tx, group.question, reply, None, "inquiry", now)
                inquiry_groups.becomes(tx, group.key, proposal.entry)

    return write


def _items(tx: Tx, path: Path) -> list[Item]:  # noqa: ARG001 - inquiries have no files
    return [
        {
            "number": f"#{group.number}",
            "asked": group.question,
            "alike": "\n".join(group.wordings[1:]),
            "people": str(len(group.inquiries)),
            "since": f"{group.inquiries[0].asked_in:%d/%m/%Y}",
            "reply": group.ready,
            "keep": "",
        }
        for group in inquiry_groups.open_ones(tx, limit=10_000)
    ]


def _cell(name: str, value: Any) -> Value:  # noqa: ARG001 - all are text
    return str(value)


_EXAMPLES: tuple[Item, ...] = (
    {
        "number": f"{EXAMPLE} #12",
        "asked": "Bao giờ sửa cầu bắc qua suối Rồng?",
        "alike": "cầu suối Rồng bao giờ sửa xong",
        "people": "2",
        "since": "23/11/2026",
        "reply": "Cầu được sửa xong trước ngày 30/12/2026.",
        "keep": "có",
    },
)

INQUIRIES = Kind(
    FORM,
    {
        "number": _number,
        **dict.fromkeys(("alike", "people", "since"), _seen),
        "keep": ticked,
    },
    _repeated,
    _plan,
    _items,
    _cell,
    _EXAMPLES,
)
