"""What of the documents that are there a new one may be: the same one, one of the same number, one that it replaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.model import Tx
from knowledge import documents, identities
from knowledge.citations import Citations, all_citable
from knowledge.documents import Document, DocumentDraft
from knowledge.identities import Identities
from knowledge.normalise import fold
from knowledge.numbers import facts

_INSTEAD_OF = re.compile(r"\bthay the\s+(?:cho\s+)?(?P<what>.{3,200})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Twins:
    """same         the document that it is
    several      how many it may be, where its date does not tell
    same_number  others of this number and issuer, of another day
    replaced     published ones that it may stand in the place of
    """

    same: Document | None = None
    several: int = 0
    same_number: tuple[Document, ...] = ()
    replaced: tuple[Document, ...] = ()


def find(tx: Tx, draft: DocumentDraft, but: int | None = None) -> Twins:
    """`but` is the document itself, where it is there already."""
    known = [each for each in documents.all_documents(tx) if each.key != but]
    own = documents.identity(draft)
    fitting = Identities({documents.identity(each): each for each in known}).fitting(own)
    others = tuple(
        each
        for each in known
        if documents.identity(each)[::2] == own[::2] and draft.number and each not in fitting
    )
    same = fitting[0] if len(fitting) == 1 else None
    replaced = () if same else _replaced(tx, draft, known)
    return Twins(same, len(fitting) if len(fitting) > 1 else 0, others, replaced)


def _replaced(tx: Tx, draft: DocumentDraft, known: list[Document]) -> tuple[Document, ...]:
    """Those that it says it replaces, else those of the same title and issuer under another number."""
    text = f"{draft.title}. {draft.summary}"
    said = _INSTEAD_OF.search(fold(text))
    named: set[int] = set()
    if said:
        citations = Citations(all_citable(tx))
        for reference in facts(text[slice(*said.span("what"))]).references:
            if (key := citations.only(reference.text)) is not None:
                named.add(key)
    return tuple(
        each
        for each in known
        if each.status != "draft"
        and each.superseded_by is None
        and (each.key in named or (not named and _same_title(each, draft)))
    )


def _same_title(document: Document, draft: DocumentDraft) -> bool:
    pairs = ((document.title, draft.title), (document.issuer, draft.issuer))
    return all(identities.folded(one) == identities.folded(other) for one, other in pairs)
