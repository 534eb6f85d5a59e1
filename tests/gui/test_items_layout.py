from PySide6.QtWidgets import QLabel, QWidget

from ae_studio.gui.items_layout import ItemsLayout


def test_items_are_kept_in_their_order_and_can_be_taken_out(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    layout = ItemsLayout(parent)
    labels = [QLabel(text, parent) for text in "abc"]
    for label in labels:
        layout.addWidget(label)
    assert [layout.itemAt(index).widget() for index in range(layout.count())] == labels
    assert layout.itemAt(3) is None
    assert layout.itemAt(-1) is None
    assert layout.takeAt(1).widget() is labels[1]
    assert layout.takeAt(7) is None
    assert layout.count() == 2
    assert layout.contentsMargins().left() == 0
