"""The data set: which one, what it is, and how to get it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ae_studio.data.catalog import DATASETS, dataset, on_disk
from ae_studio.gui.form import NARROWEST
from ae_studio.gui.icons import icon
from ae_studio.gui.model_rows import LABEL_WIDTH
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme


class DataSection(QWidget):
    """Choose a data set; download it where it is not on this machine.

    Signals:
        chosen(): another data set.
        download_requested(name), download_cancelled(), preview_requested(name)
    """

    chosen = Signal()
    download_requested = Signal(str)
    download_cancelled = Signal()
    preview_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_disk: dict[str, bool] = {"digits": True}
        self._downloading = ""
        self._box = named(QComboBox(self), "data_box")
        self._box.setAccessibleName("Data set")
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumWidth(NARROWEST)
        for name, known in DATASETS.items():
            self._box.addItem(known.title, name)
        self._facts = named(QLabel(self, wordWrap=True), "dim_label")
        self._state = named(QLabel(self, wordWrap=True), "data_state")
        self._bar = named(QProgressBar(self, textVisible=False, maximum=1000), "download_progress")
        self._download_button = self._button("download_button", "Download")
        self._cancel_button = self._button("cancel_download_button", "Cancel")
        self._preview_button = self._button("preview_button", "Preview")
        self._lay_out()
        self._connect()
        self._show_state()

    def _button(self, name: str, text: str) -> QPushButton:
        button = named(QPushButton(text, self), name)
        button.setAccessibleName(f"{text} the data set")
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._download_button, self._cancel_button, self._preview_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        grid.addWidget(QLabel("Data set", self), 0, 0)
        grid.addWidget(self._box, 0, 1)
        for row, widget in enumerate((self._facts, self._state, self._bar), start=1):
            grid.addWidget(widget, row, 0, 1, 2)
        grid.addLayout(buttons, 4, 0, 1, 2)

    def _connect(self) -> None:
        self._box.currentIndexChanged.connect(self._choose)
        self._download_button.clicked.connect(self._ask_for_download)
        self._cancel_button.clicked.connect(self.download_cancelled)
        self._preview_button.clicked.connect(self._ask_for_preview)

    @property
    def name(self) -> str:
        return str(self._box.currentData())

    def choose(self, name: str) -> None:
        """Without ``chosen``. A ``.npy`` file of one's own becomes one more data set in the box."""
        with QSignalBlocker(self._box):
            if self._box.findData(name) < 0:
                self._box.addItem(dataset(name).title, name)
            self._box.setCurrentIndex(max(0, self._box.findData(name)))
        self._show_state()

    def why_missing(self) -> str:
        """Empty where the data set is on this machine."""
        if self._is_here():
            return ""
        if self.name not in DATASETS:
            return f"{self.name} is not there"
        return f"{dataset(self.name).title} is not on this machine yet: download it first"

    def _is_here(self) -> bool:
        if self.name in DATASETS:
            return self._on_disk.get(self.name, False)
        return on_disk(self.name, Path())

    def set_on_disk(self, on_disk: Mapping[str, bool]) -> None:
        self._on_disk = dict(on_disk)
        self._show_state()

    def show_download(self, done: int, total: int, text: str) -> None:
        """Bytes done and in total, 0 where that is not known."""
        megabytes = f"{done / 1e6:.1f} of {total / 1e6:.1f} MB" if total else f"{done / 1e6:.1f} MB"
        self._state.setText(f"{text}: {megabytes}")
        self._bar.setValue(round(1000 * done / total) if total else 0)

    def end_download(self, error: str) -> None:
        self._downloading = ""
        self._show_state()
        if error:
            self._state.setText(error)
            self._state.show()

    def lock(self, reason: str) -> None:
        self._box.setEnabled(not reason)
        self._box.setToolTip(reason)

    def set_theme(self, theme: Theme) -> None:
        self._download_button.setIcon(icon("download", theme.text))

    def _choose(self) -> None:
        self._show_state()
        self.chosen.emit()

    def _ask_for_download(self) -> None:
        self._downloading = self.name
        self._state.setText("Asking the server…")
        self._bar.setValue(0)
        self._show_state()
        self.download_requested.emit(self.name)

    def _ask_for_preview(self) -> None:
        self.preview_requested.emit(self.name)

    def _show_state(self) -> None:
        known, here = dataset(self.name), self._is_here()
        channels, height, width = known.image_shape
        count = known.train_images + known.test_images
        kind = "grey" if channels == 1 else "colour"
        facts = f"{count:,} images, {height} × {width} {kind}, {len(known.class_names)} classes"
        self._facts.setText(facts if count else f"Your own images: {known.name}")
        self._box.setToolTip(known.summary)
        downloading = bool(self._downloading)
        if not downloading:
            size = known.download_size
            missing = "Not on this machine yet" if known.archives else "The file is not there"
            self._state.setText(f"{missing} ({size / 1e6:.0f} MB)" if size else missing)
        self._state.setVisible(downloading or not here)
        self._bar.setVisible(downloading)
        self._cancel_button.setVisible(downloading)
        self._download_button.setVisible(bool(known.archives) and not here and not downloading)
        self._preview_button.setVisible(here)
