"""Everything that can go wrong and that somebody reacts to.

    HoidapError
    ├── SettingsError     the configuration is wrong: the start stops with this sentence (exit code 2)
    ├── InputError        what a member of staff handed in is wrong: the sentence says what to do (exit code 1)
    │   └── UsageError        a command cannot mean that: no such file, no such name (exit code 2)
    ├── StorageError      nothing was written; the caller must not acknowledge anything
    │   ├── DatabaseInUse     another `serve` holds the file
    │   └── DatabaseNewer     written by a newer version of the program
    ├── PictureError      a picture cannot be made; what it belongs to goes without it
    ├── SealBroken        a transient payload cannot be opened: its key is gone or it was tampered with
    ├── ChannelOff        a platform refuses a channel's settings; it is asked again now and then, the others go on
    └── SendError         the platform did not take a message; says whether and when to try again

Messages never contain a token, a key or the text of a message.
"""

from __future__ import annotations

from typing import Literal


class HoidapError(Exception):
    """Base of all; `str(error)` is one sentence for a person."""


class SettingsError(HoidapError):
    """A deployment setting is unknown or has a bad value."""


class InputError(HoidapError):
    """A file or a command of a member of staff cannot be used as it is."""


class UsageError(InputError):
    """A command was called with something that does not exist."""


class StorageError(HoidapError):
    """The database could not do it (full, read-only, busy); nothing of it was written."""


class DatabaseInUse(StorageError):
    """Another `serve` works on this database file."""


class DatabaseNewer(StorageError):
    """The database has migrations that this program does not know."""


class PictureError(HoidapError):
    """A card, a chart or a QR code cannot be drawn: no font, an address that is too long."""


class SealBroken(HoidapError):
    """A sealed payload cannot be opened with the keys at hand."""


class ChannelOff(HoidapError):
    """Wrong token, forbidden bot …: trying again soon changes nothing; somebody has to put it right, here or there."""


class SendError(HoidapError):
    """A platform refused a call or could not be reached; only the outbox decides what follows.

    retryable    the same call may succeed later
    retry_after  seconds that the platform asked us to wait, else None
    scope        what has to wait: this conversation only, or the whole channel
    gone         we may not write there any more (blocked, kicked, deleted)
    forbidden    we are still in the group, and may not write there until its administrators allow it
    closed       not now, by the platform's rules (nobody wrote there for days): held until they write, not unsubscribed
    moved_to     the conversation's new name (a group that became a supergroup), else ""
    uncertain    the call may have been executed all the same: no answer came, or a broken one
    """

    def __init__(
        self,
        reason: str,
        *,
        retryable: bool,
        retry_after: float | None = None,
        scope: Literal["conversation", "channel"] = "conversation",
        gone: bool = False,
        forbidden: bool = False,
        closed: bool = False,
        moved_to: str = "",
        uncertain: bool = False,
    ) -> None:
        super().__init__(reason)
        self.retryable = retryable
        self.retry_after = retry_after
        self.scope = scope
        self.gone = gone
        self.forbidden = forbidden
        self.closed = closed
        self.moved_to = moved_to
        self.uncertain = uncertain
