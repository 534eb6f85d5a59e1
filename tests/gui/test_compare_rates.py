from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from ae_studio.gui.compare_rates import RatesTab
from ae_studio.gui.theme import DARK, LIGHT
from ae_studio.paths import runs_root
from tests.gui.linked_runs import compared
from tests.gui.mouse import move
from tests.runs.made_runs import edit, make_run


@pytest.fixture
def tab(qtbot):
    tab = RatesTab()
    qtbot.addWidget(tab)
    tab.resize(900, 500)
    tab.set_theme(DARK)
    with qtbot.waitExposed(tab):
        tab.show()
    yield tab
    tab.hide()
    tab.end()


def run(name, reconstruction="bernoulli", beta=1.0, losses=(30.0, 20.0), **config):
    folder = make_run(runs_root(), name, losses=losses, **config)
    edit(folder, lambda record: record["config"]["settings"].update(reconstruction=reconstruction, beta=beta))
    return folder


def show(tab, qtbot, *folders):
    with qtbot.waitSignal(tab.survey.surveyed):
        tab.show_runs(tuple(compared(path=folder) for folder in folders))
    if tab._plot is not None:
        tab._plot.grab()


def shown(tab):
    return {dot.point.folder: dot for dot in tab._plot._dots}


def test_all_runs_are_there_and_the_compared_ones_have_their_letters(tab, qtbot):
    folders = [run(name, losses=(30.0, 20.0 + number)) for number, name in enumerate(("one", "two", "three"))]
    show(tab, qtbot, folders[2], folders[0])
    assert {folder: dot.letter for folder, dot in shown(tab).items()} == {"one": "B", "two": "", "three": "A"}
    assert "3 runs of digits" in tab._note.text()
    assert "equal ELBO" in tab._note.text()


def test_one_likelihood_at_a_time_run_as_first(tab, qtbot):
    mine = run("mine", "gaussian")
    for number in range(3):
        run(f"other{number}")
    show(tab, qtbot, mine)
    assert set(shown(tab)) == {"mine"}
    assert "3 measured in another way" in tab._note.text()
    assert "but for a constant" in tab._note.text()
    tab._units.setCurrentText("nats per image")
    tab._units.activated.emit(1)
    assert len(shown(tab)) == 3


def test_who_has_no_point_is_counted_and_the_tooltip_says_why(tab, qtbot):
    mine = run("mine")
    (run("lost") / "metrics.csv").unlink()
    show(tab, qtbot, mine)
    assert "1 left out" in tab._note.text()
    assert "lost: metrics.csv is missing" in tab._note.toolTip()


def test_without_any_point_it_says_why(tab, qtbot):
    mine = run("mine")
    (mine / "metrics.csv").write_text("epoch,step,split,term,value\n1,1,validation,loss,3\n")
    show(tab, qtbot, mine)
    assert tab._empty.isVisible()
    assert "no KL" in tab._empty.text()
    assert not tab._plot.isVisible()


def test_the_mouse_tells_run_and_numbers(tab, qtbot):
    mine, other = run("mine"), run("other", beta=4.0, losses=(30.0, 18.0), latent_dim=7, seed=3)
    show(tab, qtbot, mine)
    move(tab._plot.viewport(), tab._plot.pixel_of(other.name).toPoint())
    told = tab._plot.read_out
    for words in ("other", "β = 4", "7 dimensions", "seed 3", "epoch 1", "rate 18", "distortion 18", "sum 36"):
        assert words in told
    assert "Click: compare it too" in told
    move(tab._plot.viewport(), tab._plot.pixel_of(mine.name).toPoint())
    assert "compared already" in tab._plot.read_out


def test_a_click_compares_a_run_too_unless_it_is_already(tab, qtbot):
    mine, other = run("mine"), run("other", losses=(30.0, 18.0))
    show(tab, qtbot, mine)
    with qtbot.waitSignal(tab.add_wanted) as told:
        QTest.mouseClick(tab._plot.viewport(), Qt.MouseButton.LeftButton, pos=tab._plot.pixel_of("other").toPoint())
    assert told.args == [other]
    with qtbot.assertNotEmitted(tab.add_wanted):
        QTest.mouseClick(tab._plot.viewport(), Qt.MouseButton.LeftButton, pos=tab._plot.pixel_of("mine").toPoint())


def test_the_menu_opens_a_run_and_says_why_it_cannot_be_compared(tab, qtbot):
    folders = [run(f"run{number}", losses=(30.0, 20.0 + number)) for number in range(5)]
    show(tab, qtbot, *folders[:4])
    place = tab._plot.pixel_of("run4").toPoint()
    QTest.mouseClick(tab._plot.viewport(), Qt.MouseButton.RightButton, pos=place)
    menu = tab.findChild(QMenu, "rates_menu")
    add, opens = menu.actions()
    assert not add.isEnabled()
    assert "4 runs are compared already" in add.toolTip()
    with qtbot.waitSignal(tab.open_wanted) as told:
        opens.trigger()
    assert told.args == [folders[4]]
    menu.close()


def test_colours_stand_for_the_family_or_beta_or_the_dimensions(tab, qtbot):
    mine = run("mine", beta=1.0)
    run("four", beta=4.0, model="beta-vae")
    show(tab, qtbot, mine)
    assert "beta-vae" in tab._key.text()
    tab._colour.setCurrentIndex(1)
    tab._colour.activated.emit(1)
    assert "β = 1" in tab._key.text()
    assert len({dot.colour for dot in tab._plot._dots}) == 2
    tab._colour.setCurrentIndex(2)
    tab._colour.activated.emit(2)
    assert "2 dimensions" in tab._key.text()
    tab.set_theme(LIGHT)
    tab._plot.grab()


def test_at_the_best_epoch_it_is_asked_anew(tab, qtbot):
    mine = run("mine", losses=(30.0, 18.0, 22.0))
    show(tab, qtbot, mine)
    assert shown(tab)["mine"].height == 22
    tab._at.setCurrentIndex(1)
    with qtbot.waitSignal(tab.survey.surveyed):
        tab._at.activated.emit(1)
    assert shown(tab)["mine"].height == 18


def test_runs_of_several_data_sets_offer_them(tab, qtbot):
    mine, other = run("mine"), run("other", data="mnist")
    with qtbot.waitSignal(tab.survey.surveyed):
        tab.show_runs((compared(path=mine), compared(path=other, data="mnist")))
    assert tab._data.isVisible()
    tab._data.setCurrentIndex(1)
    with qtbot.waitSignal(tab.survey.surveyed):
        tab._data.activated.emit(1)
    assert set(shown(tab)) == {"other"}
    assert shown(tab)["other"].letter == "B"


def test_a_run_from_elsewhere_is_marked_too(tab, qtbot, tmp_path):
    away = make_run(tmp_path / "elsewhere", "away")
    show(tab, qtbot, Path(away))
    assert [dot.letter for dot in tab._plot._dots] == ["A"]
