"""Checks REST exchanges against GitHub's OpenAPI description, closed where the description leaves objects open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from fakegithub import schemas

Schema = dict[str, Any]

METHODS = ("get", "post", "put", "patch", "delete")
KEPT_WORDS = frozenset(
    "type properties required items enum additionalProperties oneOf anyOf allOf not minItems maxItems minLength "
    "maxLength minimum maximum pattern".split()
)
COMBINATIONS = ("allOf", "anyOf", "oneOf")
OPEN = "open."  # marks the open twin of a schema
# What GitHub answers and its description does not admit: an outdated comment has no line, a file comment no position.
NULLABLE = {
    "pull-request-review-comment": {"line", "original_line", "side", "position", "original_position", "start_side"},
    "review-comment": {"line", "original_line", "position", "original_position"},
}
# Any operation may answer so, whether or not its description lists the status.
ALWAYS_POSSIBLE = frozenset({401, 403, 404, 429, 500, 502, 503, 504})


@dataclass(frozen=True, eq=False)
class Operation:
    """One method of one path of the description."""

    id: str
    method: str
    template: str
    pattern: re.Pattern[str]
    document: Schema
    parameters: tuple[Schema, ...]

    @property
    def static_segments(self) -> int:
        """How specific the path is: `/pulls/comments` wins over `/pulls/{pull_number}`."""
        return sum(not part.startswith("{") for part in self.template.split("/"))


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation, the most specific paths first."""
    return tuple(sorted(_operations(), key=lambda operation: -operation.static_segments))


def _operations() -> Iterator[Operation]:
    for template, item in schemas.openapi()["paths"].items():
        shared = item.get("parameters", [])
        for method in METHODS:
            if document := item.get(method):
                parameters = tuple(_deref(p) for p in [*shared, *document.get("parameters", [])])
                yield Operation(
                    document["operationId"],
                    method.upper(),
                    template,
                    _pattern(template, parameters),
                    document,
                    parameters,
                )


def _deref(node: Schema) -> Schema:
    while "$ref" in node:
        target: Any = schemas.openapi()
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def _pattern(template: str, parameters: tuple[Schema, ...]) -> re.Pattern[str]:
    slashes = {p["name"] for p in parameters if p.get("x-multi-segment") or p["name"] in ("path", "ref", "basehead")}
    last = template.rpartition("/")[2].strip("{}")
    parts = re.split(r"\{(\w+)\}", template)
    regex = re.escape(parts[0])
    for name, text in zip(parts[1::2], parts[2::2], strict=True):
        inner = ".+" if name in slashes and name == last else "[^/]+"
        regex += f"(?P<{name}>{inner}){re.escape(text)}"
    return re.compile(regex + r"\Z")


@cache
def _by_method() -> dict[str, list[Operation]]:
    table: dict[str, list[Operation]] = {method.upper(): [] for method in METHODS}
    for operation in operations():
        table[operation.method].append(operation)
    return table


def find(method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
    """The operation that a request addresses, and the parameters in its path."""
    for operation in _by_method().get(method, []):
        if match := operation.pattern.match(path):
            return operation, match.groupdict()
    return None


def request_violations(operation: Operation, query: Mapping[str, str], body: Any) -> list[str]:
    """What a request holds that GitHub's description does not allow."""
    return [*_query_violations(operation, query), *_body_violations(operation, body)]


def _query_violations(operation: Operation, query: Mapping[str, str]) -> Iterator[str]:
    known = {p["name"]: p.get("schema", {}) for p in operation.parameters if p["in"] == "query"}
    for name, text in query.items():
        if name not in known:
            yield f"{operation.id}: unknown query parameter {name!r}"
            continue
        value = int(text) if known[name].get("type") == "integer" and text.isdecimal() else text
        yield from _errors(_query_validator(operation, name), value, f"{operation.id} ?{name}")


def _body_violations(operation: Operation, body: Any) -> Iterator[str]:
    description = operation.document.get("requestBody")
    if body is None:
        if description and description.get("required"):
            yield f"{operation.id}: the request has no body"
    elif description is None or "application/json" not in description["content"]:
        # PyGithub sends {} with some requests that take no body.
        if body:
            yield f"{operation.id}: the request takes no body, got {body!r:.80}"
    else:
        yield from _errors(_request_validator(operation), body, operation.id)


def response_violations(operation: Operation, status: int, body: Any) -> list[str]:
    """What a response holds that GitHub's description does not allow: a mistake of the fake."""
    responses = operation.document["responses"]
    if str(status) not in responses:
        if status in ALWAYS_POSSIBLE:
            return []
        return [f"{operation.id}: status {status} is not among {sorted(responses)}"]
    content = _deref(responses[str(status)]).get("content", {})
    if "application/json" not in content or not isinstance(body, dict | list):
        return []
    if status >= 400 and isinstance(body, dict):
        body = {name: value for name, value in body.items() if name != "status"}  # sent and not described
    return list(_errors(_response_validator(operation, str(status)), body, f"{operation.id} -> {status}"))


def error_resource(operation: Operation, status: int) -> str | None:
    """The resource that an operation names with each error; None when its errors are mere sentences."""
    reference = operation.document["responses"].get(str(status), {}).get("$ref", "")
    if not reference.endswith("/validation_failed"):
        return None
    return "".join(word.capitalize() for word in operation.id.partition("/")[2].split("-")[1:])


def webhook_violations(event: str, payload: Schema) -> list[str]:
    """What an event's payload lacks of GitHub's description: a mistake of the fake."""
    return list(_errors(_webhook_validator(event), payload, f"event {event}"))


@cache
def _webhook_validator(event: str) -> jsonschema_rs.Validator:
    request = schemas.openapi()["x-webhooks"][event]["post"]["requestBody"]
    return _compile(request["content"]["application/json"]["schema"])


def _errors(validator: jsonschema_rs.Validator, value: Any, where: str) -> Iterator[str]:
    for error in validator.iter_errors(value):
        place = "/".join(map(str, error.instance_path))
        yield f"{where} at /{place}: {error.message[:400]}"


@cache
def _query_validator(operation: Operation, name: str) -> jsonschema_rs.Validator:
    schema = next(p["schema"] for p in operation.parameters if p["in"] == "query" and p["name"] == name)
    return _compile(schema)


@cache
def _request_validator(operation: Operation) -> jsonschema_rs.Validator:
    return _compile(operation.document["requestBody"]["content"]["application/json"]["schema"])


@cache
def _response_validator(operation: Operation, status: str) -> jsonschema_rs.Validator:
    response = _deref(operation.document["responses"][status])
    return _compile(response["content"]["application/json"]["schema"])


def _compile(schema: Schema) -> jsonschema_rs.Validator:
    """A validator of a schema and all that it refers to; nothing else of the 13 MB is touched."""
    components: dict[str, Schema] = {}
    root = convert(schema)
    pending = set(_references(root))
    while pending:
        name = pending.pop()
        components[name] = _component(name)
        pending |= set(_references(components[name])) - components.keys()
    return jsonschema_rs.Draft202012Validator(root | {"components": {"schemas": components}})


@cache
def _component(name: str) -> Schema:
    plain = name.removeprefix(OPEN)
    schema = convert(schemas.openapi()["components"]["schemas"][plain], closed=name == plain)
    for field in NULLABLE.get(plain, ()):
        schema["properties"][field] = {"anyOf": [schema["properties"][field], {"type": "null"}]}
    return schema


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(reference := node.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def convert(schema: Schema, *, closed: bool = True) -> Schema:
    """An OpenAPI 3.0 schema as JSON Schema: `nullable` spelt out, objects closed, prose dropped."""
    if "$ref" in schema:
        folder, _, name = schema["$ref"].rpartition("/")
        result: Schema = {"$ref": f"{folder}/{name if closed else OPEN + name}"}
    else:
        whole = not any(key in schema for key in COMBINATIONS)
        result = {key: _convert_word(key, schema[key], "properties" in schema) for key in schema if key in KEPT_WORDS}
        if closed and whole and schema.get("properties"):
            result.setdefault("additionalProperties", False)
    if schema.get("nullable"):
        return {"anyOf": [result, {"type": "null"}]}
    return result


def _convert_word(key: str, value: Any, among_properties: bool) -> Any:
    match key:
        case "properties":
            return {name: convert(item) for name, item in value.items()}
        case "oneOf" | "anyOf" | "allOf":  # parts of one object must leave room for the other parts
            return [convert(item, closed=key != "allOf" and not among_properties) for item in value]
        case "items" | "not" | "additionalProperties" if isinstance(value, dict):
            return convert(value, closed=key != "not")
        case _:
            return value
