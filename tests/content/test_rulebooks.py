"""Every rulebook that we ship can be read and bound: no unknown rule, parameter, scope or name of the content."""

from pathlib import Path

import pytest

from planner.files.content import read_content, shipped
from planner.rules.registry import check_rulebook

RULEBOOKS = sorted(shipped("models").glob("*/rulebooks/*.yaml"))


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_a_shipped_rulebook_has_no_finding(path: Path) -> None:
    source = read_content(path.parents[1], path.stem)
    assert source.findings == ()
    assert check_rulebook(source.content) == []
    ids = [entry.id for entry in source.content.rulebook]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_ranks_and_standards_in_scopes_are_written_as_the_content_writes_them(path: Path) -> None:
    """A scope that names what does not exist would make its entry silent."""
    content = read_content(path.parents[1], path.stem).content
    for entry in content.rulebook:
        ranks = entry.applies_to.get("rank", [])
        for rank in [ranks] if isinstance(ranks, str) else ranks:
            assert rank in content.rank, (entry.id, rank)
        standards = entry.applies_to.get("standard", [])
        for standard in [standards] if isinstance(standards, str) else standards:
            assert standard in content.standard, (entry.id, standard)
