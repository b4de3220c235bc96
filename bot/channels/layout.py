"""Lays a reply out for a network: messages within its limits, buttons or numbered lines. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from bot.channels.base import Limits
from bot.model import Choice, Part, Picture, Text

Units = Literal["utf-16", "code points"]

# Where a long text may be cut, best first: between paragraphs, lines, sentences, words.
_BREAKS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"\s*\n\s*"),
    re.compile(r"(?<=[.!?…;])\s+"),
    re.compile(r"\s+"),
)
# A break nearer to the start than this share of a message is passed over for a lesser break further on:
# a heading alone in its message helps nobody.
_LEAST_FILLED = 0.3

# A label is cut between words, unless that takes away more than the rest of this share.
_LEAST_KEPT = 0.8

_ZERO_WIDTH_JOINER = "\u200d"


def fit(reply: Text, limits: Limits, hint: str = "") -> list[Text]:
    """The messages that say `reply` on a network with these limits, in order; never empty.

    Cut at paragraphs, else lines, sentences, words, else between two characters as people see them; white space
    at a cut is dropped, a style that is cut goes on in the next message. Choices stay under the last message, and
    `reply_to` with the first. Without buttons the choices become numbered lines at the end. A label that is too long for
    a button stands whole in such a line, and the button has its number; so does its whole list then, without what `leads`
    on from it. With more choices than buttons all become lines and
    some are buttons too, where a number can be typed; else only those are kept: what `leads` on, then the first ones.

    hint  what to do with numbers that have no button; it stands below the lines
    """
    reply = _with_choices_laid(reply, limits, hint)
    cuts = _cuts(reply.plain, limits)
    pieces = [Text(_slice(reply.parts, start, end)) for start, end in cuts] or [Text(())]
    pieces[0] = replace(pieces[0], reply_to=reply.reply_to)
    pieces[-1] = replace(pieces[-1], choices=reply.choices)
    return pieces


def fit_picture(picture: Picture, limits: Limits, hint: str = "") -> Picture:
    """The picture with words that the network takes below it: choices stay whole, the caption makes room for them."""
    words = Text((Part(picture.caption),), picture.choices)
    laid = _with_choices_laid(words, caption_limits(limits), hint)
    if (too_long := size(laid.plain, limits.units) - limits.caption) > 0:
        least = size(picture.caption, limits.units) - too_long
        words = replace(words, parts=(Part(shorten(picture.caption, least, limits.units)),))
        laid = _with_choices_laid(words, caption_limits(limits), hint)
    return replace(picture, caption=shorten(laid.plain, limits.caption, limits.units), choices=laid.choices)


def caption_limits(limits: Limits) -> Limits:
    """What holds for the choices below a picture."""
    return limits if limits.picture_buttons else replace(limits, buttons=0)


def words_of(picture: Picture) -> Text:
    """What is said in place of a picture that cannot be sent."""
    return Text((Part(picture.caption or picture.alt or picture.name),), picture.choices)


def numbered_payloads(choices: Sequence[Choice], limits: Limits) -> list[str]:
    """What "1", "2" … mean below a reply with these choices: payloads in the order of `fit`'s numbers."""
    numbered = [choice for choice in choices if not choice.url]
    if limits.buttons and not limits.numbers:
        return []
    if len(choices) <= limits.buttons:
        numbered = _listed(choices, limits)
    return [choice.payload for choice in numbered]


def shorten(text: str, room: int, units: Units = "code points") -> str:
    """`text`, or its beginning and "…", in at most `room` units (at least 1)."""
    if size(text, units) <= room:
        return text
    if room <= 1:
        return "…"
    end = _hard_end(text, 0, _furthest(text, 0, room - 1, units))
    if not text[end].isspace() and (word := text.rfind(" ", 0, end)) >= end * _LEAST_KEPT:
        end = word
    return text[:end].rstrip() + "…"


def size(text: str, units: Units) -> int:
    """The length of `text` as a network counts it."""
    return len(text) if units == "code points" else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _with_choices_laid(reply: Text, limits: Limits, hint: str) -> Text:
    if limits.numbers and len(reply.choices) > limits.buttons > 0:
        return _with_lines_and_buttons(reply, limits, hint)
    if limits.buttons:
        return _with_long_labels_listed(replace(reply, choices=_pressed(reply.choices, limits)), limits)
    return _with_lines(reply, hint) if reply.choices else reply


def _with_long_labels_listed(reply: Text, limits: Limits) -> Text:
    """A phone shows the beginning of a long label only: nobody should have to press to read what it says."""
    listed = _listed(reply.choices, limits)
    lines: list[str] = []
    choices: list[Choice] = []
    for choice in reply.choices:
        label = _one_line(choice.label)
        if choice in listed:
            lines.append(f"{len(lines) + 1}. {label}")
            label = lines[-1]
        choices.append(_labelled(choice, shorten(label, limits.label, limits.units)))
    return replace(reply, parts=_and_lines(reply, lines), choices=tuple(choices))


def _listed(choices: Sequence[Choice], limits: Limits) -> list[Choice]:
    """Those that stand in a line, for the sake of a label that is too long for its button."""
    long = [choice for choice in choices if not choice.url and _is_long(choice, limits)]
    return (
        [choice for choice in choices if not choice.url and (choice in long or not choice.leads)]
        if long
        else []
    )


def _labelled(choice: Choice, label: str) -> Choice:
    return choice if choice.label == label else replace(choice, label=label)


def _is_long(choice: Choice, limits: Limits) -> bool:
    return size(_one_line(choice.label), limits.units) > limits.label


def _with_lines_and_buttons(reply: Text, limits: Limits, hint: str) -> Text:
    numbered = [
        _labelled(choice, shorten(f"{number}. {_one_line(choice.label)}", limits.label, limits.units))
        for number, choice in enumerate((each for each in reply.choices if not each.url), start=1)
    ]
    return replace(_with_lines(reply, hint), choices=_pressed(numbered, limits))


def _pressed(choices: Sequence[Choice], limits: Limits) -> tuple[Choice, ...]:
    """Those that get one of too few buttons, in the order in which they were given."""
    positions = sorted(range(len(choices)), key=lambda at: not choices[at].leads)[: limits.buttons]
    return tuple(choices[at] for at in sorted(positions))


def _with_lines(reply: Text, hint: str) -> Text:
    """Addresses stand below what is numbered: in between they would break the list."""
    numbered = [choice for choice in reply.choices if not choice.url]
    lines = [f"{number}. {_one_line(choice.label)}" for number, choice in enumerate(numbered, start=1)]
    lines += [f"{_one_line(choice.label)}: {choice.url}" for choice in reply.choices if choice.url]
    if hint and numbered:
        lines += ["", hint]
    return replace(reply, parts=_and_lines(reply, lines), choices=())


def _and_lines(reply: Text, lines: list[str]) -> tuple[Part, ...]:
    if not lines:
        return reply.parts
    return (*reply.parts, Part(("\n\n" if reply.plain.strip() else "") + "\n".join(lines)))


def _one_line(label: str) -> str:
    return " ".join(label.split())


def _cuts(text: str, limits: Limits) -> list[tuple[int, int]]:
    """Ranges of code points, each within the limit, that together hold all but the white space at cuts."""
    cuts: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        furthest = end = following = _furthest(text, start, limits.text, limits.units)
        if furthest < len(text):
            end, following = _break(text, start, furthest)
        if text[start:end].strip():
            cuts.append((start, end))
        start = following
    return cuts


def _furthest(text: str, start: int, room: int, units: Units) -> int:
    """The greatest end such that text[start:end] has at most `room` units (at least one character, to go on)."""
    end = min(start + max(room, 1), len(text))
    if units == "utf-16":
        held = text[start:end].encode("utf-16-le", "surrogatepass")[: 2 * room]
        # "ignore" drops the half of a pair that the limit cuts off.
        end = start + max(len(held.decode("utf-16-le", "ignore")), 1)
    return end


def _break(text: str, start: int, furthest: int) -> tuple[int, int]:
    """(end of this message, start of the next): the last of the best breaks that leaves no message near-empty."""
    least = start + int((furthest - start) * _LEAST_FILLED)
    for pattern in _BREAKS:
        found = None
        for match in pattern.finditer(text, start):
            if match.start() > furthest:
                break
            if match.start() >= least or match.end() > furthest:
                found = match
        if found:
            return found.start(), found.end()
    end = _hard_end(text, start, furthest)
    return end, end


def _hard_end(text: str, start: int, end: int) -> int:
    """The last place up to `end` that is not inside a character as people see it."""
    for place in range(end, start, -1):
        if not _joined(text, place):
            return place
    return end  # one endless "character" (hundreds of combining marks): cut it anyway


def _joined(text: str, place: int) -> bool:
    """Whether text[place - 1] and text[place] are shown as one: accents, emoji with skin, family or flag."""
    if place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    if _ZERO_WIDTH_JOINER in (before, after) or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    if not (_regional(before) and _regional(after)):
        return False
    flags = place
    while flags and _regional(text[flags - 1]):
        flags -= 1
    return (place - flags) % 2 == 1


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _slice(parts: Sequence[Part], start: int, end: int) -> tuple[Part, ...]:
    """The runs of `parts` between two positions in their joined text."""
    runs, at = [], 0
    for part in parts:
        piece = part.text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            runs.append(part if piece == part.text else replace(part, text=piece))
        at += len(part.text)
    return tuple(runs)
