"""Small tables in place of those of the project, for charts of small frames."""

import pytest
from small_frames import TABLES

from wuhan.text import words


@pytest.fixture
def tables(monkeypatch):
    monkeypatch.setattr(words, "table_of", lambda table, key: TABLES[table])
