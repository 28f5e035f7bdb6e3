"""What the validation library found wrong in a rule file, said with the place, the reason and the nearest known word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from readiness.errors import RuleError
from readiness.rulebook.evidence import EVIDENCE
from readiness.rulebook.marks import MarkedYaml, Path
from readiness.rulebook.operators import OPERATORS, Condition, Strict, tag_of
from readiness.rulebook.parts import PROGRAMS, BadExample, FixSpec, GoodExample
from readiness.rulebook.schema import PLACED

_TAGGED: dict[str, type[Strict]] = {
    **{tag_of(name): model for name, model in OPERATORS.items()},
    **PROGRAMS,
    **EVIDENCE,
    "<bad>": BadExample,
    "<good>": GoodExample,
    "<condition>": Condition,
    "<fix>": FixSpec,
}
_TEXTS = {
    "string_type": "must be text",
    "tuple_type": "must be a list",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "dataclass_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "string_too_short": "is empty",
}


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """A hint at the nearest known word, or at all of them."""
    words = list(known)
    near = difflib.get_close_matches(str(word), words, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`?" if near else f"Known: {', '.join(words)}." if words else ""


def together(errors: Sequence[RuleError]) -> RuleError:
    """One error that tells of all."""
    flat = [one for error in errors for one in (error, *error.others)]
    first = flat[0]
    return RuleError(first.what, where=first.where, advice=first.advice, others=tuple(map(_alone, flat[1:])))


def _alone(error: RuleError) -> RuleError:
    return RuleError(error.what, where=error.where, advice=error.advice)


def explain(error: ValidationError, yaml: MarkedYaml, model: type[Any]) -> list[RuleError]:
    """Every mistake of a file, in the order of its lines."""
    return [_explain(details, yaml, model) for details in error.errors()]


def _explain(error: ErrorDetails, yaml: MarkedYaml, model: type[Any]) -> RuleError:
    kind, context, path = error["type"], error.get("ctx", {}), _path(error["loc"], yaml.value)
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        advice = did_you_mean(path[-1], known_keys(_model_at(model, error["loc"])))
        return RuleError(f"unknown key `{path[-1]}`", where=yaml.where(path, key=True), advice=advice)
    if kind == "missing":
        return _missing(str(error["loc"][-1]), yaml, path, _model_at(model, error["loc"]))
    if kind == "operator":
        return _operator(error["input"], yaml, path)
    if kind == "inside":
        where = yaml.where_inside(path, context["line"], context["column"])
        return RuleError(f"{_name(path)}: {error['msg']}", where=where)
    if kind in ("choice", "literal_error"):
        return _choice(error, yaml, path)
    text = _TEXTS.get(kind, error["msg"][:1].lower() + error["msg"][1:])
    if kind == "too_short":
        text = f"needs at least {context['min_length']} items"
    if kind == "string_pattern_mismatch":
        text = f"`{error['input']}` is not written as expected (`{context['pattern']}`)"
    return RuleError(f"{_name(path)}: {text}", where=yaml.where(path))


def _choice(error: ErrorDetails, yaml: MarkedYaml, path: Path) -> RuleError:
    expected = str(error["ctx"]["expected"])
    known = re.findall(r"'([^']*)'", expected) or expected.split(", ")
    return RuleError(
        f"{_name(path)}: `{error['input']}` is not known",
        where=yaml.where(path),
        advice=did_you_mean(error["input"], known),
    )


def _missing(key: str, yaml: MarkedYaml, path: Path, model: type[Any]) -> RuleError:
    about = next((f.description for name, f in _fields(model).items() if key in (name, f.alias)), None)
    inside = f" in {_name(path)}" if path else ""
    return RuleError(f"the key `{key}` is missing{inside}", where=yaml.where(path), advice=about or "")


def _operator(value: Any, yaml: MarkedYaml, path: Path) -> RuleError:
    where = yaml.where(path)
    if not isinstance(value, dict) or not value:
        return RuleError(f"{_name(path)}: must be a pattern, or a mapping with one operator", where=where)
    unknown = [key for key in value if key not in OPERATORS]
    if unknown:
        where = yaml.where((*path, unknown[0]), key=True)
        return RuleError(f"unknown operator `{unknown[0]}`", where=where, advice=did_you_mean(unknown[0], OPERATORS))
    advice = "Put them into one list: `all: [...]`."
    return RuleError(
        f"{_name(path)}: one operator is allowed here, not {' and '.join(value)}", where=where, advice=advice
    )


def known_keys(model: type[Any]) -> list[str]:
    """The keys that a model reads from a file."""
    return [field.alias or name for name, field in _fields(model).items() if name not in PLACED]


def _fields(model: type[Any]) -> dict[str, FieldInfo]:
    """What a mapping may hold that is read as a model, or as a plain dataclass."""
    if not is_dataclass(model):
        found: dict[str, FieldInfo] = model.model_fields
        return found
    annotations = get_type_hints(model)
    return {one.name: FieldInfo.from_annotation(annotations[one.name]) for one in fields(model)}


def _path(location: tuple[int | str, ...], value: Any) -> Path:
    """The location without the names of union members: only what leads on in the file."""
    path: list[int | str] = []
    for part in location:
        items = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(items, dict) and part in items:
            value = items[part]
            path.append(part)
    return tuple(path)


def _model_at(model: type[Any], location: tuple[int | str, ...]) -> type[Any]:
    """The model that reads the mapping which the last part of a location belongs to."""
    for part in location[:-1]:
        field = next((f for name, f in _fields(model).items() if part in (name, f.alias)), None)
        if part in _TAGGED:
            model = _TAGGED[str(part)]
        elif field is not None:
            model = next(_models_in(field.annotation), model)
    return model


def _models_in(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and (issubclass(annotation, Strict) or is_dataclass(annotation)):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


def _name(path: Path) -> str:
    return "`" + ".".join(map(str, path)) + "`" if path else "the rule"
