import pytest

from ae_studio.gui.elided_label import ELLIPSIS, ElidedLabel


@pytest.fixture
def label(qtbot):
    made = ElidedLabel("Reconstructions")
    qtbot.addWidget(made)
    made.show()
    return made


def test_with_room_the_whole_text_is_shown(label):
    label.resize(label.sizeHint())
    assert label.shown_text() == "Reconstructions"


def test_without_room_it_ends_in_an_ellipsis_and_the_tooltip_says_all(label):
    label.resize(label.sizeHint().width() // 2, 20)
    label.grab()
    assert label.shown_text().endswith(ELLIPSIS)
    assert len(label.shown_text()) < len("Reconstructions")
    assert label.toolTip() == "Reconstructions"


def test_it_gives_way_in_a_layout(label):
    assert label.minimumSizeHint().width() < label.sizeHint().width() / 3
