"""Department settings: rows that staff change while the service runs, with defaults in code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Literal

from bot.audience import audit, duty, quiet
from bot.audience.quiet import Quiet
from bot.clock import stamp
from bot.errors import InputError, UsageError
from bot.model import Tx
from bot.texts import chat, officer, staff_settings


@dataclass(frozen=True, slots=True)
class Department:
    """What the department has decided; a threshold of None means the shipped one.

    Thresholds are probabilities (0..1). Retentions are days. oa_paid_window: whether the price of messages that an
    Official Account sends 48 hours to 7 days after somebody last wrote is accepted. four_eyes: nobody approves what they
    have written themselves. working_hours: when somebody is there to answer (duty.py).
    quiet_hours: when nothing goes out that nobody asked for (quiet.py).
    pause_unusual_polls: whether a poll pauses by itself when its flow of ballots looks unusual; approvers hear of it anyway.
    place: where the department is, before the date on what is printed ("Đà Lạt").
    report_form: official reports as the Party's offices write them ("đảng"), or those of the state ("nhà nước").
    report_superior: the office above, on them. report_symbol: of their numbers, after "BC" ("BTGDVTU").
    report_signer: who signs them ("TRƯỞNG BAN").
    """

    complaint_text: str = chat.COMPLAINT
    denunciation_text: str = chat.DENUNCIATION
    emergency_text: str = chat.EMERGENCY
    out_of_scope_text: str = officer.OUT_OF_SCOPE
    answer_threshold: float | None = None
    suggest_threshold: float | None = None
    group_answer_threshold: float | None = None
    question_log_days: int = 365
    finished_rows_days: int = 30
    oa_paid_window: bool = False
    four_eyes: bool = True
    working_hours: str = duty.OFFICE_HOURS
    quiet_hours: str = str(quiet.DEFAULT)
    place: str = ""
    pause_unusual_polls: bool = False
    report_form: Literal["party", "state"] = "party"
    report_superior: str = ""
    report_symbol: str = ""
    report_signer: str = staff_settings.SIGNER

    @property
    def quiet(self) -> Quiet:
        return quiet.parse(self.quiet_hours)


def names() -> list[str]:
    return [field.name for field in fields(Department)]


def load(tx: Tx) -> Department:
    """The rows over the defaults; a row that this version does not know is left alone."""
    written = {row["name"]: row["value"] for row in tx.rows("SELECT name, value FROM department_settings")}
    changed: dict[str, Any] = {name: _parse(name, written[name]) for name in names() if name in written}
    return replace(Department(), **changed)


def change(tx: Tx, name: str, value: str | None, now: datetime) -> None:
    """Set a department setting; None returns it to its default. Raises UsageError, InputError."""
    if name not in names():
        raise unknown(name)
    if value is None:
        tx.run("DELETE FROM department_settings WHERE name = :name", name=name)
    else:
        _parse(name, value)
        tx.run(
            """INSERT INTO department_settings (name, value, changed_at) VALUES (:name, :value, :now)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at""",
            name=name,
            value=value,
            now=stamp(now),
        )
    tx.run("UPDATE revisions SET number = number + 1 WHERE subject = 'settings'")
    audit.record(tx, None, "setting.changed", f"setting:{name}", now)


def unknown(name: str) -> UsageError:
    return UsageError(staff_settings.UNKNOWN.format(name=name, known=", ".join(names())))


def revision(tx: Tx) -> int:
    """Grows with every change, by whatever process."""
    row = tx.row("SELECT number FROM revisions WHERE subject = 'settings'")
    return int(row["number"]) if row else 0


def _parse(name: str, value: str) -> object:
    return _PARSERS[name if name in _PARSERS else name.rpartition("_")[2]](name, value)


def _text(name: str, value: str) -> str:
    if not value.strip():
        raise InputError(staff_settings.EMPTY.format(name=name))
    return value.strip()


def _share(name: str, value: str) -> float:
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0.0 < number <= 1.0:
        raise InputError(staff_settings.SHARE.format(name=name))
    return number


def _days(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 3650):
        raise InputError(staff_settings.DAYS.format(name=name))
    return int(value)


def _yes_or_no(name: str, value: str) -> bool:
    answer = {"có": True, "co": True, "yes": True, "không": False, "khong": False, "no": False}.get(
        value.strip().lower()
    )
    if answer is None:
        raise InputError(staff_settings.YES_OR_NO.format(name=name))
    return answer


def _hours(name: str, value: str) -> str:
    try:
        duty.shifts(value)
    except ValueError:
        raise InputError(staff_settings.HOURS.format(name=name, example=duty.OFFICE_HOURS)) from None
    return value.strip()


def _quiet(name: str, value: str) -> str:
    try:
        return str(quiet.parse(value))
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _form(name: str, value: str) -> object:
    form = {"đảng": "party", "dang": "party", "nhà nước": "state", "nha nuoc": "state"}.get(
        value.strip().lower()
    )
    if form is None:
        raise InputError(staff_settings.PARTY_OR_STATE.format(name=name))
    return form


_PARSERS: dict[str, Callable[[str, str], object]] = {
    "text": _text,
    "threshold": _share,
    "days": _days,
    "window": _yes_or_no,
    "eyes": _yes_or_no,
    "polls": _yes_or_no,
    "hours": _hours,
    "quiet_hours": _quiet,
    "place": _text,
    "superior": _text,
    "symbol": _text,
    "signer": _text,
    "form": _form,
}
