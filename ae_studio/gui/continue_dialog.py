"""From where a run goes on, for how long, and in which folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout
from PySide6.QtWidgets import QWidget as Widget

from ae_studio.config import RunConfig
from ae_studio.events import SettingValue
from ae_studio.gui.named import named
from ae_studio.gui.run_details import breakable
from ae_studio.runs.other_values import Compared, compared

WIDTH = 440  # pixels
MORE = 10  # epochs, of a run that has all of its own
MOST = 100_000
IN_PLACE = "Goes on in this run, exactly as if it had not ended."
UNFINISHED = "Goes on in this run from its last whole epoch; the unfinished one behind it is learned again."
APART = "A new run, which shares the epochs up to {epoch} with this one. This run stays as it is."
ANEW = (
    "Of this epoch only the weights are kept: Adam's moments begin anew, so the first steps differ from those of a run "
    "without a break."
)
OTHERS = "Other values hold in a branch only"
EARLIER = "From an earlier epoch it is always a branch: what comes behind that epoch is kept"
NO_CHECKPOINT = "This run keeps no checkpoint of its last epoch to go on from"


@dataclass(frozen=True, slots=True)
class Choice:
    """``more`` epochs behind ``epoch``; ``apart``: as a branch, in which ``values`` may be others."""

    run: Path
    epoch: int
    more: int
    apart: bool
    values: dict[str, SettingValue] = field(default_factory=dict)


class ContinueDialog(QDialog):
    """Stands over the window and leaves it free: the values of a branch are set in the form, and told here.

    Signals:
        go_requested(Choice)
    """

    go_requested = Signal(object)

    def __init__(self, found: Any, epoch: int | None, parent: Widget | None = None) -> None:
        """``found`` is a :class:`ae_studio.runs.branching.Continuable`; ``epoch`` the one that is proposed."""
        super().__init__(parent)
        named(self, "continue_dialog")
        self.setWindowTitle("Continue a run")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._found = found
        self._compared = Compared()
        self._wants_apart = False
        self._form: tuple[RunConfig | None, RunConfig | None] = (None, None)
        self._where = ""
        last = found.epochs[-1]
        self._name = self._label("continue_run_label", breakable(found.path.name))
        self.epoch_box = self._number("continue_epoch_box", "From epoch", found.epochs[0], last)
        self.epoch_box.setValue(last if epoch is None else min(max(epoch, found.epochs[0]), last))
        self.more_box = self._number("continue_more_box", "More epochs", 1, MOST)
        planned = found.configs[last].epochs - self.epoch_box.value()
        self.more_box.setValue(planned if planned > 0 else MORE)
        self.apart_box = self._check("continue_apart_box", "As a branch, in a new run")
        self.values_box = self._check("continue_values_box", "With the form's values")
        self.values_box.setChecked(True)
        self._others = self._label("continue_others_label")
        self._fixed = self._label("dim_label")
        self._what = self._label("continue_what_label")
        self._anew = self._label("field_advice")
        self.go_button = named(QPushButton("Continue", self), "continue_go_button", default=True)
        self.go_button.setProperty("primary", True)
        self.cancel_button = named(QPushButton("Cancel", self), "continue_cancel_button", autoDefault=False)
        self._lay_out()
        self._connect()
        self._tell()

    def _label(self, name: str, text: str = "") -> QLabel:
        return named(QLabel(text, self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), name)

    def _number(self, name: str, accessible: str, low: int, high: int) -> QSpinBox:
        box = named(QSpinBox(self, minimum=low, maximum=high), name)
        box.setAccessibleName(accessible)
        box.setGroupSeparatorShown(True)
        box.lineEdit().setTextMargins(6, 0, 0, 0)
        box.setMinimumWidth(110)
        return box

    def _check(self, name: str, text: str) -> QCheckBox:
        box = named(QCheckBox(text, self), name)
        box.setAccessibleName(text)
        return box

    def _lay_out(self) -> None:
        numbers = QGridLayout()
        numbers.setHorizontalSpacing(12)
        numbers.setVerticalSpacing(8)
        for row, (text, box) in enumerate((("From epoch", self.epoch_box), ("More epochs", self.more_box))):
            label = named(QLabel(text, self, indent=0), "field_label")
            label.setBuddy(box)
            numbers.addWidget(label, row, 0)
            numbers.addWidget(box, row, 1)
        numbers.setColumnStretch(2, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.go_button)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        column.addWidget(self._name)
        column.addLayout(numbers)
        for part in (self.values_box, self._others, self._fixed, self.apart_box, self._what, self._anew):
            column.addWidget(part)
        column.addSpacing(4)
        column.addLayout(buttons)
        self.setFixedWidth(WIDTH)

    def _connect(self) -> None:
        self.epoch_box.valueChanged.connect(self._tell)
        self.more_box.valueChanged.connect(self._tell)
        self.apart_box.clicked.connect(self._choose_apart)
        self.values_box.toggled.connect(self._tell)
        self.go_button.clicked.connect(self._go)
        self.cancel_button.clicked.connect(self.reject)

    # What is chosen

    def choice(self) -> Choice:
        epoch = self.epoch_box.value()
        values = {other.name: other.after for other in self._compared.others} if self._takes_values() else {}
        return Choice(self._found.path, epoch, self.more_box.value(), self.apart_box.isChecked(), values)

    def show_form(self, form: RunConfig | None, filled: RunConfig | None, where: str = "") -> None:
        """The form's settings as they are, None while one is wrong, and those of the run that it was filled with.

        ``where``: a sentence on where it will be trained.
        """
        self._form, self._where = (form, filled), where
        self._tell()

    def _takes_values(self) -> bool:
        return bool(self._compared.others) and self.values_box.isChecked()

    def _why_apart(self) -> str:
        """Why it can only go on as a branch; empty where it need not."""
        if self._takes_values():
            return OTHERS
        if self._found.last is None:
            return NO_CHECKPOINT
        return EARLIER if self.epoch_box.value() != self._found.last else ""

    def _choose_apart(self, apart: bool) -> None:
        self._wants_apart = apart
        self._tell()

    def _tell(self) -> None:
        """What follows from what is chosen."""
        epoch = self.epoch_box.value()
        there = epoch in self._found.configs
        self._compare(epoch)
        why = self._why_apart()
        self.apart_box.setEnabled(not why)
        self.apart_box.setToolTip(why or "A new run, beside this one")
        self.apart_box.setChecked(self._wants_apart or bool(why))
        in_place = UNFINISHED if self._found.unfinished else IN_PLACE
        what = APART.format(epoch=epoch) if self.apart_box.isChecked() else in_place
        self._what.setText(f"{what} {self._where}".strip())
        self._show(self._anew, ANEW if there and epoch and epoch not in self._found.exact else "")
        self.go_button.setEnabled(there)
        self.go_button.setToolTip("" if there else f"Epoch {epoch} was not kept whole: choose another")
        if not there:
            self._what.setText(self.go_button.toolTip())
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))

    def _compare(self, epoch: int) -> None:
        form, filled = self._form
        now = self._found.configs.get(epoch)
        known = form is not None and filled is not None and now is not None
        self._compared = compared(form, filled, now) if known else Compared()  # type: ignore[arg-type]
        others, fixed = self._compared.others, self._compared.fixed
        self.values_box.setVisible(bool(others))
        self._show(self._others, "\n".join(other.told for other in others))
        stays = f"Stays as it is in this run: {', '.join(fixed)}" if fixed else ""
        self._show(self._fixed, stays)

    def _show(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _go(self) -> None:
        self.go_requested.emit(self.choice())
        self.accept()
