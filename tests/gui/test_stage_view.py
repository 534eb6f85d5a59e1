import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from ae_studio.events import LayerStep
from ae_studio.gui.stage_view import StageView
from ae_studio.gui.step_words import BATCH, DECODE, GRADIENTS, LOSS, STAGES
from ae_studio.gui.theme import DARK, LIGHT
from tests.gui.seen_step import deterministic, seen_step


@pytest.fixture
def view(qtbot):
    made = StageView()
    qtbot.addWidget(made)
    made.resize(640, 116)
    made.set_theme(DARK)
    return made


def pixels(view):
    """(h, w), a colour a number."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), image.width()).copy()


def large(numbers):
    """A step whose codes have so many numbers."""
    codes = np.random.default_rng(0).normal(size=(3, numbers)).astype(np.float32)
    spread = np.full((3, numbers), 0.1, dtype=np.float32)
    return seen_step(codes=codes, spread=spread, samples=codes + spread)


STEPS = {
    "two numbers": seen_step(),
    "one number": large(1),
    "many numbers": large(300),
    "without a posterior": deterministic(),
    "without weights": seen_step(weights={}),
    "diverged": seen_step(
        terms={"loss": float("nan"), "reconstruction": float("inf"), "kl": 1.0}, gradient=float("nan")
    ),
    "colour": seen_step(images=np.zeros((3, 8, 8, 3), np.uint8), decoded=np.full((3, 8, 8, 3), 99, np.uint8)),
    "a layer that stands still": seen_step(layers=(LayerStep("encoder 1", 4, 0.0, 0.0, 0.0),), gradient=0.0),
    "many layers": seen_step(layers=tuple(LayerStep(f"encoder {n}", 9, 10.0**-n, 1.0, 1e-3) for n in range(1, 15))),
    "negative parts": seen_step(terms={"loss": -5.0, "reconstruction": 1.0, "kl": -1.5}),
}


@pytest.mark.parametrize("width", [260, 640, 1400])
@pytest.mark.parametrize("name", STEPS)
def test_every_stage_of_every_step_is_painted_at_any_width(view, name, width):
    view.resize(width, 84 if width < 600 else 116)
    view.show_step(STEPS[name], ("a", "b", "c"))
    empty = None
    for stage in range(len(STAGES)):
        for share in (0.0, 0.4, 1.0):
            view.show_stage(stage, share)
            image = pixels(view)
        assert empty is None or (image != empty).any()
        empty = image


def test_nothing_is_painted_while_a_step_is_waited_for(view):
    view.show_stage(BATCH, 1.0)
    assert len(np.unique(pixels(view))) == 1


def test_a_theme_changes_the_images_too(view):
    view.show_step(seen_step(), ())
    view.show_stage(DECODE, 1.0)
    dark = pixels(view)
    view.set_theme(LIGHT)
    assert (pixels(view) != dark).any()


def test_what_is_above_the_limit_is_marked(view):
    warning = QColor(DARK.warning).rgb()
    view.show_stage(GRADIENTS, 1.0)
    view.show_step(seen_step(clip=0.0), ())
    assert (pixels(view) != warning).all()
    view.show_step(seen_step(clip=1.0), ())
    assert (pixels(view) == warning).sum() > 20


def test_it_says_what_it_shows(view):
    view.show_stage(LOSS, 0.5)
    assert view.accessibleName() == "Loss of the step that is played"
