"""Pattern text to Python that a parser accepts: holes become reserved names, lines stay where they are.

`$X`, `...`, `$...XS`, `<... e ...>`, `($X: T)` and `a. ... .b` are not Python. Where a plain name is allowed, a hole
becomes one; among arguments, parameters and dictionary items it takes the starred form that Python allows there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

ONE = "__one_"  # $X
MANY = "__many_"  # $...X
DOTS = "__dots__"  # ...
DEEP = "__deep__"  # <... e ...>
TYPED = "__typed__"  # ($X: T)
CHAIN = "__chain__"  # a. ... .b

_STRING = r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
_TOKEN = re.compile(
    rf"""
      (?P<string>(?i:[rbuft]{{0,2}})(?:{_STRING}))
    | (?P<comment>\#[^\n]*)
    | (?P<deep_open><\.\.\.)
    | (?P<deep_close>\.\.\.>)
    | \$\.\.\.(?P<many>[A-Z_][A-Z0-9_]*)
    | \$(?P<one>[A-Z_][A-Z0-9_]*|[0-9]+)
    | (?P<dots>\.\.\.)
    | (?P<name>[^\W\d]\w*)
    | (?P<space>\s+|\\\n)
    | (?P<other>\*\*|:=|[=!<>]=|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")
_OPERATOR_WORDS = frozenset(
    "if elif while return in not and or is assert for with lambda yield await else raise del except import from "
    "case match as global nonlocal".split()
)
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Rewritten:
    """Python text, and where each of its pieces came from."""

    text: str
    _starts: tuple[int, ...]
    _origins: tuple[int, ...]

    def origin(self, offset: int) -> int:
        """The offset in the pattern of an offset in `text`."""
        piece = max(bisect_right(self._starts, offset) - 1, 0)
        return self._origins[piece] if self._origins else 0


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


@dataclass(slots=True)
class _Frame:
    """An open bracket: what it encloses decides how a hole in it is written."""

    kind: str  # call, parameters, bases, group, list, subscript, dict, set, deep
    default_seen: bool = False
    double_star_seen: bool = False
    item: int = -1
    """Index in the output of the metavariable that began the current item, or -1."""
    typed: bool = False


@dataclass(slots=True)
class _Writer:
    tokens: list[_Token]
    pieces: list[tuple[str, int]] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("program")])
    history: list[_Token] = field(default_factory=list)
    """Tokens seen so far without spaces and comments."""

    def write(self) -> list[tuple[str, int]]:
        for index, token in enumerate(self.tokens):
            getattr(self, f"_{token.kind}")(token, index)
            if token.kind not in ("space", "comment"):
                self.history.append(token)
        return self.pieces

    @property
    def _frame(self) -> _Frame:
        return self.frames[-1]

    def _put(self, text: str, token: _Token) -> None:
        self.pieces.append((text, token.offset))

    def _last(self, back: int = 1) -> str:
        return self.history[-back].text if len(self.history) >= back else ""

    def _begins_item(self) -> bool:
        return self._last() in ("(", "[", "{", ",") or (self._last() == "lambda" and self._frame.kind == "parameters")

    def _next(self, index: int) -> str:
        following = (t.text for t in self.tokens[index + 1 :] if t.kind not in ("space", "comment"))
        return next(following, "")

    # one method for each kind of token

    def _space(self, token: _Token, _: int) -> None:
        self._put(token.text, token)

    _comment = _space

    def _string(self, token: _Token, _: int) -> None:
        prefix = token.text[: re.search("[\"']", token.text).start()].lower()  # type: ignore[union-attr]
        self._put(_rewrite_fields(token.text) if "f" in prefix else token.text, token)

    def _name(self, token: _Token, _: int) -> None:
        if token.text == "lambda":
            self.frames.append(_Frame("parameters"))
        self._put(token.text, token)

    def _one(self, token: _Token, _: int) -> None:
        if self._begins_item():
            self._frame.item = len(self.pieces)
        self._put(ONE + token.text.lstrip("$"), token)

    def _many(self, token: _Token, index: int) -> None:
        self._hole(MANY + token.text.removeprefix("$..."), token, index)

    def _dots(self, token: _Token, index: int) -> None:
        if self._last() == ".":
            self._put(CHAIN, token)
        else:
            self._hole(DOTS, token, index)

    def _hole(self, name: str, token: _Token, index: int) -> None:
        frame = self._frame
        after_keyword = "**" if frame.default_seen else "*"  # no `*bases` may follow `metaclass=`
        starred = {"call": "*", "set": "*", "dict": "**", "bases": after_keyword}.get(frame.kind, "")
        if not self._begins_item() or self._next(index) == "for":
            self._put(name, token)
        elif frame.kind == "parameters":
            self._put("" if frame.double_star_seen else name + ("=0" if frame.default_seen else ""), token)
        else:
            self._put(("**" if starred and frame.double_star_seen else starred) + name, token)

    def _deep_open(self, token: _Token, _: int) -> None:
        self._put(DEEP + "(", token)
        self.frames.append(_Frame("deep"))

    def _deep_close(self, token: _Token, _: int) -> None:
        self._close(token, ")")

    def _other(self, token: _Token, index: int) -> None:
        text, frame = token.text, self._frame
        if text in _CLOSERS:
            self.frames.append(_Frame(self._bracket(text, index)))
            self._put(text, token)
        elif text in ")]}":
            self._close(token, text)
        elif text == ":":
            self._colon(token)
        else:
            if text == "," and frame.typed:
                self._end_type(token)
            frame.default_seen |= text == "="
            frame.double_star_seen |= text == "**" and self._begins_item()
            self._put(text, token)

    def _close(self, token: _Token, text: str) -> None:
        if self._frame.typed:
            self._end_type(token)
        if len(self.frames) > 1:
            self.frames.pop()
        self._put(text, token)

    def _colon(self, token: _Token) -> None:
        """A colon ends a lambda's parameters, or gives a metavariable among arguments or in parentheses a type."""
        frame = self._frame
        if frame.kind == "parameters" and len(self.history) and self._opened_by_lambda():
            self.frames.pop()
        elif frame.kind in ("call", "group") and self._ends_with_item():
            text, offset = self.pieces[frame.item]
            self.pieces[frame.item] = (f"{TYPED}({text}", offset)
            frame.typed = True
            self._put(",", token)
            return
        self._put(token.text, token)

    def _ends_with_item(self) -> bool:
        item = self._frame.item
        return item >= 0 and self.history[-1].offset == self.pieces[item][1]

    def _end_type(self, token: _Token) -> None:
        self._frame.typed = False
        self._put(")", token)

    def _opened_by_lambda(self) -> bool:
        depth = 0
        for token in reversed(self.history):
            depth += (token.text in (")", "]", "}")) - (token.text in _CLOSERS)
            if depth < 0:
                return False
            if token.text == "lambda" and depth == 0:
                return True
        return False

    def _bracket(self, opener: str, index: int) -> str:
        before = self.history[-1] if self.history else None
        applied = before is not None and (
            before.kind in ("one", "many", "dots", "deep_close", "string")
            or (before.kind == "name" and before.text not in _OPERATOR_WORDS)
            or before.text in (")", "]", "}")
        )
        if opener == "{":
            return "dict" if self._is_dict(index) else "set"
        if opener == "[":
            return "subscript" if applied else "list"
        if applied and self._last(2) in ("def", "class"):
            return "parameters" if self._last(2) == "def" else "bases"
        return "call" if applied else "group"

    def _is_dict(self, index: int) -> bool:
        """Braces hold a dictionary if a colon or `**` stands directly in them, or nothing but `...`."""
        depth, only_dots = 0, True
        for token in self.tokens[index + 1 :]:
            if depth == 0 and token.text in (":", "**"):
                return True
            if depth == 0 and token.text == "}":
                return only_dots
            depth += (token.text in _CLOSERS) - (token.text in (")", "]", "}"))
            only_dots &= token.kind in ("dots", "space") or token.text == ","
        return False


def rewrite(pattern: str) -> Rewritten:
    """The pattern as Python text with reserved names for its holes."""
    pieces = _Writer(list(_tokens(pattern))).write()
    starts, length = [], 0
    for text, _ in pieces:
        starts.append(length)
        length += len(text)
    return Rewritten("".join(text for text, _ in pieces), tuple(starts), tuple(origin for _, origin in pieces))


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        yield _Token(found.lastgroup or "other", found.group(), found.start())


def _rewrite_fields(text: str) -> str:
    """Rewrite the replacement fields of an f-string; doubled braces are text."""
    return _FIELD.sub(lambda m: m.group() if m.group(1) is None else "{" + rewrite(m.group(1)).text + "}", text)


_RESTORED = (
    (re.compile(rf"{DEEP}\(\s*(.*?)\s*\)$", re.DOTALL), r"<... \1 ...>"),
    (re.compile(rf"{TYPED}\((.*?),\s*(.*?)\)", re.DOTALL), r"(\1: \2)"),
    (re.compile(rf"\*{{0,2}}{DOTS}(?:=0)?|{CHAIN}"), "..."),
    (re.compile(rf"\*{{0,2}}{MANY}(\w+?)(?:=0)?\b"), r"$...\1"),
    (re.compile(rf"{ONE}(\w+)"), r"$\1"),
)


def restore(text: str) -> str:
    """Rewritten text as its author wrote it, or nearly so; for messages."""
    for reserved, written in _RESTORED:
        text = reserved.sub(written, text)
    return text
