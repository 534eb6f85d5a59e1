"""The strip over the canvas that plays training steps: stages, caption, picture, and what steers them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ae_studio.events import RunStarted, StepSeen
from ae_studio.gui.icons import icon
from ae_studio.gui.named import named
from ae_studio.gui.slow_motion import SPEEDS
from ae_studio.gui.stage_view import StageView
from ae_studio.gui.step_words import SAMPLE, STAGES, Told, caption, why_no_sample
from ae_studio.gui.theme import DARK, Theme

WAITING = "Waiting for the next step of the training…"
CLOSE = "Close slow motion; the training stays paused (Esc, M)"
CAPTION = 14  # pixels: to be read from the last row
LEAST = 400  # pixels wide
LINES = 2  # of a caption: always as many, so that nothing below it jumps


class SlowMotionStrip(QFrame):
    """Shows the stage that is played.

    Signals:
        stage_chosen(stage), next_requested(), previous_requested(), play_toggled(), speed_chosen(factor),
        close_requested()
    """

    stage_chosen = Signal(int)
    next_requested = Signal()
    previous_requested = Signal()
    play_toggled = Signal()
    speed_chosen = Signal(float)
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slow_motion_strip")
        self.setAccessibleName("Slow motion")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme, self._told = DARK, Told()
        self._seen: StepSeen | None = None  # None while one is waited for
        self._playing = False
        self._stages = [self._stage_button(stage) for stage in range(len(STAGES))]
        self._group = QButtonGroup(self)
        self._previous = self._button("previous_stage_button", "Previous stage", "Previous stage (←)")
        self._play = self._button("play_stages_button", "Pause slow motion", "")
        self._next = self._button("next_stage_button", "Next stage", "Next stage (→)")
        self._speed = self._button("slow_motion_speed_button", "Speed", "Speed of slow motion: click for the next one")
        self._close = self._button("close_slow_motion_button", "Close slow motion", CLOSE)
        self._caption = named(QLabel(WAITING, self, wordWrap=True), "stage_caption")
        self._view = StageView(self)
        self._factor = 1.0
        self._lay_out()
        self._connect()
        self.show_playing(True)
        self._show_speed()
        self.hide()

    def _stage_button(self, stage: int) -> QToolButton:
        name = STAGES[stage]
        button = named(QToolButton(self), f"{name.lower()}_stage_button", checkable=True)
        button.setAccessibleName(f"Stage {stage + 1}: {name}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setText(f"{stage + 1} {name}")
        return button

    def _button(self, name: str, accessible: str, hint: str) -> QToolButton:
        button = named(QToolButton(self), name, toolTip=hint)
        button.setAccessibleName(accessible)
        button.setIconSize(QSize(14, 14))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        rail = QHBoxLayout()
        rail.setSpacing(1)
        for stage in self._stages:
            self._group.addButton(stage)
            rail.addWidget(stage)
        rail.addStretch()
        for button in (self._previous, self._play, self._next, self._speed, self._close):
            rail.addWidget(button)
        font = self._caption.font()
        font.setPixelSize(CAPTION)
        self._caption.setFont(font)
        self._caption.setFixedHeight(LINES * QFontMetrics(font).lineSpacing() + 2)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(rail)
        layout.addWidget(self._caption)
        layout.addWidget(self._view)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        for stage, button in enumerate(self._stages):
            button.clicked.connect(lambda _=False, stage=stage: self.stage_chosen.emit(stage))
        self._previous.clicked.connect(self.previous_requested)
        self._play.clicked.connect(self.play_toggled)
        self._next.clicked.connect(self.next_requested)
        self._speed.clicked.connect(self._choose_speed)
        self._close.clicked.connect(self.close_requested)

    # What is told

    def start_run(self, event: RunStarted) -> None:
        """Another run: what its loss is counted in, and what its classes are called."""
        self._told = Told(event.loss_unit, event.class_names)

    def open(self) -> None:
        self._show_waiting()
        self.show()
        self.setFocus()

    def show_step(self, seen: StepSeen) -> None:
        self._seen = seen
        self._view.show_step(seen, self._told.class_names)
        for stage, button in enumerate(self._stages):
            reason = why_no_sample(seen) if stage == SAMPLE else ""
            button.setEnabled(not reason)
            button.setToolTip(reason or f"To this stage of step {seen.step:,}")
        self._next.setEnabled(True)
        self._previous.setEnabled(True)

    def show_stage(self, stage: int, share: float) -> None:
        if self._seen is None:
            return
        if not self._stages[stage].isChecked() or share == 0:
            self._stages[stage].setChecked(True)
            self._caption.setText(caption(self._seen, stage, self._told))
            self._fit()
        self._view.show_stage(stage, share)

    def show_playing(self, playing: bool) -> None:
        self._playing = playing
        self._play.setIcon(icon("pause" if playing else "play", self._theme.text))
        self._play.setAccessibleName("Pause slow motion" if playing else "Play slow motion")
        self._play.setToolTip("Stand still at this stage (Space)" if playing else "Play on (Space)")

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._view.set_theme(theme)
        self._previous.setIcon(icon("previous", theme.text))
        self._next.setIcon(icon("next", theme.text))
        self._close.setIcon(icon("close", theme.dim))
        self.show_playing(self._playing)

    def _show_waiting(self) -> None:
        self._seen = None
        self._caption.setText(WAITING)
        self._view.show_step(None, ())
        for button in (*self._stages, self._next, self._previous):
            button.setEnabled(False)
            button.setToolTip("The step is still under way")

    def _choose_speed(self) -> None:
        """Faster, and behind the fastest the slowest again."""
        self._factor = SPEEDS[(SPEEDS.index(self._factor) + 1) % len(SPEEDS)]
        self._show_speed()
        self.speed_chosen.emit(self._factor)

    def _show_speed(self) -> None:
        self._speed.setText(f"{self._factor:g}×")

    # Room and keys

    def minimumSizeHint(self) -> QSize:
        """Without the names of the stages: they give way."""
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """All stages by name where there is room, else the one that is played, else none."""
        played = self._group.checkedButton()
        for by_name in (self._stages, [played], []):
            for stage, button in enumerate(self._stages):
                button.setText(f"{stage + 1} {STAGES[stage]}" if button in by_name else str(stage + 1))
            if self._rail_width() <= self.width():
                return

    def _rail_width(self) -> int:
        buttons = [*self._stages, self._previous, self._play, self._next, self._speed, self._close]
        return sum(button.sizeHint().width() + 2 for button in buttons) + 28

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right:
            self.next_requested.emit()
        elif event.key() == Qt.Key.Key_Left:
            self.previous_requested.emit()
        else:
            super().keyPressEvent(event)
