from PySide6.QtCore import Qt

from ae_studio.gui.loss_lines import BATCH, TRAIN, VALIDATION, LossLines, title
from ae_studio.gui.theme import DARK, LIGHT

NAMES = ("loss", "reconstruction", "kl")


def test_training_and_validation_of_the_loss_have_colours_of_their_own():
    lines = LossLines(DARK, NAMES)
    colours = {lines.colour("loss", TRAIN).name(), lines.colour("loss", VALIDATION).name()}
    colours |= {lines.colour(name, TRAIN).name() for name in NAMES[1:]}
    assert len(colours) == 4


def test_other_terms_are_solid_in_training_and_dashed_in_validation():
    lines = LossLines(LIGHT, NAMES)
    assert lines.pen("kl", TRAIN).style() == Qt.PenStyle.SolidLine
    assert lines.pen("kl", VALIDATION).style() == Qt.PenStyle.DashLine
    assert lines.colour("kl", TRAIN) == lines.colour("kl", VALIDATION)


def test_single_steps_are_faint_and_thin():
    pen = LossLines(DARK, NAMES).pen("loss", BATCH)
    assert pen.color().alphaF() < 0.5
    assert pen.widthF() == 1
    assert pen.isCosmetic()


def test_terms_are_written_as_people_write_them():
    assert title("kl") == "KL"
    assert title("reconstruction") == "reconstruction"
