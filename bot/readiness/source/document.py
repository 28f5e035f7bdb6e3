"""A Markdown document: headings of every kind, what stands under them, links and comments, all with their lines.

A heading is whatever a reader takes for one: `# X`, underlined, `<h2>`, a bold label (`**X:** …`, `- **X:** …`) or the
bold first cell of a table row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from readiness.errors import UnreadableSource

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_CHARACTERS = 5_000_000
MAX_FRONT_MATTER = 200_000
LABEL_LEVEL = 7
ROW_LEVEL = 8

_HTML_HEADING = re.compile(r"<h([1-6])\b[^<>]*>(.{0,500}?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_HTML_LINK = re.compile(r"""<(?:a|img)\b[^<>]*?\b(?:href|src)\s*=\s*["']([^"'<>]+)["']""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_BARE_URL = re.compile(r"https?://[^\s<>()\[\]\"'`|]+[^\s<>()\[\]\"'`|.,;:!?*_]")
_LABEL = re.compile(r"\s*(\*\*|__)(?=\S)([^*\n]{1,120}?)(\s*:)?\s*\1(\s*:)?(.*)")
_NUMBERING = re.compile(r"(?:\d+(?:\.\d+)*[.):]?\s+|[ivxIVX]+[.)]\s+|[^\w\s]+\s*|_+\s*)+")
_MARKUP = re.compile(r"[*_`~]+|:[a-z0-9_+-]+:")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines from `first` on, which is the heading's own line if text follows a label on it.

    Its own lines end at the next heading of any kind, its whole at the next one of its level.
    """

    title: str
    level: int
    line: int
    first: int
    own_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture; `target` as written."""

    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Comment:
    """An HTML comment; it starts at `line` and ends at `end_line`."""

    text: str
    line: int
    column: int
    end_line: int


@dataclass(frozen=True, slots=True)
class _Heading:
    title: str
    level: int
    line: int
    first: int


class DocumentSource:
    """A parsed document. `prose` holds its lines without code, comments, front matter and headings."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.prose = list(self.lines)
        self.front_matter: dict[str, object] = {}
        self.links: list[Link] = []
        self.comments: list[Comment] = []
        self._headings: list[_Heading] = []
        self._linked: set[tuple[str, int]] = set()
        from readiness.source.markdown import tokens  # many projects have no document to read

        self._read(tokens("\n".join(self.lines)))
        self.sections = list(self._sections())

    @classmethod
    def parse(cls, path: str, text: str) -> DocumentSource:
        """Read a document; raises `UnreadableSource` if it is too large to be one."""
        if len(text) > MAX_CHARACTERS:
            raise UnreadableSource(f"the document is larger than {MAX_CHARACTERS // 1_000_000} MB", where=path)
        return cls(path, text)

    @property
    def title(self) -> str:
        """The first heading of the first level, or ""."""
        return next((section.title for section in self.sections if section.level == 1), "")

    def prose_between(self, first: int, last: int) -> list[tuple[int, str]]:
        """The lines of text in a range of lines, with their numbers; a label's line holds what follows the label."""
        return [(line, self.prose[line - 1]) for line in range(first, last + 1) if self.prose[line - 1].strip()]

    def loose_prose(self) -> list[tuple[int, str]]:
        """The lines of text in no section: above the first heading, and below a row that is one."""
        held = {line for section in self.sections for line in range(section.first, section.own_end + 1)}
        return [(line, text) for line, text in self.prose_between(1, len(self.lines)) if line not in held]

    def section_at(self, line: int) -> Section | None:
        """The innermost section that this line belongs to."""
        found = [section for section in self.sections if section.line <= line <= section.own_end]
        return found[-1] if found else None

    def _sections(self) -> Iterator[Section]:
        headings = sorted(self._headings, key=lambda heading: heading.line)
        ends = _ends(headings, len(self.lines))
        for n, (heading, end) in enumerate(zip(headings, ends, strict=True)):
            own_end = min(headings[n + 1].line - 1, end) if n + 1 < len(headings) else end
            yield Section(heading.title, heading.level, heading.line, heading.first, own_end, end)

    def _read(self, tokens: list[Token]) -> None:
        for n, token in enumerate(tokens):
            if token.map is None:
                continue
            first, last = token.map
            if token.type == "front_matter":
                self.front_matter = _front_matter(token.content)
                self._empty(first, last)
            elif token.type in {"fence", "code_block"}:
                self._empty(first, last)
            elif token.type == "heading_open":
                self._heading(tokens[n + 1], int(token.tag[1]), first, last)
            elif token.type == "html_block":
                self._html(first, last)
            elif token.type == "tr_open":
                self._row(tokens, n, first)
            elif token.type == "inline":
                self._inline(token, first, last, labels=tokens[n - 1].type == "paragraph_open")

    def _empty(self, first: int, last: int) -> None:
        self.prose[first:last] = [""] * len(self.prose[first:last])

    def _heading(self, inline: Token, level: int, first: int, last: int) -> None:
        self._headings.append(_Heading(_title(inline.content), level, first + 1, last + 1))
        self._empty(first, last)

    def _html(self, first: int, last: int) -> None:
        self._take_comments(first, last)
        block = "\n".join(self.prose[first:last])
        for match in _HTML_HEADING.finditer(block):
            line = first + block.count("\n", 0, match.start()) + 1
            after = first + block.count("\n", 0, match.end()) + 1
            self._headings.append(_Heading(_title(_TAG.sub(" ", match[2])), int(match[1]), line, after + 1))
            self._empty(line - 1, after)
        self._add_links(_HTML_LINK.findall(block), first, last)

    def _row(self, tokens: list[Token], opening: int, first: int) -> None:
        cells = []
        at = opening + 1
        while tokens[at].type != "tr_close":
            if tokens[at].type == "inline":
                cells.append(tokens[at].content)
            at += 1
        label = _LABEL.fullmatch(cells[0]) if cells else None
        if label and len(cells) > 1 and not label[5].strip():
            self._headings.append(_Heading(_title(label[2]), ROW_LEVEL, first + 1, first + 1))
            self.prose[first] = " ".join(cell for cell in cells[1:] if cell)

    def _inline(self, token: Token, first: int, last: int, *, labels: bool) -> None:
        children = token.children or []
        if "<!--" in token.content:
            self._take_comments(
                first, last, quoted=[child.content for child in children if child.type == "code_inline"]
            )
        targets = [str(link) for child in children if (link := child.attrs.get("href") or child.attrs.get("src"))]
        self._add_links([*targets, *_HTML_LINK.findall(token.content), *_BARE_URL.findall(token.content)], first, last)
        if labels:
            for offset, line in enumerate(token.content.split("\n")):
                self._label(line, first + offset)

    def _label(self, line: str, index: int) -> None:
        label = _LABEL.fullmatch(line)
        if label is None:
            return
        rest = label[5].strip()
        if label[3] or label[4] or not rest:
            title = _title(label[2])
            if title:
                self._headings.append(_Heading(title, LABEL_LEVEL, index + 1, index + 1))
                self.prose[index] = rest

    def _take_comments(self, first: int, last: int, quoted: Sequence[str] = ()) -> None:
        """Note the comments of a block and empty them, so that nothing in them counts as text; code only shows them."""
        block = "\n".join(self.prose[first:last])
        bare, at = [], 0
        for start, end in _comments(block):
            if any(block[start:end] in code for code in quoted):
                continue
            line = first + block.count("\n", 0, start) + 1
            column = start - (block.rfind("\n", 0, start) + 1) + 1
            lines = block.count("\n", start, end)
            self.comments.append(Comment(block[start + 4 : end - 3], line, column, line + lines))
            bare += [block[at:start], "\n" * lines]
            at = end
        self.prose[first:last] = "".join([*bare, block[at:]]).split("\n")

    def _add_links(self, targets: list[str], first: int, last: int) -> None:
        for target in targets:
            line, column = self._find(target, first, last)
            if (target, line) not in self._linked:
                self._linked.add((target, line))
                self.links.append(Link(target, line, column))

    def _find(self, text: str, first: int, last: int) -> tuple[int, int]:
        for index in range(first, min(last, len(self.lines))):
            column = self.lines[index].find(text)
            if column >= 0:
                return index + 1, column + 1
        return first + 1, 1


def _ends(headings: list[_Heading], last_line: int) -> list[int]:
    """The last line of each heading's whole section: before the next heading of the same or a higher level."""
    ends = [last_line] * len(headings)
    open_ones: list[int] = []
    for n, heading in enumerate(headings):
        while open_ones and headings[open_ones[-1]].level >= heading.level:
            ends[open_ones.pop()] = heading.line - 1
        open_ones.append(n)
    return [heading.line if heading.level == ROW_LEVEL else end for heading, end in zip(headings, ends, strict=True)]


def _comments(block: str) -> Iterator[tuple[int, int]]:
    """Start and end of each comment that is closed."""
    start = block.find("<!--")
    while start >= 0:
        end = block.find("-->", start + 4)
        if end < 0:
            return
        yield start, end + 3
        start = block.find("<!--", end + 3)


def _title(markup: str) -> str:
    """A heading as words: without markup, links, emoji, numbering and a closing colon."""
    words = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", _TAG.sub(" ", markup))
    words = " ".join(_MARKUP.sub(" ", words).split())
    numbering = _NUMBERING.match(words)
    bare = words[numbering.end() :] if numbering else words
    return (bare or words).rstrip(" :")


def _front_matter(text: str) -> dict[str, object]:
    if len(text) > MAX_FRONT_MATTER:
        return {}
    try:
        value = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError):
        return {}
    return {str(key): item for key, item in value.items()} if isinstance(value, dict) else {}
