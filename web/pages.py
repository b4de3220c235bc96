"""What our pages have in common: the templates they are made from, and what a browser may do with them."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
from aiohttp import web
from markupsafe import Markup, escape

from bot.texts.numbers import counted, decimal
from handlers.wording import day

FOLDER = Path(__file__).parent / "templates"

# Where the address itself is a secret: nobody keeps what is there, and no other site is told where its reader comes from.
SECRET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}

_HYPHENATED = re.compile(r"\w+(?:-\w+)+(?:/\w+)*")


@dataclass(frozen=True, slots=True)
class Style:
    """A style that stands in the page itself, which is one request less on a slow line; `source` admits it and no other."""

    text: str
    source: str


def style(*names: str) -> Style:
    text = "\n".join((FOLDER / name).read_text(encoding="utf-8").strip() for name in names)
    return Style(text, f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")


def template(name: str) -> jinja2.Template:
    """Compiled once. It escapes what it is given, and raises where it is not given something."""
    return _environment().get_template(name)


def page(
    html: str,
    *,
    status: int = 200,
    listed: bool,
    cache_control: str,
    styles: str = "'self'",
    connects: str = "'none'",
    posts_forms: str = "'none'",
) -> web.Response:
    """A page that anybody may open: it runs our own scripts, and stands in nobody's frame.

    listed  whether search engines may find it
    styles, connects, posts_forms  sources as a Content-Security-Policy names them
    """
    policy = (
        f"default-src 'none'; script-src 'self'; style-src {styles}; img-src 'self'; connect-src {connects}; "
        f"base-uri 'none'; form-action {posts_forms}; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cache-Control": cache_control,
        "Referrer-Policy": "same-origin",  # not no-referrer: some browsers then hide the Origin of our own posts
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    }
    if not listed:
        headers["X-Robots-Tag"] = "noindex"
    response = web.Response(status=status, text=html, content_type="text/html", headers=headers)
    response.enable_compression()
    return response


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # a file that an update has just replaced does not fit the code that still runs
    )
    environment.filters |= {"counted": counted, "day": day, "decimal": decimal, "unbroken": _unbroken}
    return environment


def _unbroken(text: str) -> Markup:
    """No line ends within a number such as 57-NQ/TW."""
    escaped = str(escape(text))  # as a Markup it would have what is put into it escaped too
    return Markup(_HYPHENATED.sub(r'<span class="number">\g<0></span>', escaped))  # noqa: S704 - escaped above
