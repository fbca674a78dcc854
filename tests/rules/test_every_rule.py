"""Every rule of the province is an entry that can be seen, or is listed with the reason why it is none."""

from __future__ import annotations

import importlib
import importlib.util

import pytest

from planner.domain.content import Entry
from planner.files.content import shipped
from planner.rules.registry import RULES
from planner.rules.structure import STRUCTURE
from tests.rules import switched_off_a
from tests.rules.switching import RULEBOOKS, SwitchCase, province, shipped_entries, switched_off
from tools.rules_doc import rows_without_entry

ROWS = {
    "2.1": """pool_max_names_per_post pool_goal_names_per_post pool_max_posts_per_person pool_upward_only
        pool_not_with_appointment pool_age_next_term pool_age_current_term pool_basic_standards pool_discipline_377
        pool_discipline_50 pool_remove_yearly pool_three_age_bands pool_women_share pool_young_share pool_minority_share
        pool_scitech_share pool_committee_factor pool_nested pool_review_window cadre_freeze_2025""",
    "2.2": """appt_in_pool appt_new_unit_exempt appt_min_tenure appt_age_full_term appt_age_equal_or_lower
        appt_all_standards appt_file_assets appt_health appt_post_discipline appt_in_discipline appt_term_5y
        reappt_window reelect_age first_election_age kinship_not_together kinship_waiver deputies_legal_cap
        head_nominates_one probation_elected""",
    "2.3": """rot_in_pool rot_no_extra_posts rot_equal_rank rot_min_duration rot_remaining_service rot_remaining_policy
        rot_meets_post rot_non_local_heads rot_non_local_100pct rot_commune_secretary_non_local local_definition
        head_two_terms hd_head_8y hd_deputy_10y rot_balance_local rot_return_plan rot_one_per_round_per_unit""",
    "2.4": """tr_inter_who tr_inter_std tr_adv_who tr_adv_std tr_state_mgmt_after_appt tr_postgrad tr_class_size
        tr_one_full_time tr_priority""",
    "2.5": """rate_bands rate_excellent_leader rate_good_leader rate_complete rate_fail_triggers rate_excellent_cap
        rate_old_leader_excellent rate_history_3y rate_min_for_pool""",
    "2.7": """cap_deputy_share cap_departments cap_deputy_directors cap_dept_division_deputies cap_commune_orgs
        cap_commune_division_deputies cap_province_vice_chairs cap_commune_vice_chairs cap_council_vice_chairs
        cap_commune_committee cap_front_province cap_grace_period""",
    "2.8": "head_accountable_proposal head_no_influence head_two_nominees_min output_is_proposal staff_conflict",
}
"""The rules of the province by section: 91 ids."""
ALL = {row: section for section, text in ROWS.items() for row in text.split()}

CASES: dict[str, SwitchCase] = dict(switched_off_a.SWITCHED_OFF)
for module in ("switched_off_b", "switched_off_evaluation", "switched_off_procedure"):
    if importlib.util.find_spec(f"tests.rules.{module}"):
        CASES |= importlib.import_module(f"tests.rules.{module}").SWITCHED_OFF


def test_every_row_is_an_entry_or_is_listed_with_its_reason() -> None:
    assert len(ALL) == 91
    listed = {row.id for row in rows_without_entry()}
    assert sorted(ALL.keys() - shipped_entries().keys() - listed) == []
    assert sorted(listed & shipped_entries().keys()) == [], "an entry, and yet listed as none"
    assert sorted(listed - ALL.keys()) == [], "no row of the province's rules"


def test_a_listed_row_says_where_it_is_kept() -> None:
    for row in rows_without_entry():
        assert row.section == ALL[row.id]
        assert len(row.reason) > 40
        by = row.by or ""
        if row.how == "entry":
            entry_id, _, parameter = by.partition(".")
            entry = shipped_entries()[entry_id]
            assert not parameter or parameter in entry.params or getattr(entry, parameter, None), row.id
        elif row.how == "structure":
            assert by in STRUCTURE, row.id
        elif row.how == "content":
            assert (shipped("models") / "vietnam-province" / by).exists(), row.id
        elif row.how in ("case", "page"):
            assert by, row.id
        else:
            assert row.by is None, row.id


def test_every_entry_has_a_case_in_which_it_is_switched_off() -> None:
    assert sorted(shipped_entries().keys() - CASES.keys()) == []
    assert sorted(CASES.keys() - shipped_entries().keys()) == [], "a case for an entry that is not shipped"


@pytest.mark.parametrize("entry_id", sorted(CASES))
def test_an_entry_that_is_switched_off_is_missed(entry_id: str) -> None:
    entry = shipped_entries()[entry_id]
    assert entry.strength != "off"
    assert CASES[entry_id](entry) != CASES[entry_id](switched_off(entry))


def test_entries_of_one_id_name_one_rule_class_in_all_rulebooks() -> None:
    found: dict[str, set[str]] = {}
    for rulebook in RULEBOOKS:
        entries: tuple[Entry, ...] = province(rulebook).rulebook
        for entry in entries:
            found.setdefault(entry.id, set()).add(entry.rule)
    assert {i: names for i, names in found.items() if len(names) > 1 or not names <= RULES.keys()} == {}
