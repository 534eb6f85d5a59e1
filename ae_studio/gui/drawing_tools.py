"""What stands below the pad: pen and eraser, their width, and where a drawing can come from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QButtonGroup, QColorDialog, QHBoxLayout, QSlider, QToolButton, QWidget

from ae_studio.gui.icons import dot, icon
from ae_studio.gui.named import named
from ae_studio.gui.theme import DARK, Theme

ICON = 16  # pixels
WIDTHS = 20  # steps of the slider to either side of the data's own strokes
WIDEST = 3.0  # times their width at its ends, or that part of it
HINTS = {
    "pen": "Draw",
    "eraser": "Erase; the right mouse button and a stylus's other end do it at any time",
    "clear": "Clear the drawing (Del)",
    "open": "Open a picture",
    "paste": "Paste a picture (Ctrl+V)",
}


class DrawingTools(QWidget):
    """A row of small buttons.

    Signals:
        eraser_chosen(erasing), width_chosen(times): times the width of the data's own strokes.
        colour_chosen(QColor)
        clear_requested(), open_requested(), paste_requested()
    """

    eraser_chosen = Signal(bool)
    width_chosen = Signal(float)
    colour_chosen = Signal(QColor)
    clear_requested = Signal()
    open_requested = Signal()
    paste_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_tools")
        self._theme = DARK
        self._colour = QColor("#ffffff")
        self._buttons = {name: self._button(name) for name in HINTS}
        self._colour_button = named(QToolButton(self), "pen_colour_button", toolTip="Colour of the pen")
        self._colour_button.setAccessibleName("Colour of the pen")
        self._width = named(QSlider(Qt.Orientation.Horizontal, self), "pen_width_slider")
        self._width.setRange(-WIDTHS, WIDTHS)
        self._width.setMinimumWidth(40)
        self._width.setToolTip("Width of pen and eraser; in the middle, that of the data's own strokes")
        self._width.setAccessibleName("Width of the pen")
        self._lay_out()
        self._connect()
        self.show_coloured(False)

    def _button(self, name: str) -> QToolButton:
        button = named(QToolButton(self), f"drawing_{name}_button", toolTip=HINTS[name])
        button.setAccessibleName(HINTS[name])
        button.setIconSize(QSize(ICON, ICON))
        return button

    def _lay_out(self) -> None:
        self._pens = QButtonGroup(self)
        for name in ("pen", "eraser"):
            self._buttons[name].setCheckable(True)
            self._pens.addButton(self._buttons[name])
        self._buttons["pen"].setChecked(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self._buttons["pen"])
        row.addWidget(self._buttons["eraser"])
        row.addWidget(self._colour_button)
        row.addSpacing(4)
        row.addWidget(self._width, 1)
        row.addSpacing(4)
        for name in ("open", "paste", "clear"):
            row.addWidget(self._buttons[name])

    def _connect(self) -> None:
        self._buttons["eraser"].toggled.connect(self.eraser_chosen)
        self._width.valueChanged.connect(self._tell_width)
        self._colour_button.clicked.connect(self._ask_colour)
        self._buttons["clear"].clicked.connect(self.clear_requested)
        self._buttons["open"].clicked.connect(self.open_requested)
        self._buttons["paste"].clicked.connect(self.paste_requested)

    @property
    def width_factor(self) -> float:
        """Times the width of the data's own strokes."""
        return WIDEST ** (self._width.value() / WIDTHS)

    def show_coloured(self, coloured: bool) -> None:
        """Whether the pen has a colour to choose."""
        self._colour_button.setVisible(coloured)

    def allow_clear(self, possible: bool) -> None:
        self._buttons["clear"].setEnabled(possible)
        self._buttons["clear"].setToolTip(HINTS["clear"] if possible else "Nothing is drawn yet")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for name, button in self._buttons.items():
            made = icon(name, theme.text)
            made.addPixmap(icon(name, theme.line).pixmap(2 * ICON, 2 * ICON), QIcon.Mode.Disabled)
            button.setIcon(made)
        self._colour_button.setIcon(dot(self._colour.name(), self.devicePixelRatio()))

    def _tell_width(self) -> None:
        self.width_chosen.emit(self.width_factor)

    def _ask_colour(self) -> None:
        dialog = named(QColorDialog(self._colour, self), "pen_colour_dialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._take_colour)
        dialog.open()

    def _take_colour(self, colour: QColor) -> None:
        self._colour = colour
        self._colour_button.setIcon(dot(colour.name(), self.devicePixelRatio()))
        self.colour_chosen.emit(colour)
