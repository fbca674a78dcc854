"""The content by which people are assessed, read once."""

from pathlib import Path

import pytest

from planner.domain.content import Content
from planner.files.content import find_content, read_content


@pytest.fixture(scope="session")
def content() -> Content:
    return read_content(find_content("vietnam-province", Path()), "vn-2025").content
