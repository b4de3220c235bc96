"""An administrator invites somebody to a role by a code; whoever sends the code first has the role."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.audience import invites, staff
from bot.audience.invites import Invitation
from bot.audience.staff import Member, Role
from bot.errors import InputError
from bot.model import Address, Inbound, Outcome, Reply, Tx, say
from bot.texts import linking
from bot.texts import roles as texts
from handlers.commands import code_after
from handlers.context import Context
from handlers.staff import placing
from handlers.wording import moment, plain
from knowledge.normalise import fold

WORD = "vaitro"
LONGEST = 200  # characters of a wish

_ROLE = "|".join(words.replace(" ", r"\s+") for words, _ in texts.SPOKEN_ROLES)
_WISH = re.compile(
    r"\s*/?moi\s+(?:dong\s+chi\s+)?+"
    rf"(?:(?P<name_first>\S.*?)\s+lam\s+(?P<role_last>{_ROLE})[\s.!]*"
    rf"|(?:lam\s+)?(?P<role>{_ROLE})\b[\s:,–-]*(?P<name>.*))",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom an administrator wants to invite, and where they belong; as typed, "" for what was not."""

    role: Role
    name: str
    unit: str = ""


def read(text: str) -> Wish | None:
    """ "mời biên tập Nguyễn Văn An, tổ dân phố 3", "moi Nguyen Van An lam bien tap"; None for another text."""
    found = _WISH.fullmatch(fold(text))
    if not found:
        return None
    role, name = ("role", "name") if found["role"] else ("role_last", "name_first")
    said = " ".join(found[role].lower().split())
    named, _, unit = text[found.start(name) : found.end(name)].partition(",")
    return Wish(dict(texts.SPOKEN_ROLES)[said], named.strip(), unit.strip())


def is_wish(inbound: Inbound) -> bool:
    short = inbound.kind == "text" and inbound.private and len(inbound.text) <= LONGEST
    return short and read(inbound.text) is not None


async def invite(inbound: Inbound, context: Context, member: Member) -> Outcome:
    """A code for the person named, in a message of its own, so that it can be forwarded as it is."""
    wish = read(inbound.text)
    if wish is None or not wish.name:
        return say(inbound.address, plain(texts.HOW_TO_INVITE))
    try:
        name = staff.name_from(wish.name)
        unit = await context.db.read(placing.one_unit, wish.unit, member.unit) if wish.unit else None
    except InputError as error:
        return say(inbound.address, plain(str(error)))
    code, now = context.codes.fresh(), context.clock.now()

    def make(tx: Tx) -> None:
        key = unit.key if unit else None
        invites.make(tx, context.codes, code, wish.role, name, key, member.key, now)

    until = moment(now + invites.LASTS, context.timezone)
    role = f"{texts.ROLES[wish.role]} ({unit.name})" if unit else texts.ROLES[wish.role]
    said = texts.INVITED.format(name=name, role=role, until=until)
    line = plain(texts.CODE_LINE.format(code=code))
    return say(inbound.address, plain(said), line, writes=(make,))


async def explain(inbound: Inbound, context: Context) -> Outcome:
    said = texts.HOW_TO_ACCEPT.format(organisation=context.organisation)
    return say(inbound.address, plain(said)) if inbound.private else Outcome()


async def accept(inbound: Inbound, context: Context) -> Outcome:
    """A code has been sent, by whoever has it."""
    me = Address(inbound.address.channel, inbound.sender)
    if not (inbound.private and inbound.sender):
        return say(inbound.address, plain(linking.ONLY_IN_PRIVATE, to=inbound))
    if me.channel in context.keeps_nobody:
        return say(inbound.address, plain(texts.INVITE_ELSEWHERE))
    if not context.codes.wrong["role"].allows(me):
        return say(inbound.address, plain(linking.TOO_MANY_TRIES))
    code, now = code_after(inbound, WORD) or "", context.clock.now()
    invitation = await context.db.read(invites.find, context.codes, code)
    if invitation is None:
        context.codes.wrong["role"].count(me)
        return say(inbound.address, plain(texts.INVITE_WRONG))
    if invitation.expires_at <= now:
        return say(inbound.address, plain(texts.INVITE_EXPIRED))
    present = await context.db.read(staff.member, context.admins, me)
    if present and staff.at_least(present.role, invitation.role):
        named = {"role": texts.ROLES[present.role], "offered": texts.ROLES[invitation.role]}
        return say(inbound.address, plain(texts.HAS_ROLE.format(**named)))

    def take(tx: Tx) -> None:
        invites.accept(tx, context.codes, code, context.admins, invitation, me, now)

    role = texts.ROLES[invitation.role]
    said = texts.ACCEPTED.format(role=role, may=texts.MAY[invitation.role], **context.words(me.channel))
    told = await _inviter(context, invitation)
    sends: list[tuple[Address, Reply]] = [(inbound.address, plain(said))]
    if told and told != me:
        sends.append((told, plain(texts.ACCEPTED_TOLD.format(name=invitation.name, role=role))))
    return Outcome(tuple(sends), (take,))


async def _inviter(context: Context, invitation: Invitation) -> Address | None:
    def find(tx: Tx) -> Address | None:
        by = staff.by_key(tx, context.admins, invitation.made_by) if invitation.made_by else None
        return staff.reachable(tx, by, context.networks) if by else None

    return await context.db.read(find)
