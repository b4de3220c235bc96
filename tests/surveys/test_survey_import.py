"""Surveys written in a spreadsheet: what staff type, what is wrong with it, and that an export changes nothing."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from bot.audience import unit_exchange, unit_names
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.exchange.kinds import Kind
from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from surveys import polls, surveys
from surveys.ballots import Ballots
from surveys.polls import Poll
from surveys.running import end_early, open_poll
from surveys.survey_exchange import Places, surveys_kind
from tests.fakes.time import MovedClock

TIMEZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HEADINGS = (
    "Khảo sát;Mục đích;Từ ngày;Đến ngày;Cuộc thăm dò;Mở lúc;"
    "Câu hỏi thăm dò;Loại câu;Phương án 1;Phương án 2;Phương án 3;Chọn tối đa;Tách kết quả"
)
LINES = (
    "Dịch vụ công;biết bà con cần gì;01/12/2026;31/12/2026;Nộp hồ sơ;01/12/2026 07:30;"
    "Bạn đã nộp hồ sơ trực tuyến chưa?;một lựa chọn;a) Đã nộp;b) Chưa;;;",
    ";;;;;;Bạn thuộc nhóm tuổi nào?;một lựa chọn;Dưới 30;30–59;Từ 60;;có",
    ";;;;;;Điều gì khó?;nhiều lựa chọn;Máy;Mạng;Cách làm;2;",
    ";;;;Một cửa;;Bạn hài lòng không?;thang điểm;Không;Rất;;;",
    ";;;;;;Bạn mong muốn gì?;ý kiến tự do;;;;;",
)


@pytest.fixture
def kind(clock: MovedClock) -> Kind:
    return surveys_kind(TIMEZONE, clock.now, Places(unit_names.one_of, unit_exchange.named), Random(57))


def sheet(folder: Path, *lines: str, headings: str = HEADINGS) -> Path:
    path = folder / "khao-sat.csv"
    path.write_text("\n".join((headings, *lines)), encoding="utf-8")
    return path


async def imported(db: SqliteDatabase, kind: Kind, path: Path, clock: MovedClock) -> Applied:
    parsed = importing.read(path, (kind,))
    return await db.run(importing.apply, parsed, publish=False, now=clock.now())


async def refusals(db: SqliteDatabase, kind: Kind, path: Path) -> list[str]:
    parsed = importing.read(path, (kind,))
    told = await db.read(importing.preview, parsed, publish=False)
    return [notice.text for notice in told.report.errors]


def of_first(tx: Tx) -> list[Poll]:
    return polls.of_survey(tx, 1)


def begin(tx: Tx, box: Ballots, clock: MovedClock) -> None:
    """The first poll opens."""
    polls.move(tx, 1, "approved", among_states=("draft",), now=clock.now())
    open_poll(tx, box, 1, clock.now())


async def test_a_purpose_and_a_last_day_are_told_as_people_mean_them(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path
) -> None:
    written = LINES[0].replace(";biết bà con cần gì;", ";Để biết bà con cần gì.;")
    await imported(db, kind, sheet(tmp_path, written), clock)
    survey, [poll] = await db.read(surveys.by_key, 1), await db.read(of_first)
    assert survey is not None
    assert survey.purpose == "biết bà con cần gì"
    assert poll.closes_at.astimezone(TIMEZONE) == datetime(2027, 1, 1, tzinfo=TIMEZONE)
    assert poll.last_day(TIMEZONE) == date(2026, 12, 31)


async def test_a_survey_with_two_polls(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path
) -> None:
    told = await imported(db, kind, sheet(tmp_path, *LINES), clock)
    assert (told.added, told.changed, told.unchanged) == (2, 0, 0)
    survey = await db.read(surveys.by_key, 1)
    assert survey is not None
    assert (survey.name, survey.begins_on, survey.ends_on) == (
        "Dịch vụ công",
        date(2026, 12, 1),
        date(2026, 12, 31),
    )
    one, other = await db.read(of_first)
    assert (one.title, other.title) == ("Nộp hồ sơ", "Một cửa")
    assert [question.kind for question in one.questions] == ["one", "one", "several"]
    assert one.questions[0].options == ("Đã nộp", "Chưa")
    assert one.questions[2].most == 2
    assert one.crossings == (2,)
    assert one.opens_at is not None
    assert f"{one.opens_at.astimezone(TIMEZONE):%H:%M}" == "07:30"
    assert f"{one.closes_at.astimezone(TIMEZONE):%d/%m/%Y %H:%M}" == "01/01/2027 00:00"
    assert [question.kind for question in other.questions] == ["scale", "open"]
    assert one.state == "draft"
    assert one.code != other.code


@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".jsonl"])
async def test_an_export_changes_nothing(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path, ending: str
) -> None:
    await imported(db, kind, sheet(tmp_path, *LINES), clock)
    before = await db.read(of_first)
    path = tmp_path / f"ra{ending}"
    await db.read(exporting.export, kind, path)
    told = await imported(db, kind, path, clock)
    assert (told.added, told.changed, told.unchanged) == (0, 0, 2)
    assert await db.read(of_first) == before


async def test_a_file_with_a_poll_that_has_been_ended_early_is_taken_again(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path, box: Ballots
) -> None:
    await imported(db, kind, sheet(tmp_path, *LINES), clock)
    await db.run(begin, box, clock)
    assert await db.run(end_early, 1, clock.now())
    assert await db.run(box.close, 1, "time", clock.now())
    await db.read(exporting.export, kind, tmp_path / "ra.xlsx")
    for path in (tmp_path / "ra.xlsx", sheet(tmp_path, *LINES)):
        told = await imported(db, kind, path, clock)
        assert (told.added, told.changed, told.unchanged) == (0, 0, 2)


async def test_a_template_has_examples_that_are_no_surveys(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path
) -> None:
    exporting.template(kind, tmp_path / "mau.xlsx")
    told = await imported(db, kind, tmp_path / "mau.xlsx", clock)
    assert told.added == 0


async def test_what_is_open_gets_a_new_version_and_a_draft_is_changed(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path, box: Ballots
) -> None:
    await imported(db, kind, sheet(tmp_path, *LINES), clock)
    await db.run(begin, box, clock)
    changed = [
        line.replace("Điều gì khó?", "Điều gì khó nhất?").replace("Rất;", "Hết sức;") for line in LINES
    ]
    told = await imported(db, kind, sheet(tmp_path, *changed), clock)
    assert told.changed == 2
    assert any("thành bản mới" in notice.text for notice in told.report.warnings)
    old, scale, new = await db.read(of_first)
    assert (old.state, old.questions[2].text) == ("open", "Điều gì khó?")
    assert (new.state, new.version, new.previous, new.questions[2].text) == (
        "draft",
        2,
        1,
        "Điều gì khó nhất?",
    )
    assert scale.questions[0].options == ("Không", "Hết sức")
    again = await imported(db, kind, sheet(tmp_path, *changed), clock)
    assert (again.changed, again.unchanged) == (0, 2)


async def test_what_the_file_does_not_say_of_a_draft_stays(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path
) -> None:
    headings = HEADINGS.replace("Mở lúc", "Mở lúc;Gửi tới;Kèm bản tin")
    whole = LINES[0].replace("01/12/2026 07:30", "01/12/2026 07:30;liên kết;có")
    await imported(db, kind, sheet(tmp_path, whole, headings=headings), clock)
    [before] = await db.read(of_first)
    assert (before.audiences, before.with_digest) == (("link",), True)
    less = LINES[0].replace("01/12/2026 07:30", "").replace("a) Đã nộp", "a) Đã nộp rồi")
    told = await imported(db, kind, sheet(tmp_path, less), clock)
    assert told.changed == 1
    [after] = await db.read(of_first)
    assert after.questions[0].options == ("Đã nộp rồi", "Chưa")
    assert (after.opens_at, after.audiences, after.with_digest) == (before.opens_at, ("link",), True)
    path = tmp_path / "khao-sat.jsonl"
    said = {
        "question": "Bạn đã nộp hồ sơ chưa?",
        "kind": "one",
        "options": ["Rồi", "Chưa"],
        "with_digest": False,
    }
    path.write_text(json.dumps({"survey": "Dịch vụ công", "poll": "Nộp hồ sơ"} | said), "utf-8")
    await imported(db, kind, path, clock)
    [last] = await db.read(of_first)
    assert (last.opens_at, last.audiences, last.with_digest) == (before.opens_at, ("link",), False)


@pytest.mark.parametrize(
    ("typed", "hour"),
    [
        ("01/12/2026", "07:00"),
        ("19 giờ 30 ngày 1/12/2026", "19:30"),
        ("19h ngày 1 tháng 12 năm 2026", "19:00"),
        ("1.12.2026, lúc 19g30", "19:30"),
        ("2026-12-01 19:30:00", "19:30"),
    ],
)
async def test_a_moment_as_people_write_it(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path, typed: str, hour: str
) -> None:
    await imported(db, kind, sheet(tmp_path, LINES[0].replace("01/12/2026 07:30", typed)), clock)
    [poll] = await db.read(of_first)
    assert poll.opens_at is not None
    assert f"{poll.opens_at.astimezone(TIMEZONE):%d/%m/%Y %H:%M}" == f"01/12/2026 {hour}"


async def test_what_is_typed_as_a_moment_of_excel_keeps_its_hour(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path
) -> None:
    workbook = Workbook()
    cells: list[object] = [*LINES[0].split(";")]
    cells[5] = datetime.combine(date(2026, 12, 1), time(19, 30))
    for row in (HEADINGS.split(";"), cells):
        workbook.worksheets[0].append(row)
    workbook.save(tmp_path / "khao-sat.xlsx")
    await imported(db, kind, tmp_path / "khao-sat.xlsx", clock)
    [poll] = await db.read(of_first)
    assert poll.opens_at == datetime(2026, 12, 1, 19, 30, tzinfo=TIMEZONE)


async def test_what_people_agree_to_is_not_changed_under_them(
    db: SqliteDatabase, kind: Kind, clock: MovedClock, tmp_path: Path, box: Ballots
) -> None:
    await imported(db, kind, sheet(tmp_path, *LINES), clock)
    changed = [line.replace("biết bà con cần gì", "xếp hạng tổ dân phố") for line in LINES]
    assert await refusals(db, kind, sheet(tmp_path, *changed)) == []
    await db.run(begin, box, clock)
    (told,) = await refusals(db, kind, sheet(tmp_path, *changed))
    assert "đã đồng ý với mục đích cũ" in told


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ((LINES[0].replace("một lựa chọn", "trắc nghiệm"),), "trắc nghiệm"),
        ((LINES[0].replace("b) Chưa", ""),), "Câu này có 1 phương án"),
        ((LINES[0].replace("b) Chưa", "a) đã nộp"),), "hai phương án giống nhau"),
        ((LINES[0].replace("b) Chưa", "x" * 101),), "dài 101 chữ cái, tối đa 100"),
        ((LINES[0].replace("Bạn đã nộp", "Bạn " * 80),), "tối đa 300"),
        ((LINES[0].replace("31/12/2026", "31/02/2026"),), "“31/02/2026” không phải ngày"),
        ((LINES[0].replace("31/12/2026", "30/11/2026"),), "trước ngày bắt đầu"),
        ((LINES[0].replace("2026 07:30", "2026 buổi tối"),), "Không hiểu giờ mở “01/12/2026 buổi tối”"),
        ((LINES[0].replace("07:30", "27:30"),), "Không hiểu giờ mở “01/12/2026 27:30”"),
        ((LINES[0].replace("01/12/2026;31/12/2026", "01/10/2026;31/10/2026"),), "đã qua"),
        ((LINES[0].replace("01/12/2026 07:30", "02/01/2027 07:30"),), "Giờ mở sau khi"),
        ((LINES[0].replace("biết bà con cần gì", ""),), "chưa ghi mục đích"),
        ((LINES[1],), "chưa thuộc khảo sát"),
        ((LINES[0], LINES[1].replace("có", "co le")), "co le"),
        ((LINES[0], LINES[2].replace("có", "").replace(";2;", ";9;")), "Chọn tối đa"),
        ((LINES[0], *([LINES[2]] * 10)), "có 11 câu, tối đa 10"),
        ((LINES[0], LINES[2] + "có"), "Chỉ câu chọn một"),
        ((LINES[0].replace(";Nộp hồ sơ;", ";Nộp hồ sơ;") + "có",), "chỉ có câu dùng để tách"),
        ((LINES[0], "Dịch vụ công;để khác;;;Nộp hồ sơ;;Còn gì?;ý kiến tự do;;;;;"), "khác với dòng trên"),
    ],
)
async def test_what_is_wrong_is_told_with_what_to_do(
    db: SqliteDatabase, kind: Kind, tmp_path: Path, wrong: tuple[str, ...], told: str
) -> None:
    found = await refusals(db, kind, sheet(tmp_path, *wrong))
    assert any(told in text for text in found), found
    assert await db.read(surveys.all_surveys) == []


async def test_units_are_found_by_their_names(db: SqliteDatabase, kind: Kind, tmp_path: Path) -> None:
    headings = HEADINGS.replace("Đến ngày", "Đến ngày;Đơn vị")
    line = LINES[0].replace("31/12/2026", "31/12/2026;Phường Không Có")
    assert any(
        "Phường Không Có" in text
        for text in await refusals(db, kind, sheet(tmp_path, line, headings=headings))
    )
