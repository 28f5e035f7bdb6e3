"""What a card states about a setting of the code: the places where it names the thing and gives a value.

A value counts only right beside its name (`max_depth: 4`, `| max_depth | 4 |`, `100 trees`): a number that merely occurs
in a card says nothing. Lines about how something was before are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from readiness.rulebook import knowledge
from readiness.rulebook.knowledge_forms import NamedSetting

MAX_LINE = 1_000
"""A longer line is no sentence and no row that anybody reads."""

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?(?:\s?%)?"
_BESIDE = r"[\s`*_\"']*(?:\|[\s`*_\"']*|[:=≈~][\s`*_\"']*|(?:is|of|was|set to|is set to|equals|at)\s+[`*]*)?"
_ASSIGNED = r"[\s`*_\"']*[|:=][\s`*_\"']*"
_AHEAD = re.compile(rf"(?<![\w.,/:=-])(?P<value>{_NUMBER})(?:\s+|-)[`*]*$")
_HELD = re.compile(rf"(?:@\s*{_NUMBER}|\bat\s+{_NUMBER}(?<=%))\s*[`*]*$")
"""In front of a name: it is held at a value, as in `Recall @ 80% Precision`, and what follows is the value of another."""
_VALUE = re.compile(rf"(?P<value>v?\d+(?:\.\d+){{2,}}[\w-]*|{_NUMBER}|[A-Za-z][\w.+/-]*)(?![\w%/])(?![.,]\d)")
_CELL = re.compile(r"(?:(?<=\|)|^(?=[^|]))[\s*_`]*(?P<cell>[^|]*?)[\s*_`]*(?=\||$)")
_HASH = re.compile(r"(?<![0-9A-Za-z])[0-9a-fA-F]{32}(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{32})?(?![0-9A-Za-z])")
_VERSION = r"\d+(?:\.\d+)+(?:\.[x*])?(?![\w*]|\.\w)"
_EXACT = re.compile(r"(?<![\w.])\d+\.\d{3,}(?![\w.]*\d)")
_OR_LATER = r"\s*(?:\+|-|–|or (?:later|newer|higher|above))"
_RULER = frozenset("|:- 	")
_UNIT = re.compile(r"\s?%$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LINE = re.compile(r"[^\n]*")
_WORD_AHEAD = re.compile(r"([A-Za-z]+)[\s_-]*[`*_]*$")
_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z]|\d|\b)|[A-Z][a-z]+|\d+")
_KIND = re.compile(r"(?:Classifier|Regressor|Model)$")
_OTHER_THINGS = frozenset(
    "eval evaluation validation val test dev inference total effective global max min maximum minimum base initial final "
    "peak last best mean average train training per device macro micro weighted balanced cv fold baseline".split()
)
"""A word before a name that makes it the name of something else."""
_MODEL_LABEL = r"(?:model(?:\s+(?:type|class|name|family))?|algorithm|architecture|estimator|classifier|regressor)"
_SAID_OF_MODEL = r"(?:the|our|this)\s+(?:model|algorithm|estimator|classifier|regressor)\s+is\s+an?\s+[`*_]*"
_SHORT = 2
"""A name of so few letters stands for itself only where a value is assigned to it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A value in a card: its line, its place in the text, and how it is written there."""

    line: int
    start: int
    end: int
    written: str

    @property
    def is_number(self) -> bool:
        """Whether a number stands there."""
        return _number(self.written) is not None

    def says(self, value: str, *, percent: bool = False, rounded: bool = False) -> bool:
        """Whether it states this value, in whatever way of writing; `rounded` if it may have fewer digits."""
        stated, meant = _number(self.written), _number(value)
        if stated is None or meant is None:
            return self.written.casefold() == value.casefold()
        difference = abs(stated - meant * (100 if self._is_percent(meant, percent=percent) else 1))
        return difference <= (self._rounding() if rounded else 1e-9 * max(1.0, abs(stated)))

    def rewritten(self, value: str, *, percent: bool = False, rounded: bool = False) -> str:
        """Another value in the way of writing of this one."""
        meant = _number(value)
        if meant is None or _number(self.written) is None:
            return value
        is_percent = self._is_percent(meant, percent=percent)
        if not (rounded or is_percent):
            return value
        scaled = meant * (100 if is_percent else 1)
        unit = _UNIT.search(self.written)
        return (f"{scaled:.{self._decimals()}f}" if rounded else f"{scaled:.10g}") + (unit[0] if unit else "")

    def _is_percent(self, meant: float, *, percent: bool) -> bool:
        """Whether it is written as a percentage of what the code writes as a fraction; a file may hold percentages too."""
        stated = _number(self.written)
        is_percent = self.written.endswith("%") or (percent and stated is not None and stated > 1)
        return is_percent and abs(meant) <= 1

    def _decimals(self) -> int:
        return len(_UNIT.sub("", self.written).partition(".")[2])

    def _rounding(self) -> float:
        """Half a unit of the last digit that is written."""
        return 0.5000001 * float(10.0 ** -self._decimals())


def stated(text: str, name: str) -> list[Statement]:
    """The values that a card gives to a setting of this name: beside the name, or below it in a table."""
    beside = [found for line, start, said in _lines(text) for found in _beside(said, line, start, name)]
    return sorted([*beside, *_below(text, name)], key=lambda statement: statement.start)


def mentions(text: str, value: str) -> list[Statement]:
    """The places where a card names something by its own name: a class, a file, a data set, a column."""
    pattern = re.compile(rf"(?<![\w./-]){re.escape(value)}(?![\w/-]|\.\w)")
    return [
        Statement(line, start + found.start(), start + found.end(), found[0])
        for line, start, said in _lines(text)
        for found in pattern.finditer(said)
    ]


def hashes(text: str) -> list[Statement]:
    """The places where a card gives the hash of a file: as many hexadecimal digits as MD5, SHA-1 or SHA-256 have."""
    return [
        Statement(line, start + found.start(), start + found.end(), found[0])
        for line, start, said in _lines(text)
        for found in _HASH.finditer(said)
    ]


def exact_numbers(text: str) -> list[Statement]:
    """The numbers of a card with so many decimals that two seldom agree by chance."""
    return [
        Statement(line, start + found.start(), start + found.end(), found[0])
        for line, start, said in _lines(text)
        for found in _EXACT.finditer(said)
    ]


def versions(text: str, library: str) -> list[Statement]:
    """The places where a card gives one version of a library; a range such as `2.0+` is none."""
    called = "|".join(map(_spaced, (library, *knowledge.training().libraries.get(library, ()))))
    pattern = re.compile(rf"(?<![\w./-])(?:{called})(?:[\s`*_|:(=]|version|v)*(?P<value>{_VERSION})(?!{_OR_LATER})")
    found = ((line, start, match) for line, start, said in _lines(text) for match in pattern.finditer(said))
    return [_statement(line, start, match, "value") for line, start, match in found if not _may_be_score(match)]


def _may_be_score(found: re.Match[str]) -> bool:
    """Whether a number may as well be what a model of the library has reached: 0.68, or 1.7 in a table."""
    return found["value"].count(".") == 1 and (found["value"].startswith("0.") or "|" in found[0])


def is_version(written: str, version: str) -> bool:
    """Whether a version is the written one, of which a card may leave out the last parts."""
    parts, said = version.split("+")[0].split("."), written.split(".")
    return all(part in (other, "x", "*") for part, other in zip(said, parts, strict=False))


def version_as_written(written: str, version: str) -> str:
    """A version with as many parts as the written one has: 1.7 of 1.7.2, if 1.5 is written."""
    said, parts = written.split("."), version.split("+")[0].split(".")
    return ".".join(part if part in ("x", "*") else other for part, other in zip(said, parts, strict=False))


def listed(text: str, column: str) -> list[Statement]:
    """The places where a card lists a column: as code, as an entry of a list or as the first cell of a row."""
    name = re.escape(column)
    pattern = re.compile(
        rf"`(?P<code>{name})`|^\s*(?:[-*+]\s+|\|\s*)[*_`]*(?P<entry>{name})[*_`]*\s*(?=[|:(]|$|[–—-]\s)"
    )
    found = ((line, start, match) for line, start, said in _lines(text) for match in pattern.finditer(said))
    return [_statement(line, start, match, "code" if match["code"] else "entry") for line, start, match in found]


def models(text: str, estimator: str) -> list[Statement]:
    """The places where a card names a class of models: as it is written in code, or in words behind a fitting label."""
    words = _in_words(estimator)
    if " " not in words:
        return mentions(text, estimator)
    spaced = re.sub(r"\s+", r"[\\s-]+", words)
    ahead = rf"(?:{_MODEL_LABEL}{_ASSIGNED}|{_SAID_OF_MODEL})"
    pattern = re.compile(rf"(?i)\b{ahead}(?P<value>{spaced})(?![\w-])")
    named = [_statement(line, start, m, "value") for line, start, said in _lines(text) for m in pattern.finditer(said)]
    return sorted([*mentions(text, estimator), *named], key=lambda statement: statement.start)


def model_as_written(statement: Statement, estimator: str) -> str:
    """The name of another class in the way of writing of a statement."""
    return _in_words(estimator) if re.search(r"[\s-]", statement.written) else estimator


def is_percentage(name: str) -> bool:
    """Whether documents may write a setting of this name as a percentage."""
    known = _named().get(name)
    return known is not None and known.percent


def _in_words(estimator: str) -> str:
    return " ".join(_CAMEL.findall(_KIND.sub("", estimator)))


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The lines that speak of how it is now, with where they start; comments are blank."""
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    past, past_sections = _past()
    level = 0
    start = 0
    for number, line in enumerate(bare.split("\n"), 1):
        heading = _HEADING.match(line)
        if heading and (not level or len(heading[1]) <= level):
            level = len(heading[1]) if past_sections.search(heading[2]) else 0
        if not level and len(line) <= MAX_LINE and not past.search(line):
            yield number, start, line
        start += len(line) + 1


def _beside(said: str, line: int, start: int, name: str) -> Iterator[Statement]:
    for label in _label(name).finditer(said):
        before = said[: label.start()]
        ahead = _WORD_AHEAD.search(before)
        if (ahead and ahead[1].lower() in _OTHER_THINGS) or _HELD.search(before):
            continue
        gap = re.compile(_ASSIGNED if _is_short(name) else _BESIDE).match(said, label.end())
        value = _VALUE.match(said, gap.end()) if gap is not None else None
        earlier = None if _is_short(name) else _AHEAD.search(before)
        found = value if value is not None and _is_value(value, said[label.end() : value.start()]) else earlier
        if found is not None:
            yield _statement(line, start, found, "value")


def _below(text: str, name: str) -> Iterator[Statement]:
    """The numbers in the columns of tables that have the name as their heading."""
    heading: list[re.Match[str]] = []
    column: int | None = None
    for line, start, said in _lines(text):
        cells = list(_CELL.finditer(said)) if "|" in said else []
        if cells and _RULER.issuperset(said.rstrip()):
            named = [number for number, cell in enumerate(heading) if _label(name).fullmatch(cell["cell"])]
            column = named[0] if named else None
        elif not cells:
            column = None
        elif column is not None and column < len(cells) and re.fullmatch(_NUMBER, cells[column]["cell"]):
            yield _statement(line, start, cells[column], "cell")
        heading = cells


def _is_value(found: re.Match[str], gap: str) -> bool:
    """Whether what follows a name is its value: a number, or a word behind a sign that gives one."""
    return found[0][-1].isdigit() or found[0].endswith("%") or bool(re.search(r"[|:=]", gap))


def _statement(line: int, start: int, found: re.Match[str], group: str) -> Statement:
    return Statement(line, start + found.start(group), start + found.end(group), found[group])


@cache
def _past() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = knowledge.training()
    return re.compile(table.past), re.compile(table.past_sections)


@cache
def _named() -> dict[str, NamedSetting]:
    return {name: known for names in knowledge.training().names.values() for name, known in names.items()}


@cache
def _label(name: str) -> re.Pattern[str]:
    """A name as documents may write it: `max_depth`, `max depth`, `Max-Depth`, and the other names of the same thing."""
    known = _named().get(name)
    names = (name, *(known.called if known else ()))
    written = "|".join(map(_spaced, sorted(names, key=len, reverse=True)))
    return re.compile(rf"(?<![\w.])(?:{written})(?![\w-])")


def _spaced(name: str) -> str:
    """A name in whatever way its words are joined; a short one only as it is, as LR is another thing than lr."""
    if _is_short(name):
        return re.escape(name)
    words = r"[\s_-]*".join(map(re.escape, re.split(r"[\s_-]+", name)))
    return f"(?i:{words})"


def _is_short(name: str) -> bool:
    return len(name) <= _SHORT and name.isalpha()


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "").removesuffix("%").strip())
    except ValueError:
        return None
