import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider

from ae_studio.gui.common_epoch import CommonEpoch


@pytest.fixture
def bar(qtbot):
    made = CommonEpoch()
    qtbot.addWidget(made)
    made.show()
    yield made
    made.end()


def test_it_says_where_the_runs_stand(bar):
    bar.show_epochs(20, [5, 5])
    assert bar._read_out.text() == "5 of 20"
    bar.show_epochs(20, [5, 7])
    assert bar._read_out.text() == "each at its own"
    bar.show_epochs(0, [0])
    assert not bar._slider.isEnabled()
    assert bar._slider.toolTip() == "No run has been trained for an epoch yet"


def test_its_keys_take_all_runs_along(bar, qtbot):
    bar.show_epochs(20, [5, 5])
    with qtbot.waitSignal(bar.epoch_chosen) as chosen:
        qtbot.keyClick(bar.findChild(QSlider), Qt.Key.Key_Right)
    assert chosen.args == [6]
