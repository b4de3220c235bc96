"""Files that are made when somebody asks for them, at addresses that are secrets: nothing of them is stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.errors import StorageError
from bot.files.attachments import Attachment
from web.pages import SECRET
from web.posts import page_busy

_SHOWN = {"text/html": "text/html; charset=utf-8", "image/png": "image/png"}


def add_files(
    app: web.Application,
    folder: str,
    names: str,
    file: Callable[[str], Awaitable[Attachment]],
    refusal: str,
) -> None:
    """
    names    a regular expression of the names that can be asked for
    file     of such a name; raises FileNotFoundError
    refusal  what is said then
    """

    async def give_out(request: web.Request) -> web.Response:
        try:
            found = await file(request.match_info["name"])
        except FileNotFoundError:
            return web.Response(status=404, text=refusal, headers=SECRET)
        except StorageError as error:
            raise page_busy() from error
        return web.Response(body=found.content, headers={**SECRET, **_kind(found)})

    app.router.add_get(rf"/{folder}/{{name:{names}}}", give_out)


def _kind(file: Attachment) -> dict[str, str]:
    """A page and a picture are shown, anything else is kept under its name."""
    if shown := _SHOWN.get(file.media_type):
        return {"Content-Type": shown}
    return {
        "Content-Type": file.media_type,
        "Content-Disposition": f'attachment; filename="{file.name}"',
    }
