"""A scale that is written in lower case, as a field of a rule or a configuration."""

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
        from pydantic_core import core_schema  # a configuration that was read before is not validated again

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
