"""What records have in common: they are frozen, refuse what they do not know, and take a blank cell for none."""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Value = TypeVar("Value")


def _blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


OrNone = Annotated[Value | None, BeforeValidator(_blank)]
"""A value, or none: a blank cell says nothing."""


class Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Name(Record):
    en: str = Field(description="English")
    vi: str | None = Field(None, description="Vietnamese")

    def text(self, language: Literal["vi", "en"]) -> str:
        """The name in a language; the English one where there is no Vietnamese."""
        return (self.vi if language == "vi" else None) or self.en


Status = Literal["confirmed", "unconfirmed", "proposed"]
"""confirmed = a published text states it, unconfirmed = known from practice, proposed = a working value of ours."""
