"""`hoidap privacy-audit`: can people and opinions be laid side by side here?"""

from __future__ import annotations

import asyncio
import json
from argparse import Namespace
from dataclasses import asdict

from bot import privacy_audit
from bot.networks import key_folder
from bot.settings import Settings

NOTHING = "No opinion stands beside a person, and nothing is left of polls that are closed."


async def audit(settings: Settings, arguments: Namespace) -> int:
    """Exit code 1 where something links people and opinions. Works beside a running serve."""
    found = await asyncio.to_thread(
        privacy_audit.audit, settings.database_path, key_folder(settings), arguments.files
    )
    linked = any(finding.serious for finding in found)
    if arguments.json:
        print(
            json.dumps({"ok": not linked, "findings": [asdict(each) for each in found]}, ensure_ascii=False)
        )
        return int(linked)
    for finding in sorted(found, key=lambda each: not each.serious):
        print(f"{'!! ' if finding.serious else '   '}{finding.says}")
    if not linked:
        print(NOTHING)
    return int(linked)
