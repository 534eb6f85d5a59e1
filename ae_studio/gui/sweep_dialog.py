"""A sweep of the form's settings: one or two of them go through values, each with several seeds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from ae_studio.command import given_values
from ae_studio.config import ConfigError, FieldSpec, RunConfig
from ae_studio.gui.named import named
from ae_studio.gui.sweep_axis import SweepAxis
from ae_studio.sweeps.plan import ORDER, Sweep, make_sweep, parse_seeds, specs_of
from ae_studio.sweeps.scripts import command_lines, slurm_script

WIDTH = 620  # pixels
FIRST = ("beta", "latent_dim", "lr")  # what is offered first, as far as the family has it
HINT = "Every other setting is as in the form. Each run is trained in a process of its own and kept among the runs."
# Where a run is computed is no setting of it; the form's word holds for all.
NOT_SWEPT = ("device", "devices", "nodes", "strategy")
OF_STEPS = ("schedule_epochs", "schedule_factor")


class SweepDialog(QDialog):
    """Says how many runs it would be, and what is wrong, while it is typed.

    Signals:
        runs_added(Sweep): to be put into the queue.
        copied(text): what was put on the clipboard, in words.
    """

    runs_added = Signal(object)
    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sweep_dialog")
        self.setWindowTitle("Sweep")
        self._config: RunConfig | None = None
        self._sweep: Sweep | None = None
        self._of = named(QLabel(self, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "panel_title")
        self._first = SweepAxis(1, optional=False, parent=self)
        self._second = SweepAxis(2, optional=True, parent=self)
        self._seeds = named(QLineEdit("1", self), "sweep_seeds_box")
        self._seeds.setAccessibleName("Seeds")
        self._seeds.setToolTip("How many, from the form's seed on, or a list like 0,5,7")
        self._tag = named(QLineEdit(self), "sweep_tag_box")
        self._tag.setAccessibleName("Name of the sweep")
        self._tag.setToolTip("The tag of its runs, by which the library and the summary find them")
        self._tag.setPlaceholderText("by itself: the settings, the date and the time")
        self._told = named(QLabel(self, wordWrap=True), "sweep_told")
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told.setMinimumHeight(2 * self.fontMetrics().lineSpacing())  # what stands below is not to jump
        self._add_button = self._button("add_sweep_button", "Add to the queue")
        self._add_button.setProperty("primary", True)
        self._commands_button = self._button("copy_sweep_commands_button", "Copy commands")
        self._slurm_button = self._button("copy_slurm_button", "Copy Slurm job")
        self._lay_out()
        self._connect()

    def _button(self, name: str, text: str) -> QPushButton:
        button = named(QPushButton(text, self), name)
        button.setAccessibleName(text)
        return button

    def _lay_out(self) -> None:
        self._add_button.setDefault(True)
        whole = QVBoxLayout(self)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # grows with what is said
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addSpacerItem(QSpacerItem(WIDTH, 0))
        whole.setSpacing(10)
        whole.addWidget(self._of)
        whole.addWidget(named(QLabel(HINT, self, wordWrap=True), "dim_label"))
        whole.addWidget(self._first)
        whole.addWidget(self._second)
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, box in (("Seeds", self._seeds), ("Name", self._tag)):
            label = QLabel(text, self)
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1 if box is self._tag else 0)
        self._seeds.setMaximumWidth(120)
        whole.addLayout(row)
        whole.addStretch(1)
        whole.addWidget(self._told)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._commands_button)
        buttons.addWidget(self._slurm_button)
        buttons.addStretch(1)
        buttons.addWidget(self._add_button)
        whole.addLayout(buttons)

    def _connect(self) -> None:
        self._first.changed.connect(self._plan)
        self._second.changed.connect(self._plan)
        self._seeds.textChanged.connect(self._plan)
        self._tag.textChanged.connect(self._plan)
        self._add_button.clicked.connect(self._add)
        self._commands_button.clicked.connect(self._copy_commands)
        self._slurm_button.clicked.connect(self._copy_slurm)

    def open_sweep(self, config: RunConfig) -> None:
        """Of these settings."""
        self._config = config
        specs = {name: spec for name, spec in specs_of(config.model).items() if _means_something(spec, config)}
        own = [name for name in specs if name not in RunConfig.model_fields]
        ordered = {name: specs[name] for name in (*own, *(name for name in specs if name not in own))}
        self._first.offer(ordered, next((name for name in FIRST if name in specs), ""))
        self._second.offer(ordered)
        self._of.setText(
            f"{config.model} on {config.data}, {config.latent_dim} latent dimensions, {config.epochs} epochs"
        )
        self._plan()
        self.show()
        self.raise_()
        self.activateWindow()
        self._first.take_keys()

    # What it would be

    def _plan(self) -> None:
        self._sweep, why_not = None, ""
        lacking = next((each.lacks for each in (self._first, self._second) if each.lacks), "")
        try:
            self._sweep = None if lacking else self._planned()
        except ConfigError as error:
            why_not = str(error)
        self._tell(f"{self._sweep.told}. Order: {ORDER}." if self._sweep else why_not, wrong=bool(why_not))
        if lacking:
            why_not = f"Type the values of {lacking}"
            self._tell(why_not)
        elif self._first.wrong or self._second.wrong:  # it is said there
            self._tell("")
        count = len(self._sweep.runs) if self._sweep else 0
        self._add_button.setText(f"Add {count:,} runs to the queue" if count else "Add to the queue")
        for button, hint in (
            (self._add_button, "At its end; they begin as it comes to them"),
            (self._commands_button, "A command a run, for other machines"),
            (self._slurm_button, "An array job with a task a run, for sbatch"),
        ):
            button.setEnabled(bool(count))
            button.setToolTip(hint if count else why_not)

    def _planned(self) -> Sweep:
        assert self._config is not None
        axes = [axis for each in (self._first, self._second) if (axis := each.axis()) is not None]
        if len({axis.name for axis in axes}) < len(axes):
            raise ConfigError(f"{axes[0].label} is chosen twice")
        single = next((axis for axis in axes if len(axis.values) < 2), None)
        if single is not None:
            raise ConfigError(f"{single.label}: a sweep needs two values and more")
        seeds = parse_seeds(self._seeds.text() or "1", self._config.seed)
        tag = self._tag.text().strip()
        return make_sweep(given_values(self._config), axes, seeds, [tag] if tag else [])

    # What becomes of it

    def _add(self) -> None:
        if self._sweep is not None:
            self.runs_added.emit(self._sweep)
            self.close()

    def _copy_commands(self) -> None:
        if self._sweep is not None:
            QGuiApplication.clipboard().setText(command_lines(self._sweep.runs))
            self._say(f"{len(self._sweep.runs):,} commands are on the clipboard.")

    def _copy_slurm(self) -> None:
        if self._sweep is not None:
            script = slurm_script(self._sweep.tag, self._sweep.told, self._sweep.runs)
            QGuiApplication.clipboard().setText(script)
            self._say("The array job is on the clipboard: save it as a file, and submit that with sbatch.")

    def _say(self, text: str) -> None:
        self._tell(text)
        self.copied.emit(text)

    def _tell(self, text: str, *, wrong: bool = False) -> None:
        self._told.setText(text)
        self._told.setProperty("wrong", wrong)
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)


def _means_something(spec: FieldSpec, config: RunConfig) -> bool:
    """Under the other settings, as in the form."""
    if spec.name in OF_STEPS:
        return config.schedule in ("step", "plateau")
    met = spec.only_if is None or str(config.settings.get(spec.only_if[0])) == spec.only_if[1]
    return met and spec.name not in NOT_SWEPT
