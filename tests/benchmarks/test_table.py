from __future__ import annotations

import pytest

from benchmarks.table import Row, markdown_table, number, terminal_table

ROWS = [
    Row("training, MLP VAE", 19_200.0, "images/s", compared=20_000.0, target=0.95),
    Row("mouse move to digit, p99", 9.1, "ms", target=8.3, at="most"),
    Row("decode", 0.25, "ms"),
]


def test_a_ratio_is_judged_where_there_is_something_to_compare_with_else_the_measurement():
    assert [row.verdict for row in ROWS] == ["reached", "missed", ""]
    assert Row("memory", 1.2, "GB", compared=1.0, target=1.3, at="most").verdict == "reached"


@pytest.mark.parametrize(
    ("value", "text"), [(152_345.0, "152,000"), (12.345, "12.3"), (0.34567, "0.346"), (0.0, "0"), (999.6, "1,000")]
)
def test_numbers_have_three_figures(value, text):
    assert number(value) == text


def test_the_terminal_table_is_aligned():
    lines = terminal_table(ROWS).splitlines()
    assert lines[2].split() == [
        *("training,", "MLP", "VAE", "19,200", "images/s", "20,000", "images/s", "0.96×", "≥", "0.95×", "reached")
    ]
    assert lines[3].endswith("≤ 8.3 ms  missed")
    assert len(set(map(len, lines[1:3]))) <= 2


def test_the_markdown_table_has_a_rule_that_aligns_numbers_to_the_right():
    head, rule, *body = markdown_table(ROWS).splitlines()
    assert head.count("|") == rule.count("|") == body[0].count("|") == 7
    assert rule.count(":") == 4
