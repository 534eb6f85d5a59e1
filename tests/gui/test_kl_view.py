from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from ae_studio.events import LatentSpace
from ae_studio.gui.kl_view import KlView


@pytest.fixture
def view(qtbot, told):
    made = KlView()
    qtbot.addWidget(made)
    made.resize(1100, 200)
    made.begin(LatentSpace(3))
    made.show()
    qtbot.waitExposed(made)
    codes = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)
    codes[:, 1] = 0
    made.show_look(replace(told.look(7), codes=codes, kl=np.array([0.5, 0.0, 2.0], dtype=np.float32)))
    return made


def words(view):
    return view.findChild(QLabel, "dim_label").text()


def test_it_says_the_epoch_the_sum_and_how_many_are_in_use(view):
    assert words(view).startswith("Epoch 7: 2.50 nats in 2 of 3 dimensions in use")
    assert "not used" in words(view)


def test_the_order_is_that_of_the_directions_or_of_the_numbers(view):
    assert view.bars.order.tolist() == [2, 0, 1]
    view.findChild(QComboBox, "kl_order_box").setCurrentIndex(1)
    assert view.bars.order.tolist() == [0, 1, 2]


def test_one_under_the_mouse_says_its_nats_or_why_it_is_dim(view):
    view.bars.dimension_hovered.emit(2)
    assert words(view) == "z3: KL 2.00 nats"
    view.bars.dimension_hovered.emit(1)
    assert words(view) == "KL 0.00 nats: the model does not use z2"
    view.bars.dimension_hovered.emit(-1)
    assert words(view).startswith("Epoch 7")


def test_another_run_begins_empty(view, told):
    view.begin(LatentSpace(2))
    assert words(view) == ""
    assert view.why_not == ""
    view.show_look(told.look())
    assert "Gaussian" in view.why_not
