"""What records of content have in common: they are frozen and refuse what they do not know."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


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
