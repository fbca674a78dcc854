"""The catalogue of courses of a content set: what a case takes where its own table `courses` does not define one."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, model_validator

from planner.domain.case import AdmitsOrNone, Case, Course, Need, NeedOrNone, read_need
from planner.domain.ids import CourseId
from planner.domain.record import Name, Record, Status


class ClassSize(Record):
    """People in a class: below `min` it is not opened."""

    min: int = Field(1, ge=1)
    max: int = Field(ge=1)

    @model_validator(mode="after")
    def _in_order(self) -> "ClassSize":
        if self.max < self.min:
            raise ValueError("max not below min")
        return self


class CatalogueCourse(Record):
    """A course: what it grants and needs, how long (months), in which form, how many, whom it admits.

    `cost` is empty: what a place costs is the case's to say. `language` is that of the name that a case takes.
    """

    id: CourseId
    name: Name
    grants: Annotated[Need, BeforeValidator(read_need), PlainSerializer(str, return_type=str)]
    needs: NeedOrNone = None
    months: float = Field(gt=0)
    mode: Literal["full", "part"] = "part"
    class_size: ClassSize | None = None
    admits: AdmitsOrNone = None
    cost: float | None = Field(None, ge=0)
    language: Literal["vi", "en"] = "vi"
    source: str
    status: Status

    def as_course(self) -> Course:
        """The row of the table `courses` that it stands for."""
        return Course(
            course_id=self.id, name=self.name.text(self.language), grants=self.grants, needs=self.needs,
            months=self.months, mode=self.mode, cost=self.cost, admits=self.admits,
        )  # fmt: skip


def missing_courses(case: Case, catalogue: Iterable[CatalogueCourse]) -> list[Course]:
    """Courses of the catalogue that the case's sessions and enrolments name and its table does not define."""
    known = {course.id: course for course in catalogue}
    named = dict.fromkeys([*(s.course_id for s in case.sessions), *(e.course_id for e in case.enrolments)])
    return [known[course].as_course() for course in named if course in known and course not in case.course]


def with_courses(case: Case, courses: Iterable[Course]) -> Case:
    """The case with courses added to its own: then it has that table, wherever its rows came from."""
    added = tuple(courses)
    return replace(case, courses=(*case.courses, *added), given=case.given | {"courses"}) if added else case
