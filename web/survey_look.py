"""How a view of a poll becomes a page that may do nothing but show itself and post its own form."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from aiohttp import web

from bot.files import pictures
from bot.texts import polls as poll_texts
from bot.texts import survey_page as texts
from handlers.wording import counted
from surveys.suppression import LEAST
from web.assets import Assets
from web.survey_pages import View

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Look:
    """How a view becomes a page."""

    assets: Assets
    organisation: str
    public_url: str | None
    style: str = "\n".join(
        (TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("digest.css", "survey.css")
    )

    def response(self, view: View) -> web.Response:
        html = _template().render(
            view=view,
            texts=texts,
            polls=poll_texts,
            organisation=self.organisation,
            style=self.style,
            asset=self.assets.address,
            base=self.public_url,
            size=pictures.SIZES["preview"],
        )
        digest = base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
        headers = {
            "Content-Security-Policy": (
                f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; img-src 'self'; base-uri 'none'; "
                "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
            ),
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",  # not no-referrer: some browsers then hide the Origin of our own posts
            "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        response = web.Response(status=view.status, text=html, content_type="text/html", headers=headers)
        response.enable_compression()
        return response


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = counted
    environment.filters["decimal"] = lambda value: f"{value:.1f}".replace(".", ",")
    environment.globals["least"] = LEAST
    return environment.get_template("survey.html")
