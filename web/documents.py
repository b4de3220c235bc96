"""`/documents/<key>`: the file of a document that has no address of its own, as people may download it."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from bot.errors import StorageError
from bot.files.attachments import Attachment
from bot.model import Tx
from bot.storage.base import Database
from knowledge import documents
from web.posts import page_busy


def add_documents(app: web.Application, db: Database) -> None:
    async def download(request: web.Request) -> web.Response:
        try:
            file = await db.read(_public_file, int(request.match_info["key"]))
        except StorageError as error:
            raise page_busy() from error
        if file is None:
            raise web.HTTPNotFound
        return web.Response(
            body=file.content,
            headers={
                "Content-Type": file.media_type,
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": "default-src 'none'; sandbox",
            },
        )

    app.router.add_get(r"/documents/{key:\d{1,15}}", download)


def _public_file(tx: Tx, key: int) -> Attachment | None:
    document = documents.by_key(tx, key)
    return documents.file_of(tx, key) if document and document.status != "draft" else None
