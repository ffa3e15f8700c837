"""Words that should make a writer think again: house lists by concern, and the rules that they lean on."""

# ruff: noqa: RUF001  # a law is cited by its Chinese title, with its own brackets

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import CommunicationError
from repayplan.rules import Citation, Evidence, Force
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["WORDING_BASIS", "WordList", "WordLists", "WordingConcern", "words"]

_WORDS_MAX: Final = 500


class WordingConcern(Enumeration):
    """Why a wording is looked at."""

    THREATENING = "threatening"
    SHAMING = "shaming"
    DECEPTIVE = "deceptive"
    URGENT_PRESSURE = "urgent pressure"
    DISCLOSING = "disclosing"
    """Speaks of telling other people."""
    NAMES_DEBT = "names a debt"
    """Looked at only in a text that others may see or hear."""


_CN_MEASURES: Final = Citation(
    title="商业银行信用卡业务监督管理办法（银监会令2011年第2号）",
    article="第六十六、六十八、六十九条",
    effective_from=pendulum.date(2011, 1, 13),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="card issuers: no violence, threats or abuse; nobody but debtor and guarantor is contacted",
)
_REGULATION_F: Final = Citation(
    title="Regulation F (12 CFR 1006)",
    effective_from=pendulum.date(2021, 11, 30),
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="third-party collectors; good practice for creditors",
)

WORDING_BASIS: Final[Mapping[WordingConcern, Citation | None]] = {
    WordingConcern.THREATENING: _CN_MEASURES,
    WordingConcern.SHAMING: _CN_MEASURES,
    WordingConcern.DECEPTIVE: None,
    WordingConcern.URGENT_PRESSURE: Citation(
        title="FCA Handbook, CONC",
        article="7.3.4R, 7.3.5G, 7.3.10R",
        evidence=Evidence.SECONDARY,
        force=Force.LAW,
        applies_to="no pressure to pay in few unreasonable payments, too soon, by selling or borrowing",
    ),
    WordingConcern.DISCLOSING: _CN_MEASURES,
    WordingConcern.NAMES_DEBT: attrs.evolve(_REGULATION_F, article="1006.2(j)"),
}
"""The rule that each list leans on; None where no rule that was read has one. The words are ours."""


def _to_words(value: Sequence[str]) -> tuple[str, ...]:
    every = check_tuple(value, str, "words", maximum=_WORDS_MAX, error=CommunicationError)
    for place, word in enumerate(every):
        check_text(word, f"words[{place}]", error=CommunicationError)
    return every


@attrs.frozen
class WordList(Value):
    """The words of one concern in one language.

    Attributes:
        concern: Why they are looked at.
        words: Words and phrases, at least one and at most 500; compared without regard to case, accents,
            width and invisible characters.

    Raises:
        CommunicationError: There is no word, or one is not visible text.
    """

    concern: WordingConcern
    words: tuple[str, ...] = attrs.field(converter=_to_words)

    def __attrs_post_init__(self) -> None:
        """Check that there is something to look for."""
        check_instance(self.concern, WordingConcern, "concern")
        if not self.words:
            raise CommunicationError("words.empty", "words", "expected at least one word, got none")
        for place, word in enumerate(self.words):
            if not comparable(word):
                message = "expected letters: nothing of it is left to compare"
                raise CommunicationError("words.blank", f"words[{place}]", message)


def _to_lists(value: Sequence[WordList]) -> tuple[WordList, ...]:
    return check_tuple(value, WordList, "lists", maximum=len(WordingConcern), error=CommunicationError)


@attrs.frozen
class WordLists(Value):
    """The words of one language, for every concern.

    Attributes:
        lists: One list for each concern.
        apart: Whether the language writes words apart: an entry is then found as whole words only. Otherwise
            it is found anywhere, and blanks do not part it.
        prefixes: What may be written onto a word's front, such as the Arabic article.

    Raises:
        CommunicationError: A concern has no list, or two.
    """

    lists: tuple[WordList, ...] = attrs.field(converter=_to_lists)
    apart: bool = True
    prefixes: tuple[str, ...] = attrs.field(default=(), converter=_to_words)

    def __attrs_post_init__(self) -> None:
        """Check that it is complete."""
        check_instance(self.apart, bool, "apart")
        if {words.concern for words in self.lists} != set(WordingConcern) or len(self.lists) > len(
            WordingConcern
        ):
            message = "expected one list for each WordingConcern"
            raise CommunicationError("words.incomplete", "lists", message)

    def found_in(self, text: str, concern: WordingConcern) -> tuple[str, ...]:
        """Give the entries of a concern that a text has, in the list's own order, each once."""
        looked_at = comparable(text) if self.apart else comparable(text).replace(" ", "")
        entries = next(words.words for words in self.lists if words.concern is concern)
        if not _pattern(entries, self.apart, self.prefixes).search(looked_at):
            return ()
        return tuple(
            entry for entry in entries if _pattern((entry,), self.apart, self.prefixes).search(looked_at)
        )


@functools.lru_cache(maxsize=4_096)
def _pattern(entries: tuple[str, ...], apart: bool, prefixes: tuple[str, ...]) -> re.Pattern[str]:  # noqa: FBT001  # the key of the cache
    """Give a pattern that finds any of the entries."""
    wanted = [comparable(entry) for entry in entries]
    if not apart:
        return re.compile(_any_of([entry.replace(" ", "") for entry in wanted]))
    before = _any_of([comparable(prefix) for prefix in prefixes])
    return re.compile(rf"(?<!\w)(?:{before})?(?:{_any_of(wanted)})(?!\w)")


def _any_of(texts: list[str]) -> str:
    return "|".join(re.escape(text) for text in texts)


def comparable(text: str) -> str:
    """Bring a text to the form in which words are compared.

    Compatibility forms and case are folded, accents, vowel signs, the Arabic stretching line and invisible
    characters go, a curly apostrophe becomes a straight one, and any run of blanks becomes one.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (character for character in apart if unicodedata.category(character) not in {"Mn", "Cf"})
    return " ".join("".join(kept).replace("\u0640", "").replace("\u2019", "'").split())


def words(concern: WordingConcern, lines: str) -> WordList:
    """Make a list from entries that are parted by semicolons or line breaks."""
    parts = (part.strip() for line in lines.splitlines() for part in line.split(";"))
    return WordList(concern, [part for part in parts if part])
