"""Questions, documents, words and inquiries, as `hoidap import` and `hoidap export` know them."""

from __future__ import annotations

from bot.exchange.kinds import Kind
from knowledge.exchange import document_plan, entry_plan, examples, exporter, repeated, values
from knowledge.exchange.forms import DOCUMENTS, ENTRIES
from knowledge.exchange.inquiry_rows import INQUIRIES
from knowledge.exchange.words import WORDS

KINDS = (
    Kind(
        ENTRIES,
        values.ENTRY_PARSERS,
        repeated.repeated_entries,
        entry_plan.plan,
        exporter.of_entries,
        exporter.entry_cell,
        examples.ENTRIES,
    ),
    Kind(
        DOCUMENTS,
        values.DOCUMENT_PARSERS,
        repeated.repeated_documents,
        document_plan.plan,
        exporter.of_documents,
        exporter.document_cell,
        examples.DOCUMENTS,
    ),
    WORDS,
    INQUIRIES,
)
