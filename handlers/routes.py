"""Who handles what: the first line that matches."""

from __future__ import annotations

from collections.abc import Callable

from bot.dispatch import Route
from bot.model import Inbound
from handlers import (
    asking_officer,
    basics,
    browsing,
    buttons,
    claiming,
    code_alone,
    commands,
    deep_links,
    forward_reports,
    forwarding,
    group_codes,
    group_polls,
    group_setup,
    groups,
    linking,
    polls,
    privacy,
    questions,
    report_words,
    reports,
    subscribing,
    talks,
)
from handlers.context import Context
from handlers.expected import unless_expected
from handlers.introduction import introduced
from handlers.payloads import GROUP, GROUP_UNIT, KIT, POLL, REVIEW
from handlers.staff import (
    approving,
    booklet_words,
    booklets,
    desk,
    digest_lists,
    digests,
    document_cards,
    document_drafts,
    document_publishing,
    documents,
    feed_cards,
    feed_editing,
    feed_items,
    feeds,
    inquiries,
    inviting,
    journal,
    members,
    naming,
    placing,
    poll_follow_ups,
    poll_lists,
    poll_reports,
    referring,
    replacing,
    schedules,
    suggesting,
    superseding,
    urgent,
    weekly,
)
from handlers.staff import groups as staff_groups
from handlers.staff import polls as staff_polls
from handlers.staff.access import for_members
from handlers.talk_questions import TALK


def kind(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: inbound.kind == name


def command(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: commands.command(inbound) == name


def staff(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: commands.staff_command(inbound) == name


def pressed(*words: str) -> Callable[[Inbound], bool]:
    """A button whose payload begins with one of these words."""
    return lambda inbound: inbound.kind == "choice" and inbound.payload.split("/")[0] in words


def with_words(name: str) -> Callable[[Inbound], bool]:
    return lambda inbound: commands.asked(inbound, name) is not None


def code(word: str) -> Callable[[Inbound], bool]:
    return lambda inbound: commands.code_after(inbound, word) is not None


def for_officer(inbound: Inbound) -> bool:
    return commands.command(inbound) == "/gopy" or bool(commands.after_command(inbound, "gopy"))


ROUTES: tuple[Route[Context], ...] = (
    Route(kind("joined"), groups.joined),
    Route(kind("stopped"), basics.stopped),
    Route(kind("moved"), groups.moved),
    Route(kind("rights"), groups.rights),
    Route(kind("poll"), group_polls.told),
    # In groups: silent unless mentioned, replied to or commanded; or sure, where the group wants that.
    Route(lambda inbound: not inbound.addressed, groups.overhear),
    Route(pressed(TALK), introduced(for_members("collaborator", talks.press))),
    Route(pressed(reports.REPORT), introduced(for_members("collaborator", reports.press))),
    Route(pressed(KIT), introduced(forwarding.press)),
    Route(pressed(placing.PLACE), introduced(for_members("collaborator", placing.press))),
    Route(pressed(*members.WORDS), introduced(for_members("administrator", members.press))),
    Route(pressed(*superseding.WORDS), introduced(for_members("editor", superseding.press))),
    Route(pressed(feeds.FEED, feeds.FEEDS), introduced(for_members("editor", feeds.press))),
    Route(pressed(feed_cards.ITEM), introduced(for_members("editor", feed_items.press))),
    Route(pressed(replacing.REPLACE), introduced(for_members("editor", replacing.press))),
    Route(pressed(*inquiries.WORDS), introduced(for_members("collaborator", inquiries.press))),
    Route(pressed(*approving.WORDS), introduced(for_members("approver", approving.press))),
    Route(pressed(*digests.WORDS), introduced(for_members("approver", digests.press))),
    Route(pressed(schedules.SCHEDULE), introduced(for_members("approver", schedules.press))),
    Route(pressed(urgent.URGENT), introduced(for_members("editor", urgent.press))),
    Route(pressed(*documents.WORDS), introduced(for_members("editor", documents.press))),
    Route(pressed(document_cards.STORED), introduced(for_members("editor", document_drafts.press))),
    Route(pressed(document_cards.DECIDE), introduced(for_members("approver", document_publishing.decide))),
    Route(pressed(POLL), introduced(polls.press)),
    Route(pressed(staff_polls.DESK), introduced(for_members("editor", staff_polls.press))),
    Route(pressed(poll_reports.OPINION), introduced(for_members("editor", poll_reports.press))),
    Route(pressed(poll_follow_ups.FOLLOW_UP), introduced(for_members("approver", poll_follow_ups.press))),
    Route(pressed(REVIEW), introduced(for_members("editor", weekly.show))),
    Route(pressed(GROUP), group_setup.press),
    Route(pressed(GROUP_UNIT), group_setup.press_unit),
    Route(pressed(*staff_groups.WORDS), introduced(for_members("collaborator", staff_groups.press))),
    Route(pressed(subscribing.SUBSCRIPTION), introduced(subscribing.press)),
    Route(kind("choice"), introduced(buttons.press)),
    Route(referring.is_wordless_reply, introduced(for_members("collaborator", inquiries.only_text))),
    Route(kind("other"), introduced(basics.unreadable)),
    # Before everything that could keep the text: a code is nobody's question.
    Route(code(claiming.WORD), introduced(claiming.claim, of_staff=True)),
    Route(code(linking.WORD), introduced(linking.join, of_staff=True)),
    Route(code(inviting.WORD), introduced(inviting.accept, of_staff=True)),
    Route(code(group_codes.WORD), introduced(group_codes.take)),
    Route(lambda inbound: bool(commands.code_alone(inbound)), introduced(code_alone.take, of_staff=True)),
    # A reply to a card is its answer, whatever else its words could mean.
    Route(referring.is_about, introduced(for_members("collaborator", inquiries.handle))),
    Route(group_setup.is_wish, group_setup.open_),
    Route(command("/thietlap"), group_setup.explain),
    Route(command("/quantri"), claiming.explain),
    Route(command("/vaitro"), inviting.explain),
    Route(command("/lienket"), introduced(linking.give_code)),
    Route(command("/bolienket"), introduced(linking.leave)),
    Route(deep_links.is_document, introduced(deep_links.document)),
    Route(polls.is_link, introduced(polls.from_link)),
    Route(deep_links.is_kit, introduced(deep_links.kit)),
    Route(command("/start"), basics.start),
    Route(command("/help"), introduced(basics.help_)),
    Route(with_words(browsing.COMMAND), introduced(browsing.browse)),
    Route(with_words(polls.COMMAND), introduced(polls.show)),
    Route(for_officer, introduced(asking_officer.begin)),
    Route(command("/dangky"), introduced(subscribing.subscribe)),
    Route(command("/huydangky"), introduced(subscribing.stop)),
    Route(forwarding.is_wish, introduced(forwarding.show)),
    Route(command("/riengtu"), privacy.privacy),
    Route(command("/xoadulieu"), privacy.erase),
    # Words of members; from anybody else they are what they look like: an unknown command, or a question.
    Route(staff("viec"), introduced(for_members("collaborator", desk.show))),
    Route(staff("thanhvien"), introduced(for_members("administrator", members.show))),
    Route(staff("nhatky"), introduced(for_members("administrator", journal.show))),
    Route(staff("nhom"), introduced(for_members("collaborator", staff_groups.show))),
    Route(group_codes.is_wish, introduced(for_members("collaborator", group_codes.give))),
    Route(inviting.is_wish, introduced(for_members("administrator", inviting.invite))),
    Route(staff("donvi"), introduced(for_members("collaborator", placing.show))),
    Route(placing.is_named, introduced(for_members("collaborator", placing.name))),
    Route(staff("nguontin"), introduced(for_members("editor", feeds.show))),
    Route(feeds.is_order, introduced(for_members("editor", feeds.add))),
    Route(feed_editing.is_order, introduced(for_members("editor", feed_editing.edit))),
    Route(replacing.is_wish, introduced(for_members("editor", replacing.wish))),
    Route(poll_lists.is_wish, introduced(poll_lists.show)),
    Route(staff("bantin"), introduced(for_members("approver", digest_lists.show))),
    Route(staff("lichbantin"), introduced(for_members("approver", schedules.show))),
    Route(schedules.is_wish, introduced(for_members("approver", schedules.wish))),
    Route(urgent.is_wish, introduced(for_members("editor", urgent.wish))),
    Route(documents.is_wish, introduced(for_members("editor", documents.begin))),
    Route(poll_reports.is_wish, introduced(for_members("editor", poll_reports.ask))),
    Route(poll_follow_ups.is_wish, introduced(for_members("editor", poll_follow_ups.write))),
    Route(staff("buoi"), introduced(for_members("collaborator", talks.note))),
    Route(talks.is_line, introduced(for_members("collaborator", talks.note))),
    Route(forward_reports.is_report, introduced(for_members("collaborator", forward_reports.take))),
    Route(report_words.is_wish, introduced(for_members("collaborator", reports.ask))),
    Route(staff("baocao"), introduced(for_members("collaborator", reports.show))),
    Route(suggesting.is_proposal, introduced(for_members("collaborator", suggesting.propose))),
    Route(naming.is_name, introduced(for_members("collaborator", naming.rename))),
    Route(booklet_words.is_order, introduced(for_members("editor", booklets.send))),
    Route(commands.is_not_open, introduced(basics.not_open)),
    Route(lambda inbound: bool(commands.command(inbound)), introduced(basics.unknown_command)),
    Route(with_words(subscribing.COMMAND), introduced(subscribing.subscribe)),
    Route(kind("text"), introduced(unless_expected(polls.unless_code(questions.ask)))),
)
