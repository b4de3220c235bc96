"""Commands: "/help", the same as words where a network knows no slash ("trợ giúp"), and words that come with a code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.audience import codes
from bot.model import Inbound
from bot.texts import chat, desk
from knowledge.normalise import Words, clean, fold, words

# A command's name and words that mean it; several lines where several do.
Wordings = tuple[tuple[str, str], ...]

# Said after a command out of politeness; folded. "a" is also how "ạ" is typed without accents.
_POLITE = frozenset(
    ("a", "nhe", "nha", "nhi", "voi", "di", "oi", "anh", "chi", "em", "ban", "bot", "ad", "admin")
)
_LONGEST = 60  # characters: what is longer is no command
_LONGEST_WITH_WORDS = 200
# A code as it is shown, with whatever dash: the one thing that nobody types by chance.
_CODE = re.compile(r"(?<![a-z0-9])[a-z0-9]{3}[-‐‑–—][a-z0-9]{3}[-‐‑–—][a-z0-9]{3}(?![a-z0-9])")
_LOOKS_LIKE_CODE = re.compile(r"[a-z0-9]{2,5}(?:-[a-z0-9]{1,5})+")
_NOT_WORDS = re.compile(r"^[^\w/]+")


def command(inbound: Inbound) -> str:
    """ "/help" of "/help", "/help@OurBot" and "/HELP something"; "" for what is no command."""
    if inbound.kind != "text" or not inbound.text.startswith("/"):
        return ""
    return inbound.text.split(maxsplit=1)[0].partition("@")[0].lower()


def is_not_open(inbound: Inbound) -> bool:
    return command(inbound)[1:] in chat.NOT_OPEN_COMMANDS


def spoken(text: str) -> str:
    """ "/help" of "Trợ giúp ạ!", "tro giup" and "trogiup"; the text itself when it is more than a command, or a question."""
    name = named(text, (*chat.SPOKEN_COMMANDS.items(), *chat.ALSO_SPOKEN, *chat.NOT_OPEN_COMMANDS.items()))
    return f"/{name}" if name else text


def staff_command(inbound: Inbound) -> str:
    """ "viec" of "/viec", "việc của tôi" and "viec", whoever says it; "" for anything else."""
    if inbound.kind != "text" or not inbound.private:
        return ""
    if slash := command(inbound):
        return slash[1:] if slash[1:] in dict(desk.STAFF_COMMANDS) else ""
    return _staff_words(inbound.text)


def named(text: str, wordings: Wordings) -> str:
    """The command whose words (or whose name) the text is, and nothing more; "" when it is none, or a question."""
    if len(text) > _LONGEST or "?" in text:
        return ""
    said = _said(text)
    pairs = list(zip(said.folded, said.marked, strict=True))
    while pairs and pairs[-1][0] in _POLITE:
        pairs.pop()
    name, wording = _forms(wordings).get("".join(bare for bare, _ in pairs), ("", ""))
    meant = words(wording)
    if len(pairs) == len(meant.folded) and _is_another_word([mark for _, mark in pairs], meant.marked):
        return ""
    return name


def asked(inbound: Inbound, name: str) -> str | None:
    """What comes after a command that takes words: "đất đai" of "/tracuu đất đai" and of "Tra cứu đất đai".

    "" for the command alone; None when the message is something else.
    """
    if inbound.kind != "text" or len(inbound.text) > _LONGEST_WITH_WORDS:
        return None
    if inbound.text.startswith("/"):
        return inbound.text.partition(" ")[2].strip() if command(inbound) == f"/{name}" else None
    meant, beginning = _beginning(name)
    found = beginning.match(fold(inbound.text))
    if not found:
        return None
    said = words(inbound.text[: found.end()])
    if len(said.marked) == len(meant.marked) and _is_another_word(said.marked, meant.marked):
        return None
    return inbound.text[found.end() :].strip()


def after_command(inbound: Inbound, name: str) -> str:
    """What follows a command: "đường hỏng" of "/gopy đường hỏng" and of "Góp ý: đường hỏng"; "" where nothing does."""
    text = inbound.text.strip()
    if text.startswith("/"):
        word, *rest = text.split(maxsplit=1)
        return rest[0].strip() if rest and word.partition("@")[0].lower() == f"/{name}" else ""
    said, colon, rest_of_it = text.partition(":")
    meant = colon and named(said, tuple(chat.SPOKEN_COMMANDS.items())) == name
    return rest_of_it.strip() if meant else ""


def code_after(inbound: Inbound, word: str) -> str | None:
    """What comes after the word: "7KC9MXT4F" of "lienket 7KC-9MX-T4F", of "/lienket …" and of "Liên kết: … nhé".

    "" for something there that looks like a code and is none; None when the message is something else. `word` is
    folded, in one piece.
    """
    if inbound.kind != "text" or len(inbound.text) > _LONGEST:
        return None
    text, folded = _from_first_word(inbound.text)
    if text.startswith("/"):
        name, _, rest = text.partition(" ")
        return _code_in(rest) if name.partition("@")[0] == f"/{word}" and rest.strip() else None
    found = _as_typed(word).match(folded)
    if not found:
        return None
    rest = text[found.end() :]
    if code := _code_in(rest):
        return code
    alone = found.end() == len(text) or not rest[0].isalnum()
    shown = rest.strip(" .:;,“”\"'")
    return "" if alone and " " not in found[0] and _LOOKS_LIKE_CODE.fullmatch(shown) else None


def code_alone(inbound: Inbound) -> str:
    """A code without its word: "7KC9MXT4F" of "7KC-9MX-T4F" and of "mã của tôi là 7kc-9mx-t4f"; "" where there is none."""
    if inbound.kind != "text" or len(inbound.text) > _LONGEST:
        return ""
    if command(inbound) == "/start":  # of a link: t.me/…?start=7KC9MXT4F
        return codes.read(inbound.text.partition(" ")[2])
    found = _CODE.search(fold(_plain(inbound.text)))
    code = codes.read(found[0]) if found else ""
    return code if not code.isdigit() else ""  # numbers alone may be anybody's telephone


# The routes ask about one message one after another: each reading serves them all, and is gone with the next message.


@lru_cache(maxsize=1)
def _staff_words(text: str) -> str:
    return named(text, desk.STAFF_COMMANDS)


@lru_cache(maxsize=1)
def _said(text: str) -> Words:
    return words(text)


@lru_cache(maxsize=1)
def _plain(text: str) -> str:
    """Cleaned, with letters and digits of double width as the others."""
    return clean(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=1)
def _from_first_word(text: str) -> tuple[str, str]:
    """Plain, from its first word on; and the same folded."""
    text = _NOT_WORDS.sub("", _plain(text))
    return text, fold(text)


def _code_in(text: str) -> str:
    """The code that the text is, or that stands in it as it was shown."""
    if code := codes.read(text):
        return code
    found = _CODE.search(fold(text))
    return codes.read(found[0]) if found else ""


def _is_another_word(said: Sequence[str], meant: Sequence[str]) -> bool:
    """Whether accents make another word of a syllable: "liền kề" is not "liên kết", "riềng tư" not "riêng tư"."""
    return any(mark and mark != right for mark, right in zip(said, meant, strict=True))


@cache
def _beginning(name: str) -> tuple[Words, re.Pattern[str]]:
    """The words of a command that takes some, and how a text begins with them."""
    meant = words((chat.SPOKEN_COMMANDS | chat.GROUP_COMMANDS)[name])
    typed = " ?".join(re.sub(r"[iy]$", "[iy]", syllable) for syllable in meant.folded)  # "đăng ký", "đăng kí"
    return meant, re.compile(rf"\W*{typed}\b[\s:,.–-]*", re.IGNORECASE)


@cache
def _as_typed(word: str) -> re.Pattern[str]:
    """ "lien ket" as well as "lienket"."""
    return re.compile(r" ?".join(word))


@cache
def _forms(wordings: Wordings) -> dict[str, tuple[str, str]]:
    """Folded and in one piece to the name and its words: people type "tro giup" as well as "trogiup" and "help"."""
    forms = {name: (name, "") for name, _ in wordings}
    return forms | {"".join(words(said).folded): (name, said) for name, said in wordings}
