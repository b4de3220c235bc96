"""Two hundred people say what they think, through the whole bot; then somebody gets hold of every file.

What they look for, they know: addresses, messages, answers. The audit of the program is one thing; the searches of these
tests are written without it.
"""

from __future__ import annotations

import hashlib
import hmac
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from math import erfc, sqrt
from pathlib import Path
from random import Random
from statistics import correlation
from string import ascii_lowercase
from typing import Any

import pytest

from bot import inbox
from bot.errors import InputError
from bot.model import Address, Tx
from bot.privacy_audit import Finding, audit
from bot.sealing import KeyFolder
from bot.settings import Settings
from bot.storage.backup import write_backup
from surveys import polls, surveys
from surveys.polls import PollDraft, Question
from surveys.running import Running, end_early, open_poll
from tests.dialogues.several import Several, running, several

PEOPLE = 200
CODE = "k7m2q9"
QUESTIONS = (
    Question(
        "one", "Bạn thấy bộ phận một cửa thế nào?", ("Hết sức hài lòng", "Tạm được thôi", "Chưa hài lòng")
    ),
    Question("open", "Bạn mong muốn điều gì?"),
)
SEED = 20261122
SECRET = b"a secret that is known in tests."  # 32 bytes


@dataclass
class Person:
    channel: str
    name: str
    option: str
    wish: str

    @property
    def address(self) -> Address:
        return Address(self.channel, self.name)


class Town:
    """`order` is that in which people have sent their ballots."""

    def __init__(self, talk: Several, folder: Path) -> None:
        self.talk = talk
        self.folder = folder
        self.random = Random(SEED)
        self.people = [
            Person(
                ("telegram", "zalo-bot")[number % 2],
                f"nguoi-{number:03}-{self.random.getrandbits(40):010x}",
                self.random.choice(QUESTIONS[0].options),
                f"mong muốn {''.join(self.random.choices(ascii_lowercase, k=12))} của bà con",
            )
            for number in range(PEOPLE)
        ]
        self.order: list[Person] = []

    async def launch(self) -> None:
        box, now = self.talk.bot.box, self.talk.clock.now()

        def open_one(tx: Tx) -> None:
            survey = surveys.add(
                tx, "Một cửa", "phục vụ tốt hơn", date(2026, 11, 1), date(2026, 12, 1), (), now
            )
            draft = PollDraft("Bộ phận một cửa", QUESTIONS)
            key = polls.add(tx, survey, draft, CODE, now + timedelta(days=7), now)
            polls.move(tx, key, "approved", among_states=("draft",), now=now)
            open_poll(tx, box, key, now)

        await self.talk.db.run(open_one)

    async def answers(self, people: Sequence[Person], *, send: bool = True) -> None:
        for person in people:
            start = "/start" if person.channel == "telegram" else "bat dau"
            await self.talk.says(person.channel, person.name, start)  # from now on they are known here
            option = QUESTIONS[0].options.index(person.option) + 1
            for action in ("yes", f"1o{option}"):
                await self.talk.hear(person.channel, person.name, "", payload=f"poll/{CODE}/{action}")
                await self.talk.next(person.channel, person.name)
            await self.talk.says(person.channel, person.name, person.wish)
            if send:
                await self.talk.hear(person.channel, person.name, "", payload=f"poll/{CODE}/send")
                assert "không kèm tên Bạn" in await self.talk.next(person.channel, person.name)
                self.order.append(person)

    async def counted(self) -> None:
        await Running(self.talk.db, self.talk.bot.box, self.talk.clock, inbox.waits).round()

    async def taken(self, moment: str) -> Path:
        """A copy of every file, as they lie there now, and a backup beside it."""
        copy = self.folder.parent / moment
        shutil.copytree(self.folder, copy)
        (self.folder.parent / "backups").mkdir(exist_ok=True)
        write_backup(self.folder / "hoidap.db", self.folder.parent / "backups" / f"{moment}.db")
        return copy


def findings(folder: Path, *also: Path) -> list[Finding]:
    return audit(folder / "hoidap.db", KeyFolder(folder / "keys"), also)


def pieces(folder: Path) -> Iterator[bytes]:
    """Whatever lies together: a page of a database, also in its log; all of a small file."""
    for path in folder.rglob("*"):
        data = path.read_bytes() if path.is_file() else b""
        first, step = (32 + 24, 4096 + 24) if path.name.endswith("-wal") else (0, 4096)
        yield from (data[at : at + 4096] for at in range(first, len(data), step))


def readable_together(folder: Path, people: Sequence[Person], tokens: Sequence[bytes]) -> list[str]:
    """Answers that stand near anybody's name, update or token."""
    said = {person.wish.encode(): person for person in people} | {
        option.encode(): people[0] for option in QUESTIONS[0].options
    }
    names = [*(person.name.encode() for person in people), b"update-0", *tokens]
    return [
        words.decode()
        for piece in pieces(folder)
        for words in said
        if words in piece and any(name in piece for name in names)
    ]


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "hoidap.db")) as connection:
        return connection.execute(sql).fetchall()


def chance_of(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's test of ranks, two-sided: how likely orders at random look as much alike as these."""
    return erfc(abs(correlation(one, other)) * sqrt(len(one) - 1) / sqrt(2))


@pytest.mark.timeout(300)
async def test_two_hundred_people_and_everything_that_is_left_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "keys").mkdir()
    (folder / "keys" / "poll-1.key").write_text(SECRET.hex())
    settings = Settings(database_url=f"sqlite:///{folder}/hoidap.db")
    # The orders below are the same in each run.
    async with running(settings, chance=Random(SEED).randbytes) as talk:
        town = Town(talk, folder)
        await town.launch()
        before = await town.taken("before")

        await town.answers(town.people[:120])
        await town.counted()
        await town.answers(town.people[120:150])
        await town.answers(town.people[150:160], send=False)
        during = await town.taken("during")
        tokens = [bytes(row[0]) for row in rows(during, "SELECT token FROM ballot_tokens")]
        sealed = [bytes(row[0]) for row in rows(during, "SELECT payload FROM ballot_box")]
        assert (len(tokens), len(sealed)) == (150, 30)

        await town.counted()
        await town.answers(town.people[150:])
        order_of_tokens = [bytes(row[0]) for row in rows(folder, "SELECT token FROM ballot_tokens")]
        talk.clock.move(seconds=5)
        await talk.db.run(end_early, 1, talk.clock.now())
        talk.clock.move(seconds=5)
        await town.counted()
    after = await town.taken("after")

    backups = [tmp_path / "backups" / f"{moment}.db" for moment in ("before", "during", "after")]
    for moment, copy in (
        ("backups", tmp_path / "backups"),
        ("before", before),
        ("during", during),
        ("after", after),
    ):
        assert readable_together(copy, town.people, tokens) == [], moment
    for copy in (before, during, after):
        assert [each.says for each in findings(copy, *backups) if each.serious] == []
    for backup in backups:
        content = backup.read_bytes()
        assert not [secret for secret in (*tokens, *sealed) if secret in content]

    # While it is open, keys and database together tell who has answered, and say so. Afterwards nothing is left to open.
    told = [each.says for each in findings(during)]
    assert any("150 people" in says and "30 ballots" in says for says in told), told
    assert findings(after) == []
    everything = b"".join(path.read_bytes() for path in after.rglob("*") if path.is_file())
    assert not [secret for secret in (*tokens, *sealed) if secret in everything]
    assert KeyFolder(after / "keys").names("poll-") == []

    # All that was said is there, and in no order that tells anything.
    words = [str(row[0]) for row in rows(after, "SELECT text FROM poll_words")]
    assert set(words) == {person.wish for person in town.people}
    sent = {person.wish: float(at) for at, person in enumerate(town.order)}
    of_words = [sent[wish] for wish in words]
    assert chance_of(of_words, list(range(len(words)))) > 0.01
    owner = {_token_of(person): person for person in town.order}
    of_tokens = {owner[token].wish: float(at) for at, token in enumerate(order_of_tokens)}
    assert chance_of([of_tokens[wish] for wish in words], list(range(len(words)))) > 0.01
    assert chance_of([of_tokens[person.wish] for person in town.order], list(range(PEOPLE))) > 0.01


def _token_of(person: Person) -> bytes:
    """As somebody would work it out who had kept the secret of the poll."""
    return hmac.new(SECRET, f"{person.channel}:{person.name}".encode(), hashlib.sha256).digest()


# The audit finds what it is there for


async def planted(folder: Path, sql: str, *values: object) -> list[str]:
    """What the audit says of a folder in which somebody has made this mistake."""
    async with several(folder) as talk:
        town = Town(talk, folder)
        await town.launch()
        await town.answers(town.people[:12])
        await town.counted()
    with closing(sqlite3.connect(folder / "hoidap.db", isolation_level=None)) as connection:
        connection.execute(sql, values)
    return [each.says for each in findings(folder) if each.serious]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("CREATE TABLE votes (poll INTEGER, conversation TEXT)", "votes names people beside polls"),
        ("UPDATE polls SET state = 'closed'", "outlived the close"),
        (
            "INSERT INTO department_settings SELECT (SELECT person FROM people LIMIT 1), text, '' FROM poll_words LIMIT 1",
            "readable beside",
        ),
        ("INSERT INTO ballot_box VALUES (1, x'00', 2, x'00'), (1, x'01', 2, x'0000')", "differ in size"),
    ],
)
async def test_a_mistake_is_found(tmp_path: Path, sql: str, says: str) -> None:
    assert any(says in each for each in await planted(tmp_path, sql))


async def test_a_line_of_a_log_is_found(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        town = Town(talk, tmp_path)
        await town.launch()
        await town.answers(town.people[:12])
        await town.counted()
    assert not any(each.serious for each in findings(tmp_path))
    person = town.people[0]
    (tmp_path / "serve.log").write_text(f"{person.name} said {person.wish}\n")
    assert [each.says for each in findings(tmp_path) if each.serious] == [
        "serve.log: an opinion stands readable beside a person in 1 places"
    ]


async def test_a_key_that_outlived_its_ballots_is_found(tmp_path: Path) -> None:
    async with several(tmp_path) as talk:
        town = Town(talk, tmp_path)
        await town.launch()
        await town.answers(town.people[:10])
        await talk.db.run(talk.bot.box.count, 1)
    assert any("the key poll-1-1 is still there" in each.says for each in findings(tmp_path) if each.serious)


def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file"):
        findings(tmp_path)
