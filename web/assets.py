"""Static files under addresses that carry a hash of their content: cached for ever, never stale."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class _Asset:
    content: bytes
    compressed: bytes
    media_type: str


class Assets:
    """All files of the folder, read once."""

    def __init__(self) -> None:
        self._assets: dict[str, _Asset] = {}
        self._addresses: dict[str, str] = {}
        for path in sorted(FOLDER.iterdir()):
            if path.is_file():
                self._add(path)

    def address(self, name: str) -> str:
        """ "chat.css" → "/static/chat.1a2b3c4d5e.css". Raises KeyError."""
        return self._addresses[name]

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/static/{name}", self._serve)

    def _add(self, path: Path) -> None:
        content = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._assets[name] = _Asset(content, gzip.compress(content, mtime=0), media_type)
        self._addresses[path.name] = f"/static/{name}"

    async def _serve(self, request: web.Request) -> web.Response:
        asset = self._assets.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        body = asset.content
        if "gzip" in request.headers.get("Accept-Encoding", "") and len(asset.compressed) < len(body):
            body = asset.compressed
            headers["Content-Encoding"] = "gzip"
        charset = "utf-8" if asset.media_type.startswith("text/") else None
        return web.Response(body=body, headers=headers, content_type=asset.media_type, charset=charset)
