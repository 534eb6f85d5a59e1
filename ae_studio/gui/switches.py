"""The parts of a code that are one of several: the class that a model is told, the categories that it has found."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from ae_studio.events import Switch
from ae_studio.gui.flow_layout import FlowLayout
from ae_studio.gui.named import named

ROWS = 2  # so many switches can have a button for every option; more get a box each


class Switches(QWidget):
    """A row of buttons, or a box, for every switch of a code.

    Signals:
        option_chosen(switch, option): numbers counted from 0.
    """

    option_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("switches")
        self.setAccessibleName("Switches of the code")
        self._flow = FlowLayout(self, gap=4)
        self._switches: tuple[Switch, ...] = ()
        self._parts: list[QWidget] = []
        self._choices: list[QButtonGroup | QComboBox] = []
        self.hide()

    def show_switches(self, switches: tuple[Switch, ...]) -> None:
        """Those of another run; none hides the bar."""
        if switches != self._switches:
            self._switches = switches
            self._make_parts()
        self.setVisible(bool(switches))

    def show_options(self, options: list[int]) -> None:
        """Which option each switch holds."""
        for choice, option in zip(self._choices, options, strict=False):
            with QSignalBlocker(choice):
                if isinstance(choice, QComboBox):
                    choice.setCurrentIndex(option)
                elif button := choice.button(option):
                    button.setChecked(True)

    def _make_parts(self) -> None:
        for part in self._parts:
            self._flow.removeWidget(part)
            part.deleteLater()
        self._choices = []
        make = self._make_row if len(self._switches) <= ROWS else self._make_box
        self._parts = [make(number, switch) for number, switch in enumerate(self._switches)]
        for part in self._parts:
            self._flow.addWidget(part)
        self.updateGeometry()

    def _make_part(self, number: int, switch: Switch) -> tuple[QWidget, QHBoxLayout]:
        part = QWidget(self)
        part.setProperty("switch", number)
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(2)
        row.addWidget(named(QLabel(switch.name.capitalize(), part), "dim_label"))
        row.addSpacing(4)
        return part, row

    def _make_row(self, number: int, switch: Switch) -> QWidget:
        part, row = self._make_part(number, switch)
        group = QButtonGroup(part)
        for option, name in enumerate(switch.options):
            button = named(QToolButton(part), f"switch_{number + 1}_option_{option + 1}", text=name, checkable=True)
            button.setToolTip(f"{switch.name.capitalize()} {name}, at the handle's place")
            button.setAccessibleName(f"{switch.name} {name}")
            group.addButton(button, option)
            row.addWidget(button)
        group.setProperty("switch", number)
        group.idClicked.connect(self._choose)
        self._choices.append(group)
        return part

    def _make_box(self, number: int, switch: Switch) -> QWidget:
        part, row = self._make_part(number, switch)
        box = named(QComboBox(part), f"switch_box_{number + 1}")
        box.setAccessibleName(switch.name)
        box.addItems(list(switch.options))
        box.setProperty("switch", number)
        box.activated.connect(self._choose)
        self._choices.append(box)
        row.addWidget(box)
        return part

    def _choose(self, option: int) -> None:
        self.option_chosen.emit(int(self.sender().property("switch")), option)
