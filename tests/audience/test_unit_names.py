"""What people call a unit, and which one they mean."""

from __future__ import annotations

import time

import pytest

from bot.audience.unit_names import Names, kind_in, words_of
from bot.audience.units import Tree, Unit

TREE = Tree(
    (
        Unit(1, "Tỉnh Ví Dụ", "tỉnh"),
        Unit(2, "Phường Bình Minh", "phường", 1, "00101", former=("Xã Bình Minh Cũ",)),
        Unit(3, "Xã Tân Lập", "xã", 1),
        Unit(21, "Tổ dân phố 1", "tổ dân phố", 2),
        Unit(22, "Tổ dân phố 3", "tổ dân phố", 2),
        Unit(23, "Tổ dân phố 13", "tổ dân phố", 2),
        Unit(24, "Khu phố Bình Minh", "khu phố", 2),
        Unit(31, "Thôn 3", "thôn", 3),
        Unit(32, "Tổ dân phố 3", "tổ dân phố", 3),
        Unit(33, "Thôn Hạ", "thôn", 3),
        Unit(34, "Thôn Hà", "thôn", 3),
        Unit(36, "Thôn Đoàn Kết", "thôn", 3),
        Unit(35, "Thôn Đầm", "thôn", 33, merged=True),
    )
)
NAMES = Names(TREE)


def test_units_stand_in_the_order_of_their_numbers_whatever_signs_their_names_hold() -> None:
    names = ("Tổ 10", "Tổ 2", "Khu 3²", "Tổ ²")
    tree = Tree(Unit(key, name, "khác") for key, name in enumerate(names, 1))
    assert [unit.name for unit in tree.children(None)] == ["Khu 3²", "Tổ 2", "Tổ 10", "Tổ ²"]


def keys(units: list[Unit]) -> list[int]:
    return sorted(unit.key for unit in units)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tổ dân phố 13", [23]),
        ("tdp13", [23]),
        ("TDP.013", [23]),
        ("to 1", [21]),
        ("Tổ dân phố 3", [22, 32]),
        ("tổ 3 phường bình minh", [22]),
        ("TDP 3, xã Tân Lập", [32]),
        ("thôn 3", [31]),
        ("45 người ở thôn 3 nghe nghị quyết 57", [31]),
        ("phường Bình Minh", [2]),
        ("p. Bình Minh", [2]),
        ("xã bình minh cũ", [2]),
        ("khu phố bình minh", [24]),
        ("tân lập", [3]),
        ("xã bình minh", []),  # there is none of that kind
        ("thôn hạ", [33]),
        ("thon ha", [33, 34]),
        ("thôn đầm", [33]),  # has become a part of it
        ("tân lập, 45 người", [3]),
        ("đoàn kết", [36]),
        ("nói về tinh thần đoàn kết", []),
        ("thôn đoàn kết nói về tinh thần đoàn kết", [36]),
        ("tổ 3 tân lập", [32]),
        ("tổ dân phố", []),
        ("3", []),
        ("không đâu cả", []),
        ("", []),
    ],
)
def test_what_a_sentence_means(said: str, meant: list[int]) -> None:
    assert keys(NAMES.within(said)) == meant


@pytest.mark.parametrize(
    ("near", "meant"), [(2, [22]), (21, [22]), (31, [32]), (1, [22, 32]), (99, [22, 32])]
)
def test_of_several_the_nearest_is_meant(near: int, meant: list[int]) -> None:
    assert keys(NAMES.within("tổ dân phố 3", near)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("00101", [2]),
        ("Tổ dân phố 3, Phường Bình Minh", [22]),
        ("tổ 3, xã tân lập, tỉnh ví dụ", [32]),
        ("Tổ dân phố 3", [22, 32]),
        ("Tổ dân phố 3, Thôn Hạ", []),
        ("Bình Minh", [2, 24]),
        ("Tổ dân phố 3 và 4", []),
    ],
)
def test_what_a_cell_of_a_file_means(typed: str, meant: list[int]) -> None:
    assert keys(NAMES.exactly(typed)) == meant


def test_words_and_kinds() -> None:
    assert words_of("TĐP.03, Đặc khu Phú-Quốc") == ("tdp", "3", "dac", "khu", "phu", "quoc")
    assert [kind_in(name) for name in ("Tổ dân phố 3", "tổ 3", "Đặc khu Cô Tô", "Xã X")] == [
        "tổ dân phố",
        "",
        "đặc khu",
        "xã",
    ]


def test_the_tree() -> None:
    assert [unit.key for unit in TREE.children(2)] == [24, 21, 22, 23]
    assert [unit.key for unit in TREE.children(33)] == []
    assert sorted(TREE.below(3)) == [3, 31, 32, 33, 34, 35, 36]
    assert TREE.path(22) == "Tổ dân phố 3, Phường Bình Minh"
    assert TREE.path(1) == "Tỉnh Ví Dụ"


def test_a_whole_province_is_found_in_at_once() -> None:
    communes = [Unit(number, f"Xã {number}", "xã", 0) for number in range(1, 150)]
    hamlets = [
        Unit(commune.key * 1000 + number, f"Thôn {number}", "thôn", commune.key)
        for commune in communes
        for number in range(1, 25)
    ]
    tree = Tree((Unit(0, "Tỉnh", "tỉnh"), *communes, *hamlets))
    started = time.perf_counter()
    assert keys(Names(tree).within("thôn 7 xã 88")) == [88007]
    assert time.perf_counter() - started < 1.5  # 3,700 units, on a slow machine
