"""The GraphQL interface: every document is validated and executed against GitHub's published schema."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from graphql import DocumentNode, GraphQLError, execute_sync, parse, validate

from fakegithub import schemas
from fakegithub.faults import SecondaryLimitError
from fakegithub.graphql.mutations import MUTATIONS
from fakegithub.graphql.queries import QUERIES
from fakegithub.web import ApiError, Json, Request, Response

TYPES = {401: "FORBIDDEN", 403: "FORBIDDEN", 404: "NOT_FOUND", 422: "UNPROCESSABLE"}


@lru_cache(512)
def _checked(text: str) -> tuple[DocumentNode | None, tuple[GraphQLError, ...]]:
    try:
        document = parse(text)
    except GraphQLError as error:
        return None, (error,)
    return document, tuple(validate(schemas.graphql_schema(), document))


def answer(request: Request) -> Response:
    """Execute a document; GitHub answers 200 with `errors` when something is refused."""
    if request.token is None:
        raise ApiError(401, "This endpoint requires you to be authenticated.")
    document, errors = _checked(str(request.json.get("query")))
    if document is None or errors:
        request.github.violations.extend(f"GraphQL: {error}" for error in errors)
        return Response(200, {"errors": [_shown(error) for error in errors]})
    root = {name: _bind(request, resolver) for name, resolver in (QUERIES | MUTATIONS).items()}
    variables = request.json.get("variables") or {}
    name = request.json.get("operationName")
    result = execute_sync(
        schemas.graphql_schema(), document, root, request, variable_values=variables, operation_name=name
    )
    for error in result.errors or ():
        if isinstance(error.original_error, SecondaryLimitError):
            raise error.original_error  # told with the status of the answer as a whole
        if not isinstance(error.original_error, ApiError):
            request.github.violations.append(f"GraphQL: {error}")
    body: Json = {"data": result.data}
    return Response(200, body | ({"errors": [_shown(e) for e in result.errors]} if result.errors else {}))


def _bind(request: Request, resolver: Any) -> Any:
    return lambda _info, **arguments: resolver(request, **arguments)


def _shown(error: GraphQLError) -> Json:
    shown: Json = dict(error.formatted)
    if isinstance(error.original_error, ApiError):
        cause = error.original_error
        shown["type"] = TYPES.get(cause.status, "INTERNAL")
        shown["message"] = "; ".join(map(str, cause.errors)) if cause.errors else cause.message
    return shown
