"""The way through a poll, as people really go it: back and forth, twice, late, and with forged buttons."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from surveys import engine
from surveys.ballot import check
from surveys.engine import Run, Step
from surveys.polls import Poll, Question
from tests.surveys.setup import QUESTIONS

SCALE = Question("scale", "Bạn hài lòng không?")
POLL = Poll(
    1, 1, "k7m2qx", 1, None, "Bà con và chuyển đổi số", (*QUESTIONS, SCALE), (), False, "open", "", None,
    datetime(2027, 1, 1, tzinfo=UTC), 1,
)  # fmt: skip


def walked(*actions: str, poll: Poll = POLL) -> Step:
    """Buttons, and words after "=": "3o2", "=Thêm lớp học"; nothing on the way may be a problem."""
    step = Step(Run())
    for action in actions:
        assert step.problem == ""
        move = engine.typed if action.startswith("=") else engine.act
        step = move(poll, step.run, action.removeprefix("="))
    return step


def test_from_consent_to_the_ballot() -> None:
    step = walked("yes", "1o2", "2o1", "3o1", "3o3", "3ok", "=Thêm lớp học buổi tối", "5o4", "send")
    assert step == Step(replace(step.run, stage="sent"))
    sent = engine.ballot(step.run, "chat")
    assert sent.answers == {1: (2,), 2: (1,), 3: (1, 3), 4: "Thêm lớp học buổi tối", 5: (4,)}
    check(POLL, sent)


def test_whoever_does_not_want_to_take_part_is_done_with_one_tap() -> None:
    assert walked("no").run == Run("declined")
    assert walked("no", "yes").problem == "old"


def test_whoever_has_had_enough_may_stop_at_any_time() -> None:
    assert walked("yes", "1o1", "stop").run.stage == "declined"
    assert walked("yes", "1skip", "2skip", "3skip", "4skip", "5skip", "stop").run.stage == "declined"


def test_nothing_is_asked_before_consent() -> None:
    assert walked("1o1").problem == "old"
    assert engine.typed(POLL, Run(), "1").problem == "old"


def test_numbers_do_what_buttons_do() -> None:
    step = walked("yes", "=2", "=1", "= 1 và 3.", "=Thêm lớp học", "=5")
    assert step.run.stage == "summary"
    assert step.run.answers == {1: (2,), 2: (1,), 3: (1, 3), 4: "Thêm lớp học", 5: (5,)}


@pytest.mark.parametrize("text", ["1,3", "3 1", "1;3", "1 + 3", "1/3", "1, 3."])
def test_several_numbers_however_they_are_typed(text: str) -> None:
    assert set(walked("yes", "1skip", "2skip", f"={text}").run.answers[3]) == {1, 3}


@pytest.mark.parametrize(
    ("actions", "problem"),
    [
        (("yes", "=4"), "range"),
        (("yes", "=1, 100"), "range"),
        (("yes", "=Zalo"), "unclear"),
        (("yes", "=0"), "range"),
        (("yes", "=1, 2"), "most"),
        (("yes", "1skip", "2skip", "=1, 2, 3"), "most"),
        (("yes", "1skip", "2skip", "3o1", "3o2", "3o3"), "most"),
        (("yes", "1skip", "2skip", "3ok"), "nothing"),
        (("yes", "1skip", "2skip", "3o1", "3o1", "3ok"), "nothing"),
        (("yes", "1skip", "2skip", "3skip", "=" + "a" * 501), "long"),
        (("yes", "1skip", "2skip", "3skip", "=  "), "empty"),
        (("yes", "1o9"), "forged"),
        (("yes", "1ok"), "forged"),
        (("yes", "drop table"), "forged"),
        (("yes", "1skip", "2skip", "3skip", "4skip", "5skip", "edit9"), "forged"),
        (("yes", "1o1", "1o2"), "old"),
        (("yes", "1back"), "old"),
        (("yes", "send"), "old"),
        (("yes", "yes"), "old"),
    ],
)
def test_what_cannot_be_meant_changes_nothing(actions: tuple[str, ...], problem: str) -> None:
    before = walked(*actions[:-1])
    assert walked(*actions) == Step(before.run, problem)  # type: ignore[arg-type]  # the table's words are Problems


def test_back_and_skip() -> None:
    step = walked("yes", "1o2", "2back", "1o3", "2skip")
    assert step.run.answers == {1: (3,)}
    assert step.run.at == 3
    assert engine.progress(POLL, step.run) == (3, 5)


def test_skipping_takes_an_answer_back() -> None:
    assert walked("yes", "1o2", "2back", "1skip").run.answers == {}


def test_an_answer_is_mended_from_the_summary() -> None:
    step = walked("yes", "1o1", "2skip", "3skip", "4skip", "5skip", "edit1", "1o2")
    assert step.run.stage == "summary"
    assert step.run.answers == {1: (2,)}


def test_an_empty_ballot_may_be_sent() -> None:
    step = walked("yes", "1skip", "2skip", "3skip", "4skip", "5skip", "send")
    assert engine.ballot(step.run, "chat").answers == {}


def test_a_run_is_kept_as_json() -> None:
    run = walked("yes", "1o2", "2o1", "3o1", "3o3", "3ok", "=Thêm lớp học").run
    assert engine.from_json(POLL, json.loads(json.dumps(engine.to_json(run)))) == run
