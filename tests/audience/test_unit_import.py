"""Units from a file: who lies where, what is renamed, merged, refused; and an export that changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.audience import staff, units
from bot.audience.unit_exchange import UNITS
from bot.audience.units import Tree
from bot.errors import InputError
from bot.exchange import exporting, importing
from bot.exchange.importing import Applied
from bot.model import Address
from bot.storage.sqlite import SqliteDatabase

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
HEAD = "Mã;Tên đơn vị;Loại;Thuộc;Tên cũ;Sáp nhập vào"


def file(folder: Path, *lines: str, head: str = HEAD) -> Path:
    path = folder / "a.csv"
    path.write_text("\n".join((head, *lines)), "utf-8")
    return path


async def load(db: SqliteDatabase, path: Path) -> Applied:
    parsed = importing.read(path, (UNITS,))
    return await db.run(importing.apply, parsed, publish=False, now=NOW)


async def told(db: SqliteDatabase, path: Path) -> list[str]:
    """What is wrong with the file; nothing of it is written."""
    parsed = importing.read(path, (UNITS,))
    before = await paths(db)
    found = [
        f"{notice.place}: {notice.text}"
        for notice in (await db.read(importing.preview, parsed, publish=False)).report.errors
    ]
    with pytest.raises(InputError):
        await load(db, path)
    assert await paths(db) == before
    return found


async def paths(db: SqliteDatabase) -> list[str]:
    tree = await db.read(units.load)
    return sorted(
        (
            " < ".join((unit.name, *(each.name for each in tree.above(unit.key))))
            + ("*" if unit.merged else "")
        )
        for unit in tree.units.values()
    )


def unit(tree: Tree, name: str) -> units.Unit:
    return next(each for each in tree.units.values() if each.name == name)


@pytest.fixture
async def filled(db: SqliteDatabase, tmp_path: Path) -> SqliteDatabase:
    """Written upside down: a unit may stand before what it lies in."""
    lines = (
        ";Tổ dân phố 1;;Phường Bình Minh;;",
        ";Tổ dân phố 2;;P01;;",
        "T1;Thôn 1;;Xã Tân Lập;;",
        "X02;Xã Tân Lập;;Tỉnh Ví Dụ;;",
        "P01;Phường Bình Minh;;Tỉnh Ví Dụ;;",
        ";Tỉnh Ví Dụ;;;;",
    )
    told = await load(db, file(tmp_path, *lines))
    assert (told.kind, told.added, told.changed, told.unchanged) == ("units", 6, 0, 0)
    return db


async def test_units_lie_where_the_file_says_in_whatever_order(filled: SqliteDatabase) -> None:
    assert await paths(filled) == [
        "Phường Bình Minh < Tỉnh Ví Dụ",
        "Thôn 1 < Xã Tân Lập < Tỉnh Ví Dụ",
        "Tỉnh Ví Dụ",
        "Tổ dân phố 1 < Phường Bình Minh < Tỉnh Ví Dụ",
        "Tổ dân phố 2 < Phường Bình Minh < Tỉnh Ví Dụ",
        "Xã Tân Lập < Tỉnh Ví Dụ",
    ]
    tree = await filled.read(units.load)
    assert {each.kind for each in tree.units.values()} == {"tỉnh", "phường", "xã", "thôn", "tổ dân phố"}


@pytest.mark.parametrize("suffix", ["xlsx", "csv", "jsonl"])
async def test_importing_an_export_changes_nothing(
    filled: SqliteDatabase, tmp_path: Path, suffix: str
) -> None:
    await load(filled, file(tmp_path, ";Tổ dân phố 2;;P01;;Tổ dân phố 1", "T1;Thôn Một;;X02;;"))
    before = await filled.read(units.load)
    path = tmp_path / f"units.{suffix}"
    assert await filled.read(exporting.export, UNITS, path) == 6
    told = await load(filled, path)
    assert (told.added, told.changed, told.unchanged) == (0, 0, 6)
    assert (await filled.read(units.load)).units == before.units


async def test_the_template_is_never_imported(db: SqliteDatabase, tmp_path: Path) -> None:
    exporting.template(UNITS, tmp_path / "a.xlsx")
    parsed = importing.read(tmp_path / "a.xlsx", (UNITS,))
    assert parsed.rows == ()
    assert len(parsed.report.warnings) == 2


async def test_a_unit_with_a_code_is_renamed_and_moved_and_its_old_name_is_kept(
    filled: SqliteDatabase, tmp_path: Path
) -> None:
    told = await load(filled, file(tmp_path, "T1;Thôn Đoài;;Phường Bình Minh;;"))
    assert (told.added, told.changed) == (0, 1)
    assert "Thôn Đoài < Phường Bình Minh < Tỉnh Ví Dụ" in await paths(filled)
    assert unit(await filled.read(units.load), "Thôn Đoài").former == ("Thôn 1",)


async def test_a_unit_without_a_code_is_renamed_by_its_former_name(
    filled: SqliteDatabase, tmp_path: Path
) -> None:
    key = unit(await filled.read(units.load), "Tổ dân phố 1").key
    await load(filled, file(tmp_path, ";Khu phố Đông;;Phường Bình Minh;Tổ dân phố 1;"))
    renamed = unit(await filled.read(units.load), "Khu phố Đông")
    assert (renamed.key, renamed.former) == (key, ("Tổ dân phố 1",))


async def test_what_lies_in_a_unit_renamed_by_the_same_file_is_found_there(
    filled: SqliteDatabase, tmp_path: Path
) -> None:
    told = await load(
        filled, file(tmp_path, ";Tổ dân phố 1;;Phường Rạng Đông;;", "P01;Phường Rạng Đông;;Tỉnh Ví Dụ;;")
    )
    assert (told.added, told.changed, told.unchanged) == (0, 1, 1)


async def test_a_merged_unit_is_counted_in_the_other_and_its_people_and_parts_move(
    filled: SqliteDatabase, tmp_path: Path
) -> None:
    tree = await filled.read(units.load)
    old, new = unit(tree, "Xã Tân Lập").key, unit(tree, "Phường Bình Minh").key
    await filled.run(staff.give_role, (), Address("web", "a"), "collaborator", "An", None, NOW)
    await filled.run(staff.place, 1, old, None, NOW)
    await load(filled, file(tmp_path, "X02;Xã Tân Lập;;Tỉnh Ví Dụ;;P01"))
    tree = await filled.read(units.load)
    assert "Xã Tân Lập < Phường Bình Minh < Tỉnh Ví Dụ*" in await paths(filled)
    assert "Thôn 1 < Phường Bình Minh < Tỉnh Ví Dụ" in await paths(filled)
    assert old in tree.below(new)
    assert "Xã Tân Lập" not in [each.name for each in tree.children(new)]
    member = await filled.read(staff.by_key, (), 1)
    assert member is not None
    assert member.unit == new


async def test_the_same_name_in_another_place_is_another_unit(filled: SqliteDatabase, tmp_path: Path) -> None:
    told = await load(filled, file(tmp_path, ";Tổ dân phố 1;;X02;;"))
    assert told.added == 1
    assert "Tổ dân phố 1 < Xã Tân Lập < Tỉnh Ví Dụ" in await paths(filled)


async def test_a_file_without_a_column_for_it_leaves_a_unit_where_it_is(
    filled: SqliteDatabase, tmp_path: Path
) -> None:
    told = await load(filled, file(tmp_path, "Tổ dân phố 1;Khu phố 1", head="Tên đơn vị;Tên cũ"))
    assert (told.added, told.changed) == (0, 1)
    assert "Tổ dân phố 1 < Phường Bình Minh < Tỉnh Ví Dụ" in await paths(filled)


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ((";Thôn 9;;Xã Nào Đó;;",), "ô D2: không có đơn vị “Xã Nào Đó”"),
        ((";Thôn 9;;Thôn 9;;",), "ô D2: đơn vị không thể thuộc về hay nhập vào chính nó"),
        ((";Thôn 8;;Thôn 9;;", ";Thôn 9;;Thôn 8;;"), "ô D2: đơn vị không thể thuộc về"),
        (("P01;Phường Bình Minh;;X02;;", "X02;Xã Tân Lập;;P01;;"), "ô D2: đơn vị không thể thuộc về"),
        (("P01;Phường Bình Minh;;Tổ dân phố 1;;",), "ô D2: đơn vị không thể thuộc về"),
        (("P01;Phường Bình Minh;;Tỉnh Ví Dụ;;Tổ dân phố 1",), "ô F2: đơn vị không thể thuộc về"),
        ((";Thôn 1;;X02;;Thôn Nào",), "ô F2: không có đơn vị “Thôn Nào” để sáp nhập vào"),
        ((";Thôn 9;;X02;;", ";thôn 09;;Xã Tân Lập;;"), "ô B2: đã có một đơn vị khác tên “Thôn 9”"),
        (("T9;Thôn 1;;X02;;",), "ô B2: đã có một đơn vị khác tên “Thôn 1”"),
        (("T9;Thôn 8;;X02;;", "T9;Thôn 9;;X02;;"), "ô A3: mã “T9” đã có ở ô A2"),
        ((";Đội 4;;X02;;",), "ô C2: chưa rõ loại đơn vị"),
        ((";Thôn 9;làng nghề;X02;;",), "ô C2: “làng nghề” không có trong danh sách"),
        ((";Thôn 9, Xã Tân Lập;;;;",), "ô B2: tên đơn vị không có dấu phẩy"),
        ((";;thôn;X02;;",), "ô B2: chưa có tên đơn vị"),
        ((f";{'Thôn ' * 30};;X02;;",), "ô B2: tên đơn vị dài"),
    ],
)
async def test_what_is_refused(
    filled: SqliteDatabase, tmp_path: Path, lines: tuple[str, ...], error: str
) -> None:
    found = await told(filled, file(tmp_path, *lines))
    assert found
    assert found[0].startswith(error)


async def test_a_name_that_several_have_needs_the_place_too(filled: SqliteDatabase, tmp_path: Path) -> None:
    await load(filled, file(tmp_path, ";Khu A;khác;P01;;", ";Khu A;khác;X02;;"))
    [error] = await told(filled, file(tmp_path, ";Thôn 9;;Khu A;;"))
    assert "có 2 đơn vị tên “Khu A”" in error
    await load(filled, file(tmp_path, ";Thôn 9;;Khu A, Xã Tân Lập;;"))
    assert "Thôn 9 < Khu A < Xã Tân Lập < Tỉnh Ví Dụ" in await paths(filled)
