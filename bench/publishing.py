"""How soon a publication is answered, and how long answers wait meanwhile: `python -m bench.publishing [--entries 10000]`.

A real database with made-up entries, a library that follows it as the service does, and somebody who asks all the time.
"""

import argparse
import asyncio
import gc
import resource
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.app import LOOK_FOR_CHANGES
from bot.storage.sqlite import SqliteDatabase
from knowledge import entries
from knowledge.answering import Thresholds
from knowledge.entries import EntryDraft
from knowledge.library import Library

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TIMES = 15
QUESTIONS = (
    "làm căn cước cho con ở đâu",
    "lịch tiếp dân của xã",
    "mục tiêu nghị quyết 57",
    "phí đăng kí xe máy",
)
WHAT = (
    "đăng ký khai sinh",
    "cấp thẻ căn cước",
    "xác nhận cư trú",
    "trợ cấp người có công",
    "giải quyết khiếu nại",
    "học nghề",
)
WHO = ("trẻ em", "người cao tuổi", "hộ nghèo", "đảng viên", "cán bộ xã", "sinh viên", "bộ đội xuất ngũ")
HOW = ("ở đâu", "cần giấy tờ gì", "mất bao lâu", "hết bao nhiêu tiền", "theo văn bản nào", "ai quyết định")  # fmt: skip


def made_up(number: int) -> EntryDraft:
    question = (
        f"{WHAT[number % 6].capitalize()} cho {WHO[number // 6 % 7]} thôn {number} {HOW[number // 42 % 6]}?"
    )
    answer = (
        f"{question[:-1]}: liên hệ bộ phận một cửa của xã, phòng số {number % 90}, trong giờ làm việc. " * 3
    )
    return EntryDraft(f"e{number}", question, answer, status="published")


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000)
    count = parser.parse_args().entries
    with tempfile.TemporaryDirectory() as folder:
        db = SqliteDatabase.open(Path(folder) / "bench.db")
        await db.run(entries.save_all, [made_up(number) for number in range(count)], NOW)
        library = Library(db)
        begun = time.perf_counter()
        await library.refresh()
        print(f"{count} entries, read in {time.perf_counter() - begun:.1f} s")
        gc.freeze()  # as `hoidap serve` does
        following = asyncio.create_task(_follow(library))
        visible, waits = [], []
        for number in range(TIMES):
            seconds, wait = await _publish(db, library, number)
            visible.append(seconds)
            waits.append(wait)
        following.cancel()
        await db.close()
    print(
        f"visible after {_figures(visible)} ms of publishing (looked for every {LOOK_FOR_CHANGES * 1e3:.0f} ms)"
    )
    print(f"longest that one answer took meanwhile {_figures(waits)} ms")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


async def _follow(library: Library) -> None:
    while True:
        await asyncio.sleep(LOOK_FOR_CHANGES)
        await library.refresh()


async def _publish(db: SqliteDatabase, library: Library, number: int) -> tuple[float, float]:
    """Seconds until a new entry is the answer, and the longest that a question took until then, its turn included."""
    text = f"Bao giờ phun thuốc muỗi đợt {number} ở khu phố Đông?"
    await db.run(entries.save, EntryDraft(f"new{number}", text, "Thứ bảy.", status="published"), NOW)
    published = time.perf_counter()
    longest, at = 0.0, 0
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0)
        # Thresholds that nobody else uses: what is remembered would be no measure.
        library.find(QUESTIONS[at % len(QUESTIONS)], Thresholds(answer=0.9 + at / 1e9))
        longest, at = max(longest, time.perf_counter() - begun), at + 1
        entry = library.find(text, Thresholds(answer=0.5 + at / 1e9)).entry
        if entry is not None and entry.id == f"new{number}":
            return time.perf_counter() - published, longest
        await asyncio.sleep(0.005)


def _figures(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.0f} (at most {max(seconds) * 1e3:.0f})"


if __name__ == "__main__":
    asyncio.run(main())
