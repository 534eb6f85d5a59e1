from ae_studio.gui.fitting_label import FittingLabel


def test_of_the_wordings_the_longest_that_has_room_is_shown(qtbot):
    label = FittingLabel()
    qtbot.addWidget(label)
    label.show()
    label.show_longest(("original, decoded, difference", "difference", "d"))
    label.resize(400, 20)
    assert label.text() == "original, decoded, difference"
    label.resize(label.fontMetrics().horizontalAdvance("difference") + 4, 20)
    assert label.text() == "difference"
    label.resize(1, 20)
    assert label.text() == "d"
    assert label.longest == "original, decoded, difference"
