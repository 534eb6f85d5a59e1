import pytest
from PySide6.QtWidgets import QComboBox, QPushButton

from ae_studio.gui.run_table import Sieve
from ae_studio.gui.runs_sieve import RunsSieve
from ae_studio.runs.listed import ListedRun

RUNS = (ListedRun("a", model="vae", tags=("x",)), ListedRun("b", model="/somewhere/my_vae.py"))


@pytest.fixture
def sieve(qtbot):
    made = RunsSieve()
    qtbot.addWidget(made)
    made.offer(RUNS)
    return made


def box(sieve, kind):
    return sieve.findChild(QComboBox, f"runs_{kind}_box")


def test_at_first_everything_passes(sieve):
    assert sieve.chosen() == Sieve()


def test_words_and_choices_are_told(sieve, qtbot):
    with qtbot.waitSignal(sieve.changed):
        qtbot.keyClicks(sieve.search, "ring")
    with qtbot.waitSignal(sieve.changed):
        box(sieve, "tag").setCurrentText("x")
    assert sieve.chosen() == Sieve("ring", tag="x")
    sieve.clear()
    assert sieve.chosen() == Sieve()


def test_a_file_of_the_users_own_is_offered_by_its_name(sieve):
    box(sieve, "model").setCurrentText("my_vae.py")
    assert sieve.chosen().model == "/somewhere/my_vae.py"


def test_a_choice_that_is_gone_is_all_of_them_again(sieve, qtbot):
    box(sieve, "tag").setCurrentText("x")
    with qtbot.assertNotEmitted(sieve.changed):  # whoever offers sifts anew anyway
        sieve.offer(RUNS[:1])
        assert sieve.chosen().tag == "x"
        sieve.offer(RUNS[1:])
    assert sieve.chosen().tag == ""


def test_a_tag_that_is_chosen_has_a_summary(sieve, qtbot):
    button = sieve.findChild(QPushButton, "tag_summary_button")
    assert not button.isEnabled()
    assert "Choose a tag first" in button.toolTip()
    box(sieve, "tag").setCurrentText("x")
    with qtbot.waitSignal(sieve.summary_requested) as told:
        button.click()
    assert told.args == ["x"]
    sieve.offer(RUNS[1:])
    assert not button.isEnabled()
