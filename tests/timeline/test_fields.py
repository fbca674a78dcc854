"""The fields that a person knows, as codes of the content, whatever words a list used for them."""

import datetime as dt
from pathlib import Path

from planner.domain.case import Qualification
from planner.domain.horizon import Horizon
from planner.files.content import find_content, read_content
from planner.timeline import Ground
from tests.assess.department import department


def test_words_of_a_list_and_codes_of_the_content_name_the_same_field() -> None:
    content = read_content(find_content("vietnam-province", Path()), "vn-2025").content
    written = {"P01": "law", "P02": "Luật Kinh tế", "P03": "Điều khiển tàu biển", "P04": None}
    rows = tuple(
        Qualification(person_id=p, competency="degree", level="university", field=f) for p, f in written.items()
    )
    base = department()
    posts = tuple(
        p.model_copy(update={"field": "law"} if p.position_id == "DIV_HEAD-D09" else {}) for p in base.positions
    )
    case = department(qualifications=rows, positions=posts)
    ground = Ground(case, content, Horizon(dt.date(2026, 1, 1), dt.date(2027, 12, 31)))
    assert [ground.fields_of[p] for p in written] == [{"law"}, {"law"}, {"Điều khiển tàu biển"}, set()]
    parts = {p: {part.component.id: part for part in ground.suitability.parts(p, "DIV_HEAD-D09")} for p in written}
    # Of 7 points the same field has all, another a tenth, and who has none half: not known is neutral.
    assert [parts[p]["field"].tenths for p in written] == [70, 70, 7, 35]
    assert [parts[p]["field"].known for p in written] == [True, True, True, False]
