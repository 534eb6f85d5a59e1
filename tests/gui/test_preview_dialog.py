import pytest
from PySide6.QtWidgets import QLabel

from ae_studio.data.images import load
from ae_studio.data.preview import preview
from ae_studio.gui.image_grid import ImageGrid
from ae_studio.gui.preview_dialog import ClassBalance, PreviewDialog
from ae_studio.gui.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def digits():
    return preview(load("digits"))


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_it_tells_how_many_images_there_are_and_shows_some_of_each_class(qtbot, digits, theme):
    dialog = PreviewDialog(digits, theme)
    qtbot.addWidget(dialog)
    dialog.show()
    text = dialog.findChild(QLabel).text()
    assert "1,797 images of 8 × 8, grey" in text
    assert dialog.findChild(ImageGrid).images.shape == (80, 8, 8)
    assert dialog.windowTitle().startswith("Digits 8×8")
    grid = dialog.findChild(ImageGrid)
    assert grid.width() / grid.height() == pytest.approx(16 / 5, rel=0.15)  # no empty room around the rows


def test_bars_are_as_long_as_their_classes_are_many(qtbot, digits):
    balance = ClassBalance(digits, DARK)
    qtbot.addWidget(balance)
    balance.resize(460, 180)
    picture = balance.grab().toImage()
    counts = digits.train_counts + digits.validation_counts + digits.test_counts
    room = 460 - 110 - 70
    for index, count in enumerate(counts):
        end = 110 + round(count / counts.max() * room)
        y = index * 18 + 9
        ground = picture.pixelColor(457, y)
        assert picture.pixelColor(end - 3, y) != ground
        assert picture.pixelColor(end + 3, y) == ground
