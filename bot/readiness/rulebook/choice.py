"""What a value of a rule or a configuration may be, said so that the library that checks it is loaded only to check."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic_core import CoreSchema


class Choice:
    """Annotation of a scale that is written in lower case: reads, writes and describes it."""

    def __init__(self, scale: type[Enum]) -> None:
        self.known = {str(member): member for member in scale}

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        from pydantic_core import core_schema

        write = core_schema.plain_serializer_function_ser_schema(str)
        return core_schema.no_info_plain_validator_function(self.read, serialization=write)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: Any) -> dict[str, Any]:
        return {"enum": list(self.known)}

    def read(self, value: Any) -> Enum:
        """The member that is written like this."""
        if str(value) not in self.known:
            from pydantic_core import PydanticCustomError

            raise PydanticCustomError("choice", "must be one of {expected}", {"expected": ", ".join(self.known)})
        return self.known[str(value)]


class Within:
    """Annotation of a whole number with a smallest and a largest value."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.int_schema(ge=self.least, le=self.most)
