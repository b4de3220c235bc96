"""`hoidap` as an operator types it: exit codes, one sentence on standard error, one JSON document on standard output."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.texts import explaining, officer, polls, terminal
from knowledge.features import NAMES

ENTRY = {
    "id": "muc-tieu",
    "question": "Mục tiêu của nghị quyết là gì?",
    "answer": "Phát triển nhanh, bền vững.",
}


@dataclass(frozen=True, slots=True)
class Said:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """What stands on standard error: one line."""
        (line,) = self.err.splitlines()
        assert line.startswith("hoidap: ")
        return line


Hoidap = Callable[..., Said]


@pytest.fixture
def hoidap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Hoidap:
    """Runs a command in a folder of its own, with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///hoidap.db")

    def run(*words: str) -> Said:
        code = main(list(words))
        return Said(code, *capsys.readouterr())

    return run


def lines(path: Path, *items: object) -> str:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "words",
    [
        ("import", "missing.xlsx"),
        ("evaluate", "missing.jsonl"),
        ("restore", "missing.db"),
        ("export", "entries", "x.pdf"),
        ("export", "documents", "x.pdf", "--template"),
        ("settings", "no_such_name"),
        ("settings", "no_such_name", "value"),
        ("booklet", "x.pdf"),
        ("booklet", "x.docx", "--document", "99-NQ/TW"),
    ],
    ids=" ".join,
)
def test_wrong_use_is_one_sentence_and_exit_code_2(hoidap: Hoidap, words: tuple[str, ...]) -> None:
    said = hoidap(*words)
    assert (said.code, said.out) == (2, "")
    assert any(word in said.complaint for word in words)


def test_a_setting_is_unknown_in_the_same_words_when_read_and_when_written(hoidap: Hoidap) -> None:
    assert hoidap("settings", "no_such_name").err == hoidap("settings", "no_such_name", "value").err


def test_an_export_that_cannot_be_written_does_not_speak_of_reading(hoidap: Hoidap) -> None:
    assert "Không ghi được" in hoidap("export", "entries", "x.pdf").complaint


@pytest.mark.parametrize(("file", "code"), [("missing.jsonl", 2), ("table.pdf", 1), ("empty.csv", 1)])
def test_a_file_refused_as_a_whole_is_a_document_too(
    hoidap: Hoidap, tmp_path: Path, file: str, code: int
) -> None:
    (tmp_path / "table.pdf").write_bytes(b"%PDF")
    (tmp_path / "empty.csv").touch()
    said = hoidap("import", file, "--json")
    assert said.code == code
    assert said.document["applied"] is False
    (error,) = said.document["errors"]
    assert error["text"] in said.complaint
    assert file in error["place"]


def test_a_wrong_line_is_listed_and_complained_about_once(hoidap: Hoidap, tmp_path: Path) -> None:
    file = lines(
        tmp_path / "questions.jsonl", ENTRY, {"id": "b", "question": "Không có trả lời?", "answer": ""}
    )
    said = hoidap("import", file, "--json")
    assert said.code == 1
    assert (said.document["applied"], len(said.document["errors"])) == (False, 1)
    assert "1 lỗi" in said.complaint
    told = hoidap("import", file)
    assert (told.code, told.complaint) == (1, said.complaint)
    assert told.out.startswith("LỖI dòng 2")


def test_an_import_is_applied_and_answers(hoidap: Hoidap, tmp_path: Path) -> None:
    said = hoidap("import", lines(tmp_path / "questions.jsonl", ENTRY), "--publish", "--json")
    assert (said.code, said.err) == (0, "")
    assert (said.document["applied"], said.document["added"]) == (True, 1)
    answer = hoidap("ask", str(ENTRY["question"]), "--json")
    assert (answer.document["entry"], answer.err) == ("muc-tieu", "")


def test_evaluate_says_which_expected_ids_there_are_not(hoidap: Hoidap, tmp_path: Path) -> None:
    hoidap("import", lines(tmp_path / "questions.jsonl", ENTRY), "--publish")
    queries = [{"query": "mục tiêu", "expect": ["muc-tieu", "xyz"]}, {"query": "giá vàng", "expect": []}]
    said = hoidap("evaluate", lines(tmp_path / "queries.jsonl", *queries), "--json")
    assert (said.code, said.document["questions"]) == (0, 1)
    assert "xyz" in said.err
    assert "muc-tieu" not in said.err


def test_evaluate_in_words_shows_the_worst_first(hoidap: Hoidap, tmp_path: Path) -> None:
    hoidap("import", lines(tmp_path / "questions.jsonl", ENTRY), "--publish")
    sheet = tmp_path / "thu.csv"
    sheet.write_text("Câu hỏi;Mã cần tìm\nmục tiêu của nghị quyết là gì;\nmục tiêu;xyz, muc-tieu\n", "utf-8")
    said = hoidap("evaluate", str(sheet))
    assert said.out.startswith("Đã hỏi 2 câu: 1 câu có câu trả lời trong kho, 1 câu ngoài kho.")
    assert "Câu ngoài kho mà vẫn trả lời: 1 trên 1." in said.out
    assert (
        "1. TRẢ LỜI SAI: “mục tiêu của nghị quyết là gì”\n   được xếp đầu: Mục tiêu của nghị quyết"
        in said.out
    )
    assert "câu ngoài kho, không được trả lời" in said.out


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.jsonl", '{"query": "giá\u2028vàng", "expect": []}\n{"query": "mục tiêu"}', "dòng 2"),
        ("a.jsonl", '{"query": "mục tiêu", "expect": "muc-tieu"}', "dòng 1"),
        ("a.csv", "Tên;Tuổi\nAn;7\n", "“Câu hỏi” và “Mã cần tìm”"),
        ("a.csv", "Câu hỏi;Mã cần tìm\n;muc-tieu\n", "ô A2: chưa có câu hỏi"),
    ],
)
def test_evaluate_says_what_is_wrong_with_the_file(
    hoidap: Hoidap, tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    said = hoidap("evaluate", name)
    assert said.code == 1
    assert complaint in said.complaint


def test_ask_says_why_in_words(hoidap: Hoidap, tmp_path: Path) -> None:
    hoidap("import", lines(tmp_path / "questions.jsonl", ENTRY), "--publish")
    said = hoidap("ask", "muc tieu nq la gi z", "--why")
    assert "“nq” hiểu là “nghị quyết”" in said.out
    assert "Kết quả: " in said.out
    assert "1. [" in said.out
    assert "Mục tiêu của nghị quyết là gì? (mã muc-tieu)" in said.out
    assert "Kết quả: chưa có câu trả lời. Đây là lời chào hỏi" in hoidap("ask", "chào bạn", "--why").out
    told = hoidap("ask", "muc tieu nq la gi z", "--why", "--json").document
    assert told["why"]["candidates"][0]["id"] == "muc-tieu"


def test_every_feature_belongs_to_one_subject_that_people_are_told() -> None:
    told = [name for names in explaining.SUBJECTS.values() for name in names]
    assert sorted(told) == sorted(NAMES)


def test_an_empty_knowledge_base_says_how_to_fill_it(hoidap: Hoidap) -> None:
    said = hoidap("ask", "mục tiêu", "--json")
    assert (said.code, said.document["outcome"]) == (0, "none")
    assert said.err == terminal.EMPTY + "\n"
    assert "hoidap import" in terminal.EMPTY


def test_a_line_of_the_settings_file_that_cannot_be_read(hoidap: Hoidap, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# first\nthis is not env\n")
    said = hoidap("ask", "mục tiêu")
    assert (said.code, said.out) == (2, "")
    assert "line 2 of .env" in said.complaint
    assert "this" not in said.complaint


def test_staff_from_the_command_line(hoidap: Hoidap, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Chưa có thành viên" in hoidap("staff", "list").out
    invited = hoidap("staff", "invite", "administrator", "Nguyễn Văn An").out
    assert "Mã mời Nguyễn Văn An làm quản trị viên" in invited
    assert invited.splitlines()[-1].startswith("vaitro ")
    monkeypatch.setenv("ADMINS", "telegram:123")
    listed = hoidap("staff", "list", "--json").document
    assert listed["members"] == [
        {
            "key": 1,
            "name": "Quản trị viên",
            "role": "administrator",
            "by_settings": True,
            "networks": ["telegram"],
        }
    ]
    assert [each["name"] for each in listed["invitations"]] == ["Nguyễn Văn An"]
    told = hoidap("staff", "list").out
    assert "1  Quản trị viên – quản trị viên (Telegram)" in told
    assert "Đang mời: Nguyễn Văn An" in told
    [act] = hoidap("staff", "audit", "--json").document
    assert (act["actor"], act["act"], act["subject"]) == ("", "invitation.made", "invitation:1 administrator")
    assert "hệ thống: mời một quản trị viên" in hoidap("staff", "audit", "--last", "1").out
    assert hoidap("staff", "audit", "--last", "0").out == "Nhật ký chưa có việc nào.\n"


def test_removing_a_member_from_the_command_line(hoidap: Hoidap, tmp_path: Path) -> None:
    hoidap("migrate")
    with contextlib.closing(sqlite3.connect(tmp_path / "hoidap.db", isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO staff (channel, person, name, role, since) VALUES ('telegram', '7', 'An', 'editor', '2026')"
        )
    assert hoidap("staff", "remove", "1").out == "Đã thu hồi vai trò của An.\n"
    assert hoidap("staff", "list", "--json").document["members"] == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("staff", "remove", "7"), 2, "Không có thành viên số 7"),
        (("staff", "invite", "chief", "An"), 2, "Không có vai trò “chief”"),
        (("staff", "invite", "editor", "123"), 1, "Họ tên cần có chữ"),
        (("staff", "remove", "1"), 1, "ADMINS"),
    ],
)
def test_what_staff_cannot_do(
    hoidap: Hoidap, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
) -> None:
    monkeypatch.setenv("ADMINS", "telegram:123")
    done = hoidap(*words)
    assert done.code == code
    assert said in done.complaint


# The terminal


def test_what_needs_somebody_to_come_back_is_not_begun_in_the_terminal(
    hoidap: Hoidap, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = hoidap("staff", "invite", "editor", "An").out.splitlines()[-1]
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n/gopy đường làng hỏng\n/khaosat\n/dangky\n"))
    said = hoidap("chat").out
    assert "không giữ lại người dùng" in said
    assert officer.NOT_HERE in said
    assert polls.NOT_HERE in said
    assert "chưa nối với Telegram hay Zalo" in said
    listed = hoidap("staff", "list", "--json").document
    assert listed["members"] == []
    assert [each["name"] for each in listed["invitations"]] == ["An"]  # the code still works


def test_nothing_of_a_conversation_stays_that_was_broken_off(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/hoidap.db"}
    with subprocess.Popen(
        [sys.executable, "-m", "bot.__main__", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as chat:
        assert chat.stdin
        assert chat.stdout
        chat.stdin.write("nghị quyết 57\n".encode())
        chat.stdin.flush()
        while "Xin chào Bạn!" not in chat.stdout.readline().decode():
            pass
        chat.send_signal(signal.SIGINT)
        chat.communicate()
    assert chat.returncode == 130
    with contextlib.closing(sqlite3.connect(tmp_path / "hoidap.db")) as connection:
        for table in ("people", "drafts", "recent", "shown_choices"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


# Booklets


@pytest.fixture
def documents_file(tmp_path: Path) -> str:
    document = {
        "number": "71-NQ/TW",
        "kind": "Nghị quyết",
        "title": "Đột phá phát triển giáo dục và đào tạo",
        "issuer": "Bộ Chính trị",
        "level": "Trung ương",
        "issued_on": "2025-08-22",
        "status": "in force",
    }
    return lines(tmp_path / "van-ban.jsonl", document)


def test_a_booklet_as_a_file(hoidap: Hoidap, tmp_path: Path, documents_file: str) -> None:
    entry = ENTRY | {"document": "71-NQ/TW", "topic": "Giáo dục"}
    hoidap("import", documents_file, "--publish")
    hoidap("import", lines(tmp_path / "cau-hoi.jsonl", entry), "--publish")
    hoidap("settings", "place", "Đà Lạt")
    said = hoidap("booklet", "so-tay.docx", "--page", "a5", "--topic", "giao duc")
    assert (said.code, said.out) == (0, "Đã ghi 1 câu hỏi vào so-tay.docx, khổ A5.\n")
    assert (tmp_path / "so-tay.docx").read_bytes().startswith(b"PK")
    said = hoidap("booklet", "hop.html", "--meeting", "--from", "01/08/2025", "--to", "31/08/2025")
    assert (said.code, said.out) == (0, "Đã ghi 1 văn bản và 1 câu hỏi vào hop.html, khổ A4.\n")
    page = (tmp_path / "hop.html").read_text(encoding="utf-8")
    assert "Phát triển nhanh, bền vững." in page
    assert "Đà Lạt, ngày " in page


def test_a_booklet_of_nothing_and_one_that_cannot_be_written(hoidap: Hoidap, tmp_path: Path) -> None:
    said = hoidap("booklet", "so-tay.docx")
    assert (said.code, said.out) == (1, "")
    assert "Chưa có câu hỏi nào đã duyệt" in said.complaint
    assert "Chưa có văn bản nào" in hoidap("booklet", "hop.docx", "--meeting").complaint
    hoidap("import", lines(tmp_path / "cau-hoi.jsonl", ENTRY), "--publish")
    said = hoidap("booklet", "missing/so-tay.docx")
    assert said.code == 1
    assert "Không ghi được tệp “so-tay.docx”" in said.complaint
    (tmp_path / "cho.html").mkdir()
    assert hoidap("booklet", "cho.html").code == 1
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    "words", [("--from", "31/02/2026"), ("--to", "2026-01-01"), ("--page", "A3")], ids=" ".join
)
def test_days_and_sheets_that_are_none(
    hoidap: Hoidap, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as end:
        hoidap("booklet", "x.docx", *words)
    assert end.value.code == 2
    assert words[0] in capsys.readouterr().err
