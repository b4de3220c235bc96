"""A poll to answer, made by hand: three questions, one of them a crossing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.model import Address, Tx
from surveys import polls, surveys
from surveys.ballot import Answer, Ballot, Source
from surveys.ballots import Ballots
from surveys.polls import PollDraft, Question
from surveys.running import open_poll

HEARD = Question("one", "Bạn biết Nghị quyết 57-NQ/TW qua đâu?", ("Loa phường", "Zalo", "Họp tổ dân phố"))
AGE = Question("one", "Bạn bao nhiêu tuổi?", ("Dưới 30", "30–59", "Từ 60"), crossing=True)
NEEDS = Question("several", "Bạn cần gì thêm?", ("Lớp học", "Máy tính", "Mạng"), most=2)
WISH = Question("open", "Bạn mong muốn điều gì?")
QUESTIONS = (HEARD, AGE, NEEDS, WISH)


def opened(
    tx: Tx, box: Ballots, now: datetime, *questions: Question, lasts: timedelta = timedelta(days=7)
) -> int:
    """The key of a poll that takes answers from now on."""
    survey = surveys.add(tx, "Chuyển đổi số", "Biết bà con cần gì", now.date(), date(2027, 1, 31), (), now)
    draft = PollDraft("Bà con và chuyển đổi số", questions or QUESTIONS)
    code = f"poll{survey}"
    key = polls.add(tx, survey, draft, code, now + lasts, now)
    assert polls.move(tx, key, "approved", among_states=("draft",), now=now)
    assert open_poll(tx, box, key, now)
    return key


def voter(number: int) -> Address:
    return Address("telegram", str(700_000 + number))


def ballot(source: Source = "chat", **answers: Answer) -> Ballot:
    """`q1=(2,)` chooses the second option of the first question."""
    return Ballot(source, {int(name[1:]): answer for name, answer in answers.items()})


def counters(tx: Tx, poll: int) -> dict[tuple[str, int, int, int, int], int]:
    rows = tx.rows("SELECT * FROM poll_counters WHERE poll = :poll", poll=poll)
    return {
        (row["source"], row["question"], row["option"], row["crossing"], row["crossing_option"]): row["times"]
        for row in rows
    }
