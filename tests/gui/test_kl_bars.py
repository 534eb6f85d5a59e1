import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor

from ae_studio.events import LatentSpace
from ae_studio.gui.kl_bars import Bars, KlBars, ticks
from ae_studio.gui.theme import DARK
from ae_studio.latent.activity import activity

KL = np.array([0.5, 0.0, 2.0], dtype=np.float32)


@pytest.fixture
def bars(qtbot):
    made = KlBars()
    qtbot.addWidget(made)
    made.resize(300, 200)
    codes = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
    codes[:, 1] = 0
    known = activity(codes, LatentSpace(3), KL)
    made.show_activity(known, known.order)
    made.show()
    qtbot.waitExposed(made)
    return made


def middle(bars, place):
    rect = bars.bars().rect(place, 0.0)
    return QPoint(int(rect.center().x()), int(rect.center().y()))


def test_heights_are_nats(bars):
    found = bars.bars()
    heights = [found.rect(place, float(KL[dimension])).height() for place, dimension in enumerate(bars.order)]
    assert heights[1] == pytest.approx(heights[0] / 4)
    assert heights[2] == 1  # nothing is still a line


def test_a_dimension_that_is_not_used_is_dim(bars):
    image = bars.grab().toImage()
    place = bars.bars().rect(0, 0.1)
    assert image.pixelColor(int(place.center().x()), int(place.bottom()) - 2) == QColor(DARK.accent)
    place = bars.bars().rect(2, 0.0)
    assert image.pixelColor(int(place.center().x()), int(place.top())) != QColor(DARK.accent)


def test_the_mouse_tells_the_dimension_under_it(bars, qtbot):
    with qtbot.waitSignal(bars.dimension_hovered) as told:
        qtbot.mouseMove(bars, middle(bars, 1))
    assert told.args == [0]


@pytest.mark.parametrize("count", [1, 10, 256])
def test_all_have_room(count):
    bars = Bars(count, 3.0, 300.0, 150.0)
    last = bars.rect(count - 1, 1.0)
    assert last.right() <= 300
    assert last.width() > 0.5
    assert bars.place_at(last.center().x()) == count - 1
    assert bars.place_at(10) is None


@pytest.mark.parametrize(("most", "expected"), [(1.0, [0, 0.5, 1]), (7.3, [0, 2, 4, 6]), (0.013, [0, 0.005, 0.01])])
def test_ticks_are_round(most, expected):
    assert ticks(most) == expected
