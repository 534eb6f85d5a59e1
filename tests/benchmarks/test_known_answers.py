import pytest

from benchmarks.known_answers.answer import above, below, markdown, near, shown
from benchmarks.known_answers.burda import PUBLISHED, STAGES


def test_an_answer_is_judged_by_its_tolerance_or_by_another():
    assert near("x", 1.04, 1.0, 0.05).right is True
    assert near("x", 1.06, 1.0, 0.05).right is False
    assert below("x", 1.0, 2.0, "the other").right is True
    assert above("x", 1.0, 2.0, "the other").right is False
    assert shown("x", 1.0, "2 elsewhere").right is None


def test_a_table_has_a_line_an_answer():
    table = markdown([near("x", 1.25, 1.0, 0.05), shown("y", 2.0, "3 elsewhere")]).splitlines()
    assert table[2] == "| x | 1.25 | 1 ± 0.05 | WRONG |"
    assert table[3] == "| y | 2 | 3 elsewhere |  |"


def test_burdas_schedule_has_its_3280_epochs():
    assert sum(3**stage for stage in range(STAGES)) == 3280
    assert PUBLISHED["iwae", 50] == pytest.approx(84.78)
