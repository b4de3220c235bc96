"""temp"""
import json
from datetime import date
from pathlib import Path
from knowledge import documents, entries
KINDS=("entries","documents")
def _folder():
    return Path(documents.__file__).parent/"starter"
async def load_starter(db, clock):
    def load(tx):
        if tx.row("SELECT 1 FROM entries") or tx.row("SELECT 1 FROM documents"): return
        for l in (_folder()/"documents.jsonl").read_text().splitlines():
            d=json.loads(l)
            documents.save(tx, documents.DocumentDraft(d["number"],d["kind"],d["title"],d["issuer"],d["level"],date.fromisoformat(d["issued_on"]) if d["issued_on"] else None,d["summary"],d["address"],tuple(d["topics"]),"in force",None,True), clock.now())
        for l in (_folder()/"entries.jsonl").read_text().splitlines():
            e=json.loads(l); dd=e["document"]
            c=dd["number"]+(f" ngày {date.fromisoformat(dd['issued_on']):%d/%m/%Y}" if dd["issued_on"] else "")
            entries.save(tx, entries.EntryDraft(e["id"],e["question"],e["answer"],tuple(e["phrasings"]),e.get("detail") or "",c,e.get("article") or "","",e["topic"],"sample"), clock.now())
    await db.run(load)
async def import_(db,a): return 0
async def export(db,a): return 0
async def evaluate(db,a): return 0
