"""Setting up an Official Account without a terminal: `/zalo_verifier<code>.html`, and the consent at `/oauth/zalo`.

The consent begins with a secret link, and ends in the browser in which it began: with our state, by address or cookie.
"""

from __future__ import annotations

from typing import Protocol

from aiohttp import web

from bot.texts import zalo_oa as texts
from web import pages

COOKIE = "zalo_consent"
_LASTS = 3600  # seconds


class Consent(Protocol):
    """What the channel offers for it; see bot/channels/zalo_oa_consent.py."""

    callback: str
    challenge: str
    webhook: str

    def may_begin(self, shown: str) -> bool: ...

    def begin(self) -> tuple[str, str]: ...

    async def finish(self, code: str, oa_id: str, state: str) -> str: ...


def add_zalo(app: web.Application, verification: str | None, consent: Consent | None) -> None:
    """verification  the code of the domain verification, when it is set
    consent       where an Official Account is set up
    """
    if verification:
        page = _verification_page(verification)

        async def verify(request: web.Request) -> web.Response:  # noqa: ARG001
            return web.Response(text=page, content_type="text/html")

        app.router.add_get(f"/zalo_verifier{verification}.html", verify)
    if consent:
        app.router.add_get("/oauth/zalo", _Pages(consent).show)


class _Pages:
    def __init__(self, consent: Consent) -> None:
        self._consent = consent
        self._template = pages.template("zalo.html")

    async def show(self, request: web.Request) -> web.Response:
        query = request.query
        if "start" in query:
            return self._begin(query["start"])
        if "code" in query:
            # Some applications bring no state back; the cookie is then the proof that this browser began.
            state = query.get("state") or request.cookies.get(COOKIE, "")
            ending = await self._consent.finish(query["code"], query.get("oa_id", ""), state)
            return self._end(ending, 200 if ending == "done" else 400)
        if "error" in query or "error_code" in query:
            return self._end("denied", 200)
        return self._end("no link", 404)

    def _begin(self, shown: str) -> web.Response:
        if not self._consent.may_begin(shown):
            return self._end("no link", 404)
        state, address = self._consent.begin()
        fields = (
            (texts.FIELD_CALLBACK, self._consent.callback),
            (texts.FIELD_CHALLENGE, self._consent.challenge),
            (texts.FIELD_WEBHOOK, self._consent.webhook),
        )
        answer = self._page(200, fields=fields, address=address)
        secure = self._consent.callback.startswith("https:")
        # Lax: the way back from Zalo is a link that is followed.
        answer.set_cookie(
            COOKIE, state, max_age=_LASTS, path="/oauth/zalo", httponly=True, secure=secure, samesite="Lax"
        )
        return answer

    def _end(self, ending: str, status: int) -> web.Response:
        heading, words = texts.ENDINGS[ending]
        answer = self._page(status, address="", heading=heading, words=words)
        if ending == "done":
            answer.del_cookie(COOKIE, path="/oauth/zalo")
        return answer

    def _page(self, status: int, **values: object) -> web.Response:
        html = self._template.render(texts=texts, **values)
        return web.Response(text=html, content_type="text/html", status=status, headers=pages.SECRET)


def _verification_page(code: str) -> str:
    """As the file that Zalo's console gives: the code stands in its head."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n'
        f'<meta property="zalo-platform-site-verification" content="{code}" />\n'
        "</head>\n<body>\nThere Is No Limit To What You Can Accomplish Using Zalo!\n</body>\n</html>\n"
    )
