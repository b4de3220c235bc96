"""The starter knowledge holds together: form, references, lengths, sources and its regression questions."""

import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "knowledge/starter/documents.jsonl"
ENTRIES = ROOT / "knowledge/starter/entries.jsonl"
QUESTIONS = Path(__file__).parent / "fixtures/starter_questions.jsonl"
FILES = [DOCUMENTS, ENTRIES, QUESTIONS]

DOCUMENT_KEYS = {
    "number", "kind", "title", "issuer", "level", "issued_on", "summary", "topics", "address", "superseded_by",
}  # fmt: skip
ENTRY_KEYS = {"id", "question", "phrasings", "answer", "document", "topic"}
OPTIONAL_ENTRY_KEYS = {"detail", "article"}
KINDS = {"NQ": "Nghị quyết", "KL": "Kết luận", "CT": "Chỉ thị", "QH": "Nghị quyết"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return []


def cited(entry: dict[str, Any]) -> tuple[str, str]:
    return entry["document"]["number"], entry["document"]["issued_on"]


def has_accents(text: str) -> bool:
    return (
        any(unicodedata.combining(mark) for mark in unicodedata.normalize("NFD", text)) or "đ" in text.lower()
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_text_is_clean(path: Path) -> None:
    for row in rows(path):
        for text in texts(row):
            assert text, row
            assert text == unicodedata.normalize("NFC", text)
            assert text == " ".join(text.split()), "stray white space"
            assert not re.search(r"[\u200b-\u200f\u202a-\u202e\ufeff]", text), "invisible character"


def test_there_is_enough_to_try_the_bot_with() -> None:
    entries = rows(ENTRIES)
    assert len(entries) >= 80
    assert len({cited(entry) for entry in entries}) >= 20


def test_documents_have_their_form() -> None:
    for document in rows(DOCUMENTS):
        assert set(document) == DOCUMENT_KEYS
        assert document["level"] in {"Trung ương", "tỉnh", "xã"}
        assert document["topics"]
        mark = re.search(r"[-/](NQ|KL|CT|QH)", document["number"])
        assert mark is not None
        assert document["kind"] == KINDS[mark[1]]
        assert document["issued_on"] is None or date.fromisoformat(document["issued_on"])


def test_a_document_is_number_and_date_and_issuer() -> None:
    keys = [(row["number"], row["issued_on"], row["issuer"]) for row in rows(DOCUMENTS)]
    assert len(keys) == len(set(keys))
    of_that_number = {row["issued_on"] for row in rows(DOCUMENTS) if row["number"] == "18-NQ/TW"}
    assert of_that_number == {"2017-10-25", "2022-06-16"}, "the two that must never be confused"


def test_a_successor_is_a_document_that_we_hold() -> None:
    held = {(row["number"], row["issued_on"]) for row in rows(DOCUMENTS)}
    successors = [row["superseded_by"] for row in rows(DOCUMENTS) if row["superseded_by"]]
    assert {(row["number"], row["issued_on"]) for row in successors} <= held


def test_entries_have_their_form() -> None:
    for entry in rows(ENTRIES):
        assert set(entry) >= ENTRY_KEYS
        assert set(entry) <= ENTRY_KEYS | OPTIONAL_ENTRY_KEYS
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", entry["id"])
        assert entry["question"].endswith("?")
        assert len(entry["answer"]) <= 450, f"{entry['id']} does not fit one phone screen"
        assert entry["answer"].endswith(".")
        assert len(entry.get("detail", "")) <= 1_500


def test_ids_are_unique() -> None:
    ids = [entry["id"] for entry in rows(ENTRIES)]
    assert len(ids) == len(set(ids))


def test_every_entry_cites_a_document_that_we_hold() -> None:
    held = {(row["number"], row["issued_on"]) for row in rows(DOCUMENTS)}
    assert {cited(entry) for entry in rows(ENTRIES)} <= held


def test_no_wording_stands_under_two_entries() -> None:
    wordings = [
        wording.lower() for entry in rows(ENTRIES) for wording in [entry["question"], *entry["phrasings"]]
    ]
    assert len(wordings) == len(set(wordings))


def test_each_entry_is_asked_in_several_ways_and_once_without_accents() -> None:
    for entry in rows(ENTRIES):
        assert 3 <= len(entry["phrasings"]) <= 6
        assert any(not has_accents(phrasing) for phrasing in entry["phrasings"]), entry["id"]


def test_dates_in_answers_are_real_and_written_the_vietnamese_way() -> None:
    for entry in rows(ENTRIES):
        shown = " ".join(texts(entry))
        for day, month, year in re.findall(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", shown):
            assert (len(day), len(month)) == (2, 2), entry["id"]
            assert date(int(year), int(month), int(day))


def test_every_entry_says_where_its_fact_stands() -> None:
    listed = (ROOT / "docs/starter-sources.md").read_text(encoding="utf-8")
    sourced = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", listed, flags=re.MULTILINE))
    assert set(sourced) == {entry["id"] for entry in rows(ENTRIES)}
    assert all("eval/" in source or "http" in source for source in sourced.values())


def test_regression_questions_cover_every_entry_in_words_of_their_own() -> None:
    questions = rows(QUESTIONS)
    known = {w.lower() for entry in rows(ENTRIES) for w in [entry["question"], *entry["phrasings"]]}
    asked = [question for question in questions if question["expect"]]
    assert len(asked) >= 160
    assert len(questions) - len(asked) >= 25
    assert {id for question in asked for id in question["expect"]} == {entry["id"] for entry in rows(ENTRIES)}
    assert not {question["query"].lower() for question in questions} & known
    assert len({question["query"] for question in questions}) == len(questions)


def test_many_regression_questions_come_without_accents() -> None:
    asked = [question["query"] for question in rows(QUESTIONS) if question["expect"]]
    assert sum(not has_accents(query) for query in asked) * 5 >= len(asked) * 2
