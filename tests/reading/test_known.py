"""A text is held against the tables: no verdict without sure place, measure and time; rows that the check accepts."""

import csv
import shutil

import pytest

from wuhan.evidence import package
from wuhan.reading import candidates, known, terms

HEAD = "武汉经济\n发布时间：2025-04-10\n武汉，武汉。\n"


def read(tmp_path, text, head=HEAD):
    file = tmp_path / "a.txt"
    file.write_text(head + text, encoding="utf-8")
    return known.read(str(file))


def marks(reading):
    return [one.mark for one in reading.numbers]


def test_true_false_and_stale_figures_are_told_apart(tmp_path):
    reading = read(
        tmp_path,
        "2024年，武汉地区生产总值21106.23亿元，增长5.8%。2024年末，武汉常住人口1377.40万人。2024年，武汉地区生产总值2.1万亿元。",
    )
    assert marks(reading) == ["holds", "differs", "stale", "holds"]
    differs, stale = (reading.numbers[at] for at in (1, 2))
    assert differs.then.kind == "differs" and not differs.then.elsewhere  # 5.7 of 2023 is another figure
    assert stale.then.kind == "stale"
    (differing,) = [check for check in reading.checks if check.kind == "closes_at_rounding"]
    assert differing.identity.question == "again"


@pytest.mark.parametrize(
    "text",
    [
        "2024年，民营企业进出口增长50%。",  # narrower than the measure
        "武汉地区生产总值增长50%。",  # without a time
        "2024年，光明区地区生产总值增长50%。",  # of a place that the tables lack
        "2024年，武汉规划地区生产总值增长50%。",  # a plan
        "截至2024年底，武汉人工智能企业达9999家。",  # counted by rules of its own
        "2022年，武汉地区生产总值29999亿元。",  # so long ago that it may have been revised
        "2023年企稳。一季度，武汉地区生产总值增长50%。",  # of which year is not said
    ],
)
def test_no_verdict_rests_on_a_guess(tmp_path, text):
    assert not {"holds", "differs", "stale"} & set(marks(read(tmp_path, text)))


def test_what_was_known_later_is_known_now_alone(tmp_path):
    head = "武汉经济\n发布时间：2025-01-10\n武汉，武汉。\n"
    (one,) = read(tmp_path, "2024年，武汉地区生产总值21106.23亿元。", head).numbers
    assert (one.now.kind, one.then.kind) == ("agrees", "not_comparable")


def test_a_text_that_the_ledger_has_does_not_vouch_for_itself(tmp_path):
    rows = package.read("claims", columns=("source_id", "value_text", "indicator", "period"))
    source = rows["source_id"].iloc[0]
    said = [text for text in rows[rows["source_id"] == source]["value_text"] if text.endswith("家")][:5]
    text = "".join(f"武汉有某种机构{one}。" for one in said)
    found = [one.found for one in read(tmp_path, text).numbers]
    assert known.itself(found) == source
    assert known.itself(found[:2]) == known.SOURCE


def test_the_figure_with_more_digits_is_summed(tmp_path):
    text = (
        "2024年，武汉地区生产总值2.1万亿元。2024年，武汉地区生产总值21106.23亿元。"
        "2024年，武汉第一产业增加值506亿元；第二产业增加值6584亿元；第三产业增加值14104亿元。"
    )
    (check,) = (each for each in read(tmp_path, text).checks if each.identity.question == "sectors")
    assert check.left.value == 21106.23


def test_sectors_are_held_against_the_whole(tmp_path):
    text = "2024年，武汉地区生产总值100亿元。其中，第一产业增加值10亿元；第二产业增加值40亿元；第三产业增加值60亿元。"
    (check,) = read(tmp_path, text).checks
    assert (check.identity.question, check.kind) == ("sectors", "does_not_close")


def _with_source(file, source):
    """The sources with one more, a copy of the first press text under another id and address."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    copied = next(line for line in lines if line.startswith("press_000,"))
    return "".join([*lines, copied.replace("press_000,", f"{source},", 1)])


def test_candidate_rows_pass_the_check_once_a_person_filled_what_is_open(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(package.DATA, data)
    example = package.ROOT / "wuhan" / "studies" / "read_an_article" / "example.txt"
    reading = known.read(str(example))
    source = candidates.following(data)
    made = candidates.rows([one.found for one in reading.numbers], terms.vocabulary(), reading.printed, source)
    assert len(made) == len(reading.numbers)
    assert {row["source_id"] for row in made} == {source}
    (data / "sources.csv").write_text(_with_source(data / "sources.csv", source), encoding="utf-8")
    for row in made:
        for column, fill in (
            ("theme", "other"),
            ("place", "wuhan"),
            ("measure", "to_be_named"),
            ("stated", "2025-04-02"),
        ):
            row[column] = row[column] or fill
    with (data / "claims.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, package.columns("claims"), lineterminator="\n").writerows(made)
    assert [str(fault) for fault in package.check(data) if fault.file.endswith("claims.csv")] == []


def test_a_text_is_noted_as_read(tmp_path, monkeypatch):
    log = tmp_path / "reads"
    monkeypatch.setenv("WUHAN_READS", str(log))
    read(tmp_path, "武汉有3家企业。")
    assert str(tmp_path / "a.txt") in log.read_text(encoding="utf-8").splitlines()
