"""What is said of a text that was read: the example says that it is none of the press."""

from __future__ import annotations

from pathlib import Path

from wuhan.studies.read_an_article import words


def test_the_answer_on_the_example_says_that_it_is_made_up(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(words.EXAMPLE.read_bytes())
    own, theirs = (str(words.read(str(path)).answer()) for path in (words.EXAMPLE, other))
    assert "made-up" in own
    assert "made-up" not in theirs


def test_what_holds_by_a_source_of_low_trust_alone_is_marked_and_an_aim_whose_term_runs_is_said_to_run():
    example = words.read(str(words.EXAMPLE))
    marks = [row[6] for row in example.table().rows]
    weak = [mark for mark in marks if mark.startswith("(✓)")]
    assert weak == ["(✓) holds (low trust)"] and "✓ holds" in marks
    assert "(✓) holds (low trust)" in str(example.article())
    assert "its term still runs" in str(example.aims()) and "undecided" not in str(example.aims())
