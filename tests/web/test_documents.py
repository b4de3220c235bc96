"""The file of a document can be downloaded by everybody once the document is public, and is only ever a download."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.model import Tx
from bot.storage.sqlite import SqliteDatabase
from web.documents import add_documents

Client = TestClient[web.Request, web.Application]


def document(tx: Tx, key: int, status: str, name: str = "Nghị quyết 1.html") -> None:
    tx.run(
        """INSERT INTO documents (key, kind, title, issuer, level, status, changed_at)
            VALUES (:key, 'Nghị quyết', :title, 'HĐND xã', 'xã', :status, 'now')""",
        key=key,
        title=f"Nghị quyết {key}",
        status=status,
    )
    tx.run(
        "INSERT INTO document_files VALUES (:key, :name, 'text/html', :content)",
        key=key,
        name=name,
        content=b"<script>alert(1)</script>",
    )


@pytest.fixture
async def client(db: SqliteDatabase) -> AsyncIterator[Client]:
    app = web.Application()
    add_documents(app, db)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_public_file_is_a_download_and_never_a_page(client: Client, db: SqliteDatabase) -> None:
    await db.run(document, 7, "in force")
    async with client.get("/documents/7") as response:
        assert response.status == 200
        assert await response.read() == b"<script>alert(1)</script>"
        disposition = response.headers["Content-Disposition"]
        assert disposition == "attachment; filename*=UTF-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt%201.html"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_name_with_line_breaks_is_only_a_name(client: Client, db: SqliteDatabase) -> None:
    await db.run(document, 7, "in force", 'a"\r\nSet-Cookie: x=1/../b.pdf')
    async with client.get("/documents/7") as response:
        assert response.status == 200
        assert "Set-Cookie" not in response.headers


async def test_expired_documents_stay_public_and_drafts_are_not(client: Client, db: SqliteDatabase) -> None:
    await db.run(document, 7, "expired")
    await db.run(document, 8, "draft")
    for path, status in [
        ("7", 200),
        ("8", 404),
        ("9", 404),
        ("999999999999999", 404),
        ("9" * 30, 404),
        ("x", 404),
    ]:
        async with client.get(f"/documents/{path}") as response:
            assert response.status == status


async def test_while_the_storage_fails_it_is_to_be_asked_for_again(
    client: Client, db: SqliteDatabase
) -> None:
    await db.close()
    async with client.get("/documents/7") as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "5")
