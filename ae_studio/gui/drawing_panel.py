"""Draw a digit: the pad, and what the model makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QSignalBlocker, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ae_studio.events import Images, Switch
from ae_studio.gui.drawing_pad import DrawingPad, may_be_picture
from ae_studio.gui.drawing_tools import DrawingTools
from ae_studio.gui.drawn_images import DrawnImages
from ae_studio.gui.named import named
from ae_studio.gui.neighbour_row import NeighbourRow
from ae_studio.gui.sheet_view import LEAST_SIDE
from ae_studio.gui.theme import Theme

PICTURES = "Pictures (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp);;All files (*)"
NEIGHBOURS = 5
MARGIN = 12  # pixels
NOT_DRAWN = "Draw something first"


class DrawingPanel(QWidget):
    """Knows no model: is told what to show.

    Signals:
        picture_given(picture): a QImage, or the Path of a file that may be one.
        class_chosen(option): which class a conditional model is to be told, counted from 0.
        go_requested(): put the handle where the drawing is.
        follow_toggled(following): the handle is to follow the drawing, or not any more.
        neighbour_chosen(index): number of a code of the sample.
    """

    picture_given = Signal(object)
    class_chosen = Signal(int)
    go_requested = Signal()
    follow_toggled = Signal(bool)
    neighbour_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("drawing_panel")
        self.pad = DrawingPad(self)
        self.tools = DrawingTools(self)
        self.images = DrawnImages(self)
        self.neighbours = NeighbourRow(NEIGHBOURS, self)
        self._class_label = named(QLabel("Told class", self), "dim_label")
        self._class_box = named(QComboBox(self), "drawn_class_box")
        self._class_box.setAccessibleName("Class that the model is told of the drawing")
        self._class_box.setToolTip("This model is told the class of an image; the handle's switch says the same")
        self._wrong = named(QLabel(self, wordWrap=True), "field_error", visible=False)
        self._facts = named(QLabel(self), "drawn_facts_label")
        self._nearest = named(QLabel("Nearest images", self), "dim_label")
        self._go_button = named(QPushButton("Go there", self), "drawing_go_button")
        self._follow_box = named(QCheckBox("Handle follows", self), "handle_follows_box")
        self._follow_box.setToolTip("With every stroke the handle goes to the code of the drawing")
        self._stroke_width = self.pad.pen_width
        self._lay_out()
        self._connect()
        self.show_classes(None)
        self.allow("Train a model or open a run first")
        self.show_nothing()

    def _lay_out(self) -> None:
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._class_label)
        told.addWidget(self._class_box, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self._go_button)
        buttons.addWidget(self._follow_box)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        layout.setSpacing(8)
        layout.addWidget(self.pad, 1)
        layout.addWidget(self.tools)
        layout.addWidget(self._wrong)
        layout.addLayout(told)
        layout.addWidget(self.images)
        layout.addWidget(self._facts)
        layout.addWidget(self._nearest)
        layout.addWidget(self.neighbours)
        layout.addLayout(buttons)
        layout.addStretch(0)

    def _connect(self) -> None:
        tools = self.tools
        tools.eraser_chosen.connect(self._take_eraser)
        tools.width_chosen.connect(self._take_width)
        tools.colour_chosen.connect(self._take_colour)
        tools.clear_requested.connect(self.pad.clear)
        tools.open_requested.connect(self._choose_file)
        tools.paste_requested.connect(self.paste)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self.pad.changed.connect(self._take_change)
        self.pad.dropped.connect(self._take_mime)
        self._class_box.activated.connect(self.class_chosen)
        self._go_button.clicked.connect(self.go_requested)
        self._follow_box.toggled.connect(self.follow_toggled)
        self.neighbours.chosen.connect(self.neighbour_chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pad is a square: no room is kept free below it."""
        self.pad.setMaximumHeight(max(LEAST_SIDE, event.size().width() - 2 * MARGIN))

    @property
    def following(self) -> bool:
        return self._follow_box.isChecked()

    # What can be drawn

    def allow(self, reason: str) -> None:
        """Greys what makes a drawing, for a reason, or allows it again where that is empty."""
        self.pad.allow(reason)
        self.tools.setEnabled(not reason)
        self.tools.setToolTip(reason)
        self._follow_box.setEnabled(not reason)

    def set_kind(self, coloured: bool, stroke_width: float) -> None:
        """Of the data: whether it has colours, and how wide its strokes are, in pixels of the sheet."""
        if coloured != self.pad.sheet.coloured:
            self.pad.set_coloured(coloured)
        self.tools.show_coloured(coloured)
        self._stroke_width = stroke_width
        self._take_width(self.tools.width_factor)

    def show_classes(self, switch: Switch | None) -> None:
        """The classes that a conditional model is told; None of all others."""
        for widget in (self._class_label, self._class_box):
            widget.setVisible(switch is not None)
        options = list(switch.options) if switch else []
        if options != [self._class_box.itemText(number) for number in range(self._class_box.count())]:
            self._class_box.clear()
            self._class_box.addItems(options)

    def show_class(self, option: int) -> None:
        with QSignalBlocker(self._class_box):
            self._class_box.setCurrentIndex(option)

    # What is made of it

    def show_drawn(self, drawn: Any, neighbours: Images | None, names: list[str]) -> None:
        """A :class:`ae_studio.latent.drawn.Drawn`, with the images (k, H, W) and classes of its neighbours."""
        self.images.show_images(drawn.image, drawn.reconstruction)
        self._facts.setText(f"Squared error {drawn.error:.4f} per pixel")
        if neighbours is None:
            self.neighbours.clear()
        else:
            self.neighbours.show_neighbours(neighbours, names, list(drawn.neighbours), list(drawn.distances))
        self._nearest.setText("Nearest images" if neighbours is not None else "Nearest images: not kept with this run")
        self._go_button.setEnabled(True)
        self._go_button.setToolTip("Put the handle at the code of the drawing")

    def show_nothing(self) -> None:
        self.images.clear()
        self.neighbours.clear()
        self._facts.setText("")
        self._nearest.setText("Nearest images")
        self.tools.allow_clear(not self.pad.is_empty)
        self._go_button.setEnabled(False)
        self._go_button.setToolTip(NOT_DRAWN)

    def show_wrong(self, message: str) -> None:
        """Why a picture cannot be had; the next change of the drawing takes it away."""
        self._wrong.setText(message)
        self._wrong.setVisible(bool(message))

    def set_theme(self, theme: Theme) -> None:
        for part in (self.pad, self.tools, self.images, self.neighbours):
            part.set_theme(theme)

    # Where it comes from

    def paste(self) -> None:
        """A picture from the clipboard, or the file that was copied there."""
        self._take_mime(QGuiApplication.clipboard().mimeData())

    def _take_mime(self, data: QMimeData) -> None:
        if not may_be_picture(data):
            self.show_wrong("There is no picture to paste")
        elif data.hasImage():
            self.picture_given.emit(data.imageData())
        else:
            self._take_file(next(url for url in data.urls() if url.isLocalFile()))

    def _choose_file(self) -> None:
        dialog = named(QFileDialog(self, "Open a picture"), "picture_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(PICTURES)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.urlSelected.connect(self._take_file)
        dialog.open()

    def _take_file(self, url: QUrl) -> None:
        self.picture_given.emit(Path(url.toLocalFile()))

    def _take_eraser(self, erasing: bool) -> None:
        self.pad.erasing = erasing

    def _take_width(self, times: float) -> None:
        self.pad.pen_width = times * self._stroke_width

    def _take_colour(self, colour: QColor) -> None:
        self.pad.sheet.colour = colour

    def _take_change(self) -> None:
        self.show_wrong("")
        self.tools.allow_clear(not self.pad.is_empty)
