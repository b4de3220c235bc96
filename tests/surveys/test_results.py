"""What a closed poll says, and what it keeps back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random

import pytest

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from surveys import results
from surveys.ballot import Answer, Ballot, counted
from surveys.ballots import Ballots
from surveys.polls import Poll, Question
from surveys.results import Table, WayResult, compose, compose_groups, leading, share
from surveys.suppression import LEAST
from tests.fakes.time import MovedClock
from tests.surveys.setup import AGE, HEARD, NEEDS, ballot, opened, voter

SCALE = Question("scale", "Bạn hài lòng không?", ("Không hài lòng", "Rất hài lòng"))


def poll(*questions: Question) -> Poll:
    end = datetime(2027, 1, 1, tzinfo=UTC)
    return Poll(1, 1, "k7m2qx", 1, None, "Bà con", questions, (), False, "closed", "time", None, end, 1)


def told(questions: tuple[Question, ...], *many: tuple[int, Mapping[str, Answer]]) -> WayResult:
    """`(12, {"q1": (1,)})`: twelve people with this ballot."""
    counts: Counter[tuple[int, int, int, int]] = Counter()
    for times, answers in many:
        for _, *cell in counted(
            poll(*questions), Ballot("chat", {int(name[1:]): answer for name, answer in answers.items()})
        ):
            counts[tuple(cell)] += times  # type: ignore[index]  # four numbers
    return compose(poll(*questions), "chat", counts)


def shown(table: Table) -> list[int | None]:
    return [line.count for line in table.lines]


def test_counts_and_shares() -> None:
    result = told((HEARD,), (120, {"q1": (1,)}), (60, {"q1": (2,)}), (20, {"q1": (3,)}))
    table = result.questions[0].table
    assert (result.ballots, table.answered) == (200, 200)
    assert [(line.label, line.count, line.share) for line in table.lines] == [
        ("Loa phường", 120, 60),
        ("Zalo", 60, 30),
        ("Họp tổ dân phố", 20, 10),
    ]


@pytest.mark.parametrize(
    ("loudspeaker", "zalo", "meeting", "most"),
    [
        (50, 30, 20, ["Loa phường"]),
        (40, 20, 40, ["Loa phường", "Họp tổ dân phố"]),
        (50, 4, 20, ["Loa phường"]),  # 24 people are hidden, who could not be as many
        (24, 4, 20, []),
    ],
)
def test_what_most_have_chosen(loudspeaker: int, zalo: int, meeting: int, most: list[str]) -> None:
    many = [(loudspeaker, {"q1": (1,)}), (zalo, {"q1": (2,)}), (meeting, {"q1": (3,)})]
    assert [line.label for line in leading(told((HEARD,), *many).questions[0])] == most


def test_of_several_choices_a_hidden_one_could_be_the_largest() -> None:
    result = told((NEEDS,), (95, {"q1": (1,)}), (5, {"q1": (2,)}), (40, {"q1": (1, 3)}))
    assert leading(result.questions[0]) == ()


def test_a_few_answers_are_no_result() -> None:
    assert told((HEARD,), (9, {"q1": (1,)})) == WayResult("chat", None, ())


def test_a_small_line_is_hidden_with_its_complement() -> None:
    result = told((HEARD,), (50, {"q1": (1,)}), (4, {"q1": (2,)}), (20, {"q1": (3,)}))
    assert shown(result.questions[0].table) == [50, None, None]


def test_of_several_choices_those_who_did_not_choose_are_a_group_too() -> None:
    result = told((NEEDS,), (95, {"q1": (1,)}), (5, {"q1": (2,)}))
    assert shown(result.questions[0].table) == [None, None, None]


def test_a_crossing_shows_no_small_group_and_gives_none_away() -> None:
    questions = (HEARD, AGE)
    random = Random(5)
    for _ in range(25):
        many = [
            (random.choice((2, 9, 12, 30)), {"q1": (heard,), **({"q2": (age,)} if age else {})})
            for heard in (1, 2, 3)
            for age in (0, 1, 2, 3)
        ]
        result = told(questions, *many).questions[0]
        for column in range(3):
            whole = result.table.lines[column].count
            parts = [table.lines[column].count for table in result.crossed]
            assert all(part is None or part >= LEAST for part in parts)
            if whole is not None:
                assert parts.count(None) != 1
        for table in (result.table, *result.crossed):
            if table.answered is not None:
                assert shown(table).count(None) != 1


def test_a_crossing_names_those_who_did_not_say() -> None:
    result = told((HEARD, AGE), *((40, {"q1": (1,), "q2": (age,)}) for age in (1, 2, 3)), (40, {"q1": (2,)}))
    assert [table.named for table in result.questions[0].crossed] == ["", "Dưới 30", "30–59", "Từ 60"]
    assert result.questions[1].crossed == ()  # not with itself


@pytest.mark.parametrize(("people", "mean"), [((10, 10, 10, 10, 60), 4.0), ((10, 10, 10, 10, 3), None)])
def test_a_mean_is_told_where_it_gives_nothing_away(people: tuple[int, ...], mean: float | None) -> None:
    result = told((SCALE,), *((times, {"q1": (point,)}) for point, times in enumerate(people, 1)))
    assert result.questions[0].table.mean == mean


def test_the_ends_of_a_scale_have_words() -> None:
    result = told((SCALE,), *((20, {"q1": (point,)}) for point in range(1, 6)))
    assert [line.label for line in result.questions[0].table.lines] == [
        "1 – Không hài lòng",
        "2",
        "3",
        "4",
        "5 – Rất hài lòng",
    ]


@pytest.mark.parametrize(
    ("count", "answered", "told"), [(1, 3, 35), (33, 99, 35), (1, 300, 0), (100, 300, 33)]
)
def test_no_share_is_more_exact_than_it_can_be(count: int, answered: int, told: int) -> None:
    assert share(count, answered) == told


def test_groups_are_added_up() -> None:
    one = {(1, 0): 60, (1, 1): 30, (1, 2): 20, (1, 3): 10}
    result = compose_groups(poll(HEARD), [one, one])
    assert result is not None
    assert (result.ballots, shown(result.questions[0].table)) == (120, [60, 40, 20])


def test_a_group_does_not_learn_about_the_only_other_one() -> None:
    """Its members know their own numbers, and would take them away from the sum."""
    own = {(1, 0): 60, (1, 1): 30, (1, 2): 20, (1, 3): 10}
    other = {(1, 0): 33, (1, 1): 20, (1, 2): 11, (1, 3): 2}
    result = compose_groups(poll(HEARD), [own, other])
    assert result is not None
    table = result.questions[0].table
    assert table.lines[2].count is None
    assert shown(table).count(None) > 1


async def test_nothing_is_told_before_the_close_and_words_only_from_ten(
    db: SqliteDatabase, clock: MovedClock, box: Ballots
) -> None:
    key = await db.run(opened, box, clock.now())

    def answer(tx: Tx) -> None:
        for number in range(12):
            one = ballot(q1=(1,), q4=f"Mong muốn {number}") if number < 10 else ballot(q1=(1,))
            assert box.submit(tx, key, [voter(number)], one, clock.now()) == "sent"
        for number in range(3):
            assert box.submit(tx, key, [voter(90 + number)], ballot("web", q1=(2,)), clock.now()) == "sent"

    await db.run(answer)
    await db.run(box.count, key)
    assert await db.read(results.of, key) is None
    await db.run(box.close, key, "time", clock.now())
    result = await db.read(results.of, key)
    assert result is not None
    assert [(way.way, way.ballots) for way in result.ways] == [("chat", 12), ("web", None)]
    assert set(result.words[4]) == {f"Mong muốn {number}" for number in range(10)}
    assert result.spoilt == 0


def test_two_crossings_do_not_give_each_other_away() -> None:
    """Age by commune and commune by age show the same people: what one hides the other may not show."""
    commune = Question("one", "Bạn ở đâu?", ("Hòa Bình", "Tân Lập", "Kim Bôi"), crossing=True)
    random = Random(11)
    for _ in range(25):
        many = [
            (
                random.choice((1, 3, 11, 14, 40)),
                {f"q{at}": (option,) for at, option in ((1, age), (2, place)) if option},
            )
            for age in range(4)
            for place in range(4)
        ]
        ages, places = told((AGE, commune), *many).questions
        for age in (1, 2, 3):
            for place in (1, 2, 3):
                by_place = ages.crossed[place].lines[age - 1].count
                by_age = places.crossed[age].lines[place - 1].count
                assert by_place == by_age


def test_in_groups_those_who_did_not_choose_are_a_group_too() -> None:
    group = {(1, 0): 60, (1, 1): 57, (1, 2): 20, (1, 3): 25}
    result = compose_groups(poll(NEEDS), [group, group])
    assert result is not None
    assert shown(result.questions[0].table) == [None, 40, 50]


def test_how_many_wrote_in_one_way_is_not_told() -> None:
    questions = (HEARD, Question("open", "Bạn mong muốn điều gì?"))
    result = told(questions, (20, {"q1": (1,), "q2": "Thêm lớp học"}))
    assert [one.number for one in result.questions] == [1]


def test_a_scale_without_words_can_be_a_crossing() -> None:
    bare = Question("scale", "Bạn hài lòng không?", crossing=True)
    result = told((HEARD, bare), *((20, {"q1": (1,), "q2": (point,)}) for point in range(1, 6)))
    assert [table.named for table in result.questions[0].crossed] == ["", "1", "2", "3", "4", "5"]
