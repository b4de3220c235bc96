"""The command line, `hoidap`: reads the words, opens the database, calls a command.

Errors are one sentence on standard error; exit code 2 for wrong use or configuration, 1 for a job that failed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import traceback
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path

from bot.commands import (
    booklets,
    evaluating,
    knowledge,
    privacy,
    serving,
    staff,
    survey_reports,
    talking,
    upkeep,
)
from bot.errors import DatabaseInUse, HoidapError, SettingsError, UsageError
from bot.logs import redacted
from bot.settings import Settings
from bot.storage.sqlite import SqliteDatabase

OnDatabase = Callable[[SqliteDatabase, argparse.Namespace], Awaitable[int]]
Run = Callable[[Settings, argparse.Namespace], Awaitable[int]]


def main(words: list[str] | None = None) -> int:
    arguments = _parser().parse_args(words)
    try:
        settings = Settings.from_env(os.environ, _dotenv())
        code: int = asyncio.run(arguments.run(settings, arguments))
        return code
    except (SettingsError, DatabaseInUse, UsageError) as error:
        return _complain(error, 2)
    except HoidapError as error:
        return _complain(error, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as in `hoidap ask … | head -1`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # a fault of ours: its traceback helps whoever mends it, without the secrets in it
        print(redacted(traceback.format_exc(), _given_secrets()), file=sys.stderr)
        return _complain(HoidapError("an unexpected error; please report the lines above"), 1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hoidap", description="Answers questions about resolutions in Vietnamese, with the source."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    serve = commands.add_parser(
        "serve", help="run the service: web chat, and the networks whose token is set"
    )
    serve.add_argument("--host", help="listen here instead of HOST")
    serve.add_argument("--port", type=_port, help="listen on this port instead of PORT; 0: any free one")
    serve.add_argument("--empty", action="store_true", help="do not load the starter knowledge")
    serve.set_defaults(run=serving.serve)

    ask = commands.add_parser("ask", help="ask the knowledge base one question")
    ask.add_argument("question", help='for example "mục tiêu của nghị quyết 57"')
    ask.add_argument("--json", action="store_true", help="one JSON document on standard output")
    ask.add_argument(
        "--why", action="store_true", help="also tell what was read, what matched and what decided"
    )
    ask.set_defaults(run=_on_database(talking.ask))

    chat = commands.add_parser("chat", help="talk as on a network, in the terminal")
    chat.set_defaults(run=_with_settings(talking.chat))

    load = commands.add_parser(
        "import",
        help="read entries, documents, words, units, schedules, feeds, surveys or answers from .xlsx, .csv or .jsonl",
    )
    load.add_argument("file", type=Path, metavar="FILE", help="what it holds is told by its columns")
    load.add_argument("--publish", action="store_true", help="publish what is read: it answers at once")
    load.add_argument("--dry-run", action="store_true", help="only report, write nothing")
    load.add_argument("--json", action="store_true", help="one JSON document on standard output")
    load.set_defaults(run=_with_settings(knowledge.import_))

    export = commands.add_parser(
        "export",
        help="write entries, documents, words, units, schedules, feeds, surveys or waiting inquiries to a file",
    )
    kinds = ", ".join(knowledge.KINDS)
    export.add_argument("kind", choices=knowledge.KINDS, metavar="KIND", help=f"one of: {kinds}")
    export.add_argument("file", type=Path, metavar="FILE", help="a name ending in .xlsx, .csv or .jsonl")
    export.add_argument("--template", action="store_true", help="an empty form with examples")
    export.set_defaults(run=_with_settings(knowledge.export))

    evaluate = commands.add_parser("evaluate", help="measure matching on your own questions")
    evaluate.add_argument(
        "file", type=Path, metavar="QUERIES", help='.jsonl lines of {"query", "expect": [ids]}, or a sheet'
    )
    evaluate.add_argument("--json", action="store_true", help="one JSON document on standard output")
    evaluate.add_argument("--rows", action="store_true", help="also what became of each question")
    evaluate.set_defaults(run=_on_database(evaluating.evaluate))

    booklet = commands.add_parser("booklet", help="write questions and answers as a file to print")
    booklet.add_argument("file", type=Path, metavar="FILE", help="a name ending in .docx or .html")
    booklet.add_argument("--topic", default="", help="only this topic")
    booklet.add_argument("--document", default="", help="only this document, for example 57-NQ/TW")
    booklet.add_argument(
        "--from", dest="first", type=_day, metavar="DD/MM/YYYY", help="documents issued then or later"
    )
    booklet.add_argument(
        "--to", dest="last", type=_day, metavar="DD/MM/YYYY", help="documents issued then or earlier"
    )
    booklet.add_argument("--page", type=str.upper, choices=("A4", "A5"), default="A4", help="paper (A4)")
    booklet.add_argument(
        "--meeting", action="store_true", help="material for a meeting; of this month, if nothing is named"
    )
    booklet.add_argument(
        "--samples", action="store_true", help="also what nobody has approved yet, marked as such"
    )
    booklet.set_defaults(run=_with_settings(booklets.make))

    opinion = commands.add_parser(
        "survey-report", help="write the report on public opinion, or the numbers, of a closed poll"
    )
    opinion.add_argument("code", metavar="CODE", help="of the poll, for example k7m2qx")
    opinion.add_argument("file", type=Path, metavar="FILE", help="a name ending in .docx or .xlsx")
    opinion.set_defaults(run=_with_settings(survey_reports.make))

    check = commands.add_parser(
        "check", help="tell what of the configuration works, and what needs attention"
    )
    check.add_argument("--json", action="store_true", help="one JSON document on standard output")
    check.set_defaults(run=upkeep.check)

    settings = commands.add_parser("settings", help="show or change the department's settings")
    settings.add_argument("name", nargs="?", metavar="NAME", help="show this one; without it, all")
    settings.add_argument("value", nargs="?", metavar="VALUE", help="set it; a running serve follows at once")
    settings.add_argument("--default", action="store_true", help="return NAME to its default")
    settings.set_defaults(run=_on_database(upkeep.department_settings))

    _add_staff(commands)

    backup = commands.add_parser(
        "backup", help="write a backup, also while serve runs; without unfinished messages"
    )
    backup.add_argument("file", type=Path, metavar="FILE", help="a new file; nothing is overwritten")
    backup.set_defaults(run=_on_database(upkeep.backup))

    restore = commands.add_parser(
        "restore", help="put a backup in the database's place; serve must be stopped"
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="what `hoidap backup` has written")
    restore.set_defaults(run=upkeep.restore)

    audit = commands.add_parser(
        "privacy-audit", help="try to link people and opinions in every file of the data folder"
    )
    audit.add_argument("files", nargs="*", type=Path, metavar="FILE", help="look into these too: backups")
    audit.add_argument("--json", action="store_true", help="one JSON document on standard output")
    audit.set_defaults(run=privacy.audit)

    migrate = commands.add_parser("migrate", help="bring the database to the shape of this version")
    migrate.set_defaults(run=_on_database(upkeep.migrated))
    return parser


def _add_staff(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    group = commands.add_parser("staff", help="who works for the department here, and what they did")
    acts = group.add_subparsers(metavar="ACT", required=True)
    members = acts.add_parser("list", help="members with their numbers and roles, and invitations")
    members.add_argument("--json", action="store_true", help="one JSON document on standard output")
    members.set_defaults(run=_with_settings(staff.members))
    invite = acts.add_parser("invite", help="make a code that gives a role, for 7 days, once")
    invite.add_argument("role", help="collaborator, editor, approver or administrator")
    invite.add_argument("name", help="of whoever is invited")
    invite.add_argument("--unit", help="where they belong: as people call it, or its code")
    invite.set_defaults(run=_with_settings(staff.invite))
    remove = acts.add_parser("remove", help="withdraw a member's role")
    remove.add_argument("key", type=int, help="their number in `hoidap staff list`")
    remove.set_defaults(run=_with_settings(staff.remove))
    log = acts.add_parser("audit", help="what members did, newest first")
    log.add_argument("--last", type=int, default=20, metavar="N", help="how many (20)")
    log.add_argument("--json", action="store_true", help="one JSON document on standard output")
    log.set_defaults(run=_with_settings(staff.audit_log))


def _on_database(command: OnDatabase) -> Run:
    return _with_settings(lambda _, db, arguments: command(db, arguments))


def _with_settings(command: Callable[[Settings, SqliteDatabase, argparse.Namespace], Awaitable[int]]) -> Run:
    """Open the database for the command, and close it whatever happens."""

    async def run(settings: Settings, arguments: argparse.Namespace) -> int:
        db = SqliteDatabase.open(settings.database_path)
        try:
            return await command(settings, db, arguments)
        finally:
            await db.close()

    return run


def _day(word: str) -> date:
    try:
        return datetime.strptime(word, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise argparse.ArgumentTypeError("must be a day such as 22/12/2024") from None


def _port(word: str) -> int:
    if word.isascii() and word.isdigit() and int(word) <= 65535:
        return int(word)
    raise argparse.ArgumentTypeError("must be a port number from 0 to 65535")


def _dotenv() -> Path | None:
    path = Path(".env")
    return path if path.is_file() else None


def _given_secrets() -> list[str]:
    """What somebody has set under a name that speaks of a secret; settings may not have been read yet."""
    telling = ("TOKEN", "SECRET", "KEY", "PROXY")
    return [value for name, value in os.environ.items() if any(word in name for word in telling)]


def _complain(error: HoidapError, code: int) -> int:
    print(f"hoidap: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
