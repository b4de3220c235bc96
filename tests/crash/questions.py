"""What is asked while the service is killed: questions whose answers can be told apart, one of them in two messages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from bot.texts import chat
from knowledge import entries
from knowledge.answering import find
from knowledge.library import Library

LONG = "Danh bạ điện thoại của các tổ dân phố gồm những ai?"
_LINE, _LAST_LINE = "Tổ dân phố ", "Hết danh bạ."
_MESSAGES = {"zalo-bot": 3, "zalo-oa": 3}  # that the long answer takes, where it is not two
QUESTIONS = {
    "Thư viện phường mở cửa lúc mấy giờ?": "Từ 8 giờ đến 17 giờ.",
    "Nhà văn hóa khu phố cho mượn sân bóng ra sao?": "Ghi tên với ban quản lý trước một ngày.",
    "Ngày hội hiến máu tình nguyện tổ chức ở đâu?": "Ở hội trường lớn.",
    "Lớp dạy bơi miễn phí cho trẻ em bắt đầu khi nào?": "Đầu tháng sáu.",
    "Chợ hoa Tết họp tại địa điểm nào?": "Dọc bờ sông.",
    "Xe buýt số mười hai dừng ở những bến nào?": "Bến xe, chợ và trường học.",
    "Cuộc thi ảnh đẹp quê hương nhận bài đến hạn nào?": "Đến cuối tháng mười.",
    "Câu lạc bộ cờ tướng sinh hoạt buổi nào trong tuần?": "Tối thứ bảy.",
    "Phong trào trồng cây xanh năm nay có mục tiêu gì?": "Hai nghìn cây.",
    LONG: "\n".join([*(f"{_LINE}{number}: ông Nguyễn Văn Mẫu" for number in range(1, 120)), _LAST_LINE]),
}


async def write_library(path: Path) -> None:
    """A database that answers every question with its own entry."""
    db = SqliteDatabase.open(path)
    try:
        await db.run(_publish)
        library = Library(db)
        await library.refresh()
        for question in QUESTIONS:
            found = find(question, library.index)
            assert found.outcome == "answer", f"the matcher does not answer {question!r}: choose another one"
            assert found.entry
            assert found.entry.question == question
    finally:
        await db.close()


def parts(question: str, channel: str) -> list[str]:
    """The names of the messages that answer it, in order."""
    if question != LONG:
        return [question]
    return [question, *(f"{question} ({number})" for number in range(2, _MESSAGES.get(channel, 2) + 1))]


def part_of(text: str, channel: str) -> str:
    """Which of them a received message is; "?" for any other."""
    lines = text.split("\n")
    found = next((line for line in lines if line in QUESTIONS), "?")
    if found == "?" and _LAST_LINE in lines:
        return parts(LONG, channel)[-1]
    if found == "?" and lines[0].startswith(_LINE):
        return parts(LONG, channel)[1]
    return found


def introduces(text: str) -> bool:
    return text.startswith(chat.INTRODUCTION.partition("{")[0])


def _publish(tx: Tx) -> None:
    drafts = [
        entries.EntryDraft(f"crash-{number}", question, answer, status="published")
        for number, (question, answer) in enumerate(QUESTIONS.items())
    ]
    entries.save_all(tx, drafts, datetime.now(UTC))
