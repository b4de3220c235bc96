"""How a view of a poll becomes a page that may do nothing but show itself and post its own form."""

from __future__ import annotations

from dataclasses import dataclass, field

import jinja2
from aiohttp import web

from bot.files import pictures
from bot.texts import polls as poll_texts
from bot.texts import survey_page as texts
from surveys.polls import LONGEST_ANSWER
from surveys.suppression import LEAST
from web import pages
from web.assets import Assets
from web.pages import Style
from web.survey_pages import View


@dataclass(frozen=True, slots=True)
class Look:
    """How a view becomes a page."""

    assets: Assets
    organisation: str
    public_url: str | None
    template: jinja2.Template = field(default_factory=lambda: pages.template("survey.html"))
    style: Style = field(default_factory=lambda: pages.style("digest.css", "survey.css"))

    def response(self, view: View) -> web.Response:
        html = self.template.render(
            view=view,
            texts=texts,
            polls=poll_texts,
            organisation=self.organisation,
            style=self.style.text,
            asset=self.assets.address,
            base=self.public_url,
            least=LEAST,
            longest=LONGEST_ANSWER,
            size=pictures.SIZES["preview"],
        )
        return pages.page(
            html,
            status=view.status,
            listed=False,
            cache_control="no-store",
            styles=self.style.source,
            posts_forms="'self'",
        )
