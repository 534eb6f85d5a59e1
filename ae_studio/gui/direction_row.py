"""One direction of the latent space: its name, what it says, and a slider for the handle's value along it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from ae_studio.gui.icons import icon
from ae_studio.gui.jump_slider import JumpSlider
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme, tabular

STEPS = 400  # of a slider: about its pixels
PAGE = 20
NOTHING = 0.005  # a value: 0 is written of it


class DirectionRow(QWidget):
    """Greyed, with the reason, where the model does not use the direction.

    Signals:
        moved(number, value): the slider was moved; ``number`` is that of the row.
        reset_requested(number)
    """

    moved = Signal(int, float)
    reset_requested = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"direction_row_{number + 1}")
        self._number = number
        self._low, self._high = -1.0, 1.0
        self._value = 0.0
        self._name = named(QLabel(self), "direction_name")
        self._importance = named(QLabel(self), "dim_label")
        self._shown_value = named(QLabel(self), "direction_value")
        self._shown_value.setFont(tabular(self.font()))
        self.slider = named(JumpSlider(Qt.Orientation.Horizontal, self), f"direction_slider_{number + 1}")
        self.slider.setRange(0, STEPS)
        self.slider.setPageStep(PAGE)
        self.reset_button = named(QToolButton(self), f"direction_reset_{number + 1}", autoRaise=True)
        self.reset_button.setIconSize(QSize(12, 12))
        self._lay_out()
        self.slider.valueChanged.connect(self._move)
        self.reset_button.clicked.connect(self._reset)

    def _lay_out(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(0)
        layout.addWidget(self._name, 0, 0)
        layout.addWidget(self._importance, 0, 1)
        layout.addWidget(self._shown_value, 0, 2, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.reset_button, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.slider, 1, 0, 1, 3)
        layout.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_direction(self, name: str, importance: str, reason: str, low: float, high: float) -> None:
        """What it is called, what it says in words, why it says nothing, and the slider's ends."""
        self._low, self._high = low, high
        self._name.setText(name)
        self._importance.setText(importance if not reason else f"{importance}, inactive")
        hint = reason or f"The code along {name}; the image follows"
        for widget in (self, self.slider, self._name, self._importance):
            widget.setToolTip(hint)
        self.slider.setAccessibleName(f"Code along {name}")
        self.slider.setAccessibleDescription(hint)
        self.reset_button.setAccessibleName(f"Put {name} back to 0")
        self.reset_button.setToolTip("Back to 0")
        self.slider.setEnabled(not reason)
        for label in (self._name, self._shown_value):
            label.setEnabled(not reason)
        self.show_value(self._value)

    def show_value(self, value: float) -> None:
        """The handle's; beyond the slider's ends it stands at the nearer one."""
        self._value = value
        text = _number(value)
        if self._shown_value.text() != text:
            self._shown_value.setText(text)
            self.reset_button.setEnabled(abs(value) > NOTHING)
        if not self.slider.isSliderDown():
            step = round(STEPS * (value - self._low) / (self._high - self._low))
            with QSignalBlocker(self.slider):
                self.slider.setValue(min(STEPS, max(0, step)))

    def set_theme(self, theme: Theme) -> None:
        self.reset_button.setIcon(icon("reset", theme.dim))

    def _move(self, step: int) -> None:
        value = self._low + (self._high - self._low) * step / STEPS
        self.moved.emit(self._number, value)

    def _reset(self) -> None:
        self.reset_requested.emit(self._number)


def _number(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−").replace("+0.00", "0.00").replace("−0.00", "0.00")
