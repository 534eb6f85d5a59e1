from PySide6.QtWidgets import QCheckBox

from ae_studio.gui.named import named


def test_a_widget_gets_its_name_and_its_properties(qtbot):
    box = QCheckBox("log")
    qtbot.addWidget(box)
    assert named(box, "log_box", toolTip="Logarithmic axis", checked=True) is box
    assert box.objectName() == "log_box"
    assert box.toolTip() == "Logarithmic axis"
    assert box.isChecked()
