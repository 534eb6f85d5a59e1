"""The decoded image, and the code it comes from."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ae_studio.events import Codes, Images
from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.image_grid import ImageGrid
from ae_studio.gui.named import named
from ae_studio.gui.reencode_row import ReencodeRow
from ae_studio.gui.theme import Theme

NOTHING = "–"
FARTHEST = 1_000_000  # of a code's numbers: beyond every model's codes, and still exact on the canvas
FACTS_MS = 80  # numbers beside the image: faster they cannot be read, and each change lays the panel out anew

SupportInWords = Callable[[Codes], tuple[tuple[str, ...], str]]
"""A code (d,) to how near it is to the data, in several wordings, the longest first; and how likely that is."""


class DecodedPanel(QWidget):
    """What the code under the handle, or under the mouse, decodes to.

    Signals:
        code_typed(code): a whole code (d,) was typed.
        sample_requested(): show images of new codes.
        centre_requested(): put the handle back to the middle.
    """

    code_typed = Signal(object)
    sample_requested = Signal()
    centre_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("decoded_panel")
        self.digit_view = DigitView(self)
        self.reencoding = ReencodeRow(self)
        self.samples = ImageGrid(self, invitation="Press Sample: images of new codes appear here")
        self._latent_dim = 2
        self._nearest_in_words: Callable[[Codes], str] = lambda code: ""
        self._support_in_words: SupportInWords = _no_support
        self._code: Codes | None = None  # the one whose numbers are shown
        self._shown_code = ""
        self._decoded: tuple[Codes, float] | None = None  # a code and the ms it took, not yet shown in numbers
        self._timer = QTimer(self, singleShot=True, interval=FACTS_MS)
        self._code_edit = named(QLineEdit(self, alignment=Qt.AlignmentFlag.AlignRight), "code_edit")
        self._code_error = named(QLabel(self, wordWrap=True), "field_error", visible=False)
        self._nearest = self._make_value("nearest_label")
        self._support = named(FittingLabel(self), "support_label")
        self._support.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._decode_time = self._make_value("decode_time_label")
        self._sample_button = named(QPushButton("Sample", self), "sample_button")
        self._centre_button = named(QPushButton("Centre", self), "centre_button")
        self._samples_title = named(QLabel("Samples", self), "dim_label")
        self._describe()
        self._lay_out()
        self._connect()
        self.clear()

    def _make_value(self, name: str) -> QLabel:
        return named(QLabel(NOTHING, self, alignment=Qt.AlignmentFlag.AlignRight), name)

    def _describe(self) -> None:
        self._code_edit.setAccessibleName("Code under the handle")
        self._sample_button.setAccessibleName("Draw new codes and decode them")
        self._centre_button.setAccessibleName("Put the handle at the centre of the prior")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        code = QHBoxLayout()  # not in the form: beside its longest label a code of two numbers has no room
        code.setSpacing(12)
        code.addWidget(named(QLabel("z", self), "dim_label"))
        code.addWidget(self._code_edit, 1)
        rows = (("Nearest code", self._nearest), ("Support", self._support), ("Decode", self._decode_time))
        for text, value in rows:
            form.addRow(named(QLabel(text, self), "dim_label"), value)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._sample_button)
        buttons.addWidget(self._centre_button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(self.digit_view)
        layout.addLayout(code)
        layout.addWidget(self._code_error)
        layout.addLayout(form)
        layout.addWidget(self.reencoding)
        layout.addLayout(buttons)
        layout.addWidget(self._samples_title)
        layout.addWidget(self.samples, 1)

    def _connect(self) -> None:
        self._code_edit.editingFinished.connect(self._read_code)
        self._sample_button.clicked.connect(self.sample_requested)
        self._centre_button.clicked.connect(self.centre_requested)
        self._timer.timeout.connect(self._show_facts)

    def start(self, latent_dim: int, nearest_in_words: Callable[[Codes], str]) -> None:
        """Another run, with codes of this size; nothing is decoded yet."""
        self.clear()
        self._latent_dim = latent_dim
        self._nearest_in_words = nearest_in_words
        self._enable(True)

    def clear(self) -> None:
        self._timer.stop()
        self._decoded, self._shown_code = None, ""
        self._code, self._support_in_words = None, _no_support
        self._show_support()
        self.digit_view.clear()
        self._code_edit.setText("")  # clear() would count as typing
        self._code_error.hide()
        self._nearest.setText(NOTHING)
        self._decode_time.setText(NOTHING)
        self.samples.clear()
        self._enable(False)

    def show_decoded(self, code: Codes, image: Images, milliseconds: float) -> None:
        """The image at once; the numbers beside it a few times a second."""
        self.digit_view.show_image(image)
        self._decoded = (code, milliseconds)
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _show_facts(self) -> None:
        if self._decoded is None:
            return
        code, milliseconds = self._decoded
        self._decoded, self._code = None, code
        self._show_support()
        self._nearest.setText(self._nearest_in_words(code) or NOTHING)
        self._decode_time.setText(f"{milliseconds:.1f} ms")
        self._show_code(", ".join(_number(value) for value in code))

    def follow_support(self, in_words: SupportInWords) -> None:
        """The codes have moved: how near a code is to them is to be said anew."""
        self._support_in_words = in_words
        self._show_support()

    def _show_support(self) -> None:
        wordings, likelihood = self._support_in_words(self._code) if self._code is not None else ((), "")
        self._support.show_longest(wordings or (NOTHING,))
        self._support.setToolTip(f"{wordings[0]}\n{likelihood}" if wordings else "")

    def _show_code(self, text: str) -> None:
        """When the handle has moved; never over what is being typed."""
        if self._code_edit.isModified() or self._shown_code == text:
            return
        self._shown_code = text
        self._code_error.hide()
        self._code_edit.setText(text)
        self._code_edit.setCursorPosition(0)

    def showEvent(self, event: QShowEvent) -> None:
        self._show_facts()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def show_samples(self, images: Images) -> None:
        self.samples.show_images(images)

    def set_theme(self, theme: Theme) -> None:
        self.digit_view.set_theme(theme)
        self.samples.set_theme(theme)

    def _enable(self, possible: bool) -> None:
        why_not = "Train a model or open a run first"
        hints = {
            self._code_edit: "The code under the handle; type another and press Enter",
            self._sample_button: "Draw codes from the prior or, where the model learns none, like those of the images",
            self._centre_button: "Put the handle back to the centre of the prior",
        }
        for widget, hint in hints.items():
            widget.setEnabled(possible)
            widget.setToolTip(hint if possible else why_not)

    def _read_code(self) -> None:
        if not self._code_edit.isModified():
            return
        self._code_edit.setModified(False)
        try:
            code = parse_code(self._code_edit.text(), self._latent_dim)
        except ValueError as error:
            self._code_error.setText(str(error))
            self._code_error.show()
            return
        self._code_error.hide()
        self._shown_code = ""  # to be written anew, in our own way
        self.code_typed.emit(code)


def _no_support(code: Codes) -> tuple[tuple[str, ...], str]:
    return (), ""


def parse_code(text: str, latent_dim: int) -> Codes:
    """``"1.15, −0.55"`` to a code (latent_dim,). Raises ValueError in the user's words."""
    parts = [part for part in re.split(r"[,;\s]+", text.replace("−", "-").strip()) if part]
    try:
        code = np.array([float(part) for part in parts], dtype=np.float32)
    except ValueError:
        raise ValueError(f"z must be {latent_dim} numbers with commas between them") from None
    if len(code) != latent_dim:
        raise ValueError(f"z has {latent_dim} numbers, got {len(code)}")
    if not (np.abs(code) <= FARTHEST).all():  # false for NaN, too
        raise ValueError(f"z must be numbers from −{FARTHEST:,} to {FARTHEST:,}")
    return code


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
