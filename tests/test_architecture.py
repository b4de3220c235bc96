"""Who may import whom, where libraries are used, and where Vietnamese sentences live: docs/architecture.md, enforced.

A line that fails here is either a slip, or a decision that belongs into this table with a reason.
"""

from __future__ import annotations

import ast
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "handlers", "knowledge", "scheduler", "surveys", "web")

FLOOR = {"bot.model", "bot.errors", "bot.clock"}
PATH = {
    *FLOOR,
    "bot.texts",
    "bot.masking",
    "bot.storage.base",
    "bot.channels.base",
    "bot.channels.layout",
    "bot.sealing",
}
SUBJECT = {*FLOOR, "bot.texts", "bot.storage.base", "bot.files", "bot.exchange", "bot.masking"}

# The longest name that fits decides. Within its own package or family everybody may import.
MAY_IMPORT: dict[str, set[str]] = {
    "bot.model": set(),
    "bot.errors": set(),
    "bot.clock": set(),
    "bot.texts": {"bot.texts"},
    "bot.settings": {"bot.model", "bot.errors"},
    "bot.masking": set(),
    "bot.logs": {"bot.errors"},
    "bot.sealing": {"bot.errors"},
    "bot.tasks": set(),
    "bot.pacing": {"bot.channels.base"},
    "bot.payloads": {"bot.model"},
    "bot.choices": {"bot.model", "bot.errors", "bot.sealing"},
    "bot.recent": {*FLOOR, "bot.sealing"},
    "bot.drafts": {*FLOOR, "bot.sealing", "bot.storage.base"},
    "bot.mailbox": {*FLOOR, "bot.storage.base"},
    "bot.zalo_oa_window": set(),
    "bot.files": {"bot.model", "bot.errors", "bot.texts", "bot.files"},
    "bot.exchange": {"bot.model", "bot.errors", "bot.texts", "bot.files", "bot.exchange"},
    "bot.storage": {*FLOOR, "bot.storage"},
    "bot.channels": {*FLOOR, "bot.channels"},
    "bot.channels.terminal": {*FLOOR, "bot.channels", "bot.texts"},
    "bot.inbox": PATH,
    "bot.outbox": {*FLOOR, "bot.storage.base"},
    "bot.queueing": {*PATH, "bot.outbox", "bot.payloads", "bot.choices"},
    "bot.outbox_chats": {*FLOOR, "bot.outbox", "bot.storage.base"},
    "bot.held": {*FLOOR, "bot.texts", "bot.outbox", "bot.queueing"},
    "bot.campaigns": {*FLOOR, "bot.outbox", "bot.outbox_chats", "bot.storage.base"},
    "bot.sending": {*PATH, "bot.outbox", "bot.outbox_chats", "bot.held", "bot.pacing", "bot.payloads"},
    "bot.dispatch": {*PATH, "bot.inbox", "bot.queueing", "bot.outbox_chats", "bot.held", "bot.choices"},
    "bot.platforms": PATH,
    "bot.memory": {*FLOOR, "bot.sealing", "bot.storage.base"},
    "bot.notices": {*PATH, "bot.queueing", "bot.audience"},
    "bot.connection": {*PATH, "bot.inbox", "bot.sending"},
    # What is kept of one person is spread over every table: this is the one list of where to look.
    "bot.erasure": {
        *FLOOR, "bot.inbox", "bot.outbox", "bot.outbox_chats", "bot.choices", "bot.mailbox", "bot.recent",
        "bot.drafts", "bot.audience", "knowledge", "surveys", "scheduler", "handlers.context",
    },
    "bot.privacy_audit": {*FLOOR, "bot.sealing", "surveys"},
    "bot.audience": {*SUBJECT, "bot.audience"},
    "knowledge": {*SUBJECT, "knowledge"},
    "surveys": {*SUBJECT, "bot.sealing", "surveys"},
    "handlers": {
        *FLOOR, "bot.recent", "bot.drafts", "bot.campaigns", "bot.zalo_oa_window", "bot.texts", "bot.storage.base",
        "bot.files", "bot.audience", "knowledge", "surveys", "scheduler", "handlers",
    },
    "handlers.routes": {*FLOOR, "bot.dispatch", "handlers"},
    "scheduler": {
        *SUBJECT, "bot.audience", "bot.inbox", "bot.outbox", "bot.queueing", "bot.held", "bot.choices", "bot.mailbox",
        "bot.recent", "bot.drafts", "bot.campaigns", "bot.zalo_oa_window", "bot.channels.base", "bot.channels.layout",
        "bot.tasks", "knowledge", "surveys", "scheduler",
    },
    "web": {
        *PATH, "bot.files", "bot.audience", "bot.inbox", "bot.outbox", "bot.connection", "bot.mailbox",
        "bot.channels.webchat",  # the page and its channel are two halves of one thing
        "handlers", "knowledge", "surveys", "scheduler", "web",
    },
    # The composition root and the command line know everybody.
    "bot.app": {*PACKAGES},
    "bot.jobs": {*PACKAGES},
    "bot.service": {*PACKAGES},
    "bot.networks": {*PACKAGES} - {"handlers", "knowledge", "scheduler", "surveys", "web"},
    "bot.__main__": {*PACKAGES},
    "bot.commands": {*PACKAGES},
}  # fmt: skip

# Names that may be taken from a module, where the whole of it may not.
ONLY = {("handlers.routes", "bot.dispatch"): {"Route"}}

EXEMPT = {
    "aiohttp",
    "jinja2",
    "rapidfuzz",
    "yarl",
    "multidict",
}  # yarl and multidict are part of aiohttp's interface
LONGEST, FEW = 25, 2  # characters, words with Vietnamese letters: of a name, not yet of a sentence

# Where Vietnamese sentences may live outside bot/texts.
VIETNAMESE = (
    "bot/texts/",
    "bot/files/",  # words that files are recognised by
    "knowledge/",  # the vocabulary of matching
    "bot/storage/migrations.py",  # values in a CHECK
    "bot/__main__.py",  # an example question in an English help text
)

FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[tuple[str, set[str], int]]:
    """(module, names taken from it, line); "from bot import inbox" is an import of bot.inbox."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, set(), node.lineno
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            base = node.module or ""
            inner = {alias.name for alias in node.names if _is_module(f"{base}.{alias.name}")}
            for name in sorted(inner):
                yield f"{base}.{name}", set(), node.lineno
            if names := {alias.name for alias in node.names} - inner:
                yield base, names, node.lineno


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def rule_of(module: str) -> set[str] | None:
    fitting = [prefix for prefix in MAY_IMPORT if within(module, prefix)]
    return MAY_IMPORT[max(fitting, key=len)] if fitting else None


def test_there_is_something_to_look_at() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_go_in_the_agreed_direction(path: Path) -> None:
    module = module_of(path)
    if module in PACKAGES:
        assert list(imports(path)) == [], "an empty package file imports nothing"
        return
    allowed = rule_of(module)
    assert allowed is not None, f"{module} has no line in the table: who may it import?"
    for imported, names, line in imports(path):
        if imported.split(".")[0] not in PACKAGES:
            continue
        assert any(within(imported, prefix) for prefix in allowed), f"{module}:{line} imports {imported}"
        if only := ONLY.get((module, imported)):
            assert names <= only, f"{module}:{line} takes {names} from {imported}"


def test_every_line_of_the_table_is_about_something() -> None:
    modules = {module_of(path) for path in FILES}
    assert [rule for rule in MAY_IMPORT if not any(within(module, rule) for module in modules)] == []


def test_a_library_is_used_in_one_file_or_one_package() -> None:
    users: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for imported, _, _ in imports(path):
            library = imported.split(".")[0]
            if library not in {*sys.stdlib_module_names, *PACKAGES, *EXEMPT}:
                users[library].add(module_of(path))
    assert users.keys() >= {"telegram", "sqlite_utils", "apscheduler", "openpyxl", "cryptography"}
    for library, modules in users.items():
        packages = {module.rpartition(".")[0] for module in modules}
        assert len(modules) == 1 or (len(packages) == 1 and packages != {"bot"}), (
            f"{library}: {sorted(modules)}"
        )


def test_only_the_settings_read_the_environment() -> None:
    """bot/__main__.py hands it over."""
    readers = {
        module_of(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert readers == {"bot.__main__"}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Literals with Vietnamese letters, longer than a word or a name; without docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            text = node.value
            marked = [word for word in text.split() if any(map(_is_vietnamese, word))]
            if len(text) > LONGEST and len(marked) > FEW:
                yield node.lineno, text


def _is_vietnamese(letter: str) -> bool:
    return letter in "đĐ" or (
        ord(letter) > 127 and letter.isalpha() and unicodedata.decomposition(letter) != ""
    )


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_vietnamese_sentences_live_among_the_texts(path: Path) -> None:
    if not path.relative_to(ROOT).as_posix().startswith(VIETNAMESE):
        assert list(sentences(path)) == []


def test_the_check_for_sentences_finds_one(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        '"""Nghị quyết số 57 của Bộ Chính trị."""\nX = "Xin lỗi Bạn, tôi gặp trục trặc."\nY = "Nghị quyết"\n'
    )
    assert [line for line, _ in sentences(path)] == [2]
