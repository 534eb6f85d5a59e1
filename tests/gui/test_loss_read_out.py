import numpy as np
import pytest

from ae_studio.gui.loss_data import LossData
from ae_studio.gui.loss_read_out import LossReadOut, nearest_step, values_of
from ae_studio.gui.loss_views import LossView
from ae_studio.gui.steps_item import StepsItem


@pytest.fixture
def view():
    data = LossData(steps_per_epoch=10)
    data.add_steps(np.arange(1, 31), {"loss": np.arange(1.0, 31.0)})
    data.add_epoch(2, "validation", {"loss": 7.5, "mse_per_pixel": 0.25})
    return LossView(data)


@pytest.mark.parametrize(("x", "step"), [(-3.0, 1), (0.14, 1), (1.26, 13), (2.04, 20), (99.0, 30)])
def test_the_nearest_step_is_found_by_its_number(view, x, step):
    assert view.data.steps[nearest_step(view, x)] == step


def test_without_steps_there_is_none():
    assert nearest_step(LossView(LossData()), 1.0) is None


def test_a_term_is_read_at_the_step_and_at_the_epoch(view):
    values = values_of(view, "loss", 2, 12, StepsItem(), 1.3)
    assert values == {"batch": 13.0, "smooth": None, "train": None, "validation": 7.5}
    assert values_of(view, "mse_per_pixel", 2, 12, StepsItem(), 1.3)["batch"] is None


def test_it_says_where_it_reads_and_gives_the_cursor_its_place(view, qtbot):
    label = LossReadOut(None)
    qtbot.addWidget(label)
    assert label.show_values(view, [("loss", "batch"), ("mse_per_pixel", "validation")], StepsItem(), 1.26) == 1.3
    for text in ("epoch 2", "step 13", "MSE/pixel", "0.25", "7.5"):
        assert text in label.text()
    assert "train" not in label.text()  # nothing is known of it
