"""One of several linked latent spaces: its run's letter, how well it agrees, its canvas, and what is decoded there."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ae_studio.events import Images
from ae_studio.gui.compare_tab import LETTERS, run_colour
from ae_studio.gui.digit_view import DigitView
from ae_studio.gui.fitting_label import FittingLabel
from ae_studio.gui.held_paint import FocusRing, Ghost
from ae_studio.gui.hover_card import HoverCard
from ae_studio.gui.images import squared_error
from ae_studio.gui.linked_canvas import LinkedCanvas
from ae_studio.gui.named import named
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import ViewWindow
from ae_studio.latent.linked import Linked, LinkedRun

IMAGE, LARGEST_IMAGE = 72, 150  # pixels
IMAGE_SHARE = 0.24  # of the height: the canvas has the rest


class LinkedView(QWidget):
    """Shows what it is told; the mouse's doings are its canvas's signals."""

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.index = index
        letter = LETTERS[index]
        named(self, f"linked_view_{letter.lower()}")
        self._letter = named(QLabel(letter, self), "run_letter")
        self._agreement = named(FittingLabel(self), "dim_label")
        self.canvas = LinkedCanvas(letter, self)
        self._card = HoverCard(self.canvas)
        self._reason = named(QLabel(self), "linked_reason", wordWrap=True)
        self._decoded = self._image_view("linked_decoded", f"Decoded by run {letter}")
        self._original = self._image_view("linked_original", "The image itself")
        self._caption = named(FittingLabel(self), "dim_label")
        self._runs: Linked | None = None
        self._image: Images | None = None  # that is decoded
        self._held: int | None = None
        self._near = ""
        self._lay_out()

    def _image_view(self, name: str, words: str) -> DigitView:
        view = named(DigitView(self), f"{name}_{LETTERS[self.index].lower()}")
        view.setAccessibleName(words)
        view.setToolTip(words)
        view.setMinimumSize(QSize(IMAGE, IMAGE))
        return view

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._letter)
        head.addWidget(self._agreement, 1)
        images = QHBoxLayout()
        images.setSpacing(8)
        images.addStretch()
        images.addWidget(self._decoded, 4)
        images.addWidget(self._original, 4)
        images.addStretch()
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.canvas, 3)
        column.addWidget(self._reason, 3)
        column.addLayout(images, 1)
        column.addWidget(self._caption)
        self._original.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        side = int(min(LARGEST_IMAGE, max(IMAGE, IMAGE_SHARE * self.height())))
        for view in (self._decoded, self._original):
            view.setMaximumSize(QSize(side, side))

    @property
    def run(self) -> LinkedRun | None:
        return None if self._runs is None else self._runs.runs[self.index]

    @property
    def agreement(self) -> str:
        """What is said of it above the canvas."""
        return self._agreement.longest

    @property
    def caption(self) -> str:
        """What is said below of what is decoded."""
        return self._caption.longest

    @property
    def decoded(self) -> Images | None:
        """The image that is shown below the canvas."""
        return self._image

    def begin(self, runs: Linked) -> None:
        """Other runs, of which this is one; its points come next."""
        self._runs = runs
        run = runs.runs[self.index]
        self._image = None
        for each in (self._decoded, self._original):
            each.clear()
        self._original.hide()
        self._caption.show_longest(("",))
        self._reason.setText(run.why_not)
        for widget, shown in ((self.canvas, not run.why_not), (self._reason, bool(run.why_not))):
            widget.setVisible(shown)
        self._decoded.setVisible(not run.why_not)
        self.canvas.start(runs.labels, len(runs.class_names))
        self._tell_agreement(run)

    def _tell_agreement(self, run: LinkedRun) -> None:
        self._agreement.setToolTip("")
        if run.why_not:
            self._agreement.show_longest(("not linked", ""))
        elif self.index == 0:
            self._agreement.show_longest(("the others are turned to agree with it", "the others turn to it", ""))
        else:
            told, share = run.seen.in_words, run.seen.agreement
            short = "" if share is None else f"{100 * share:.0f} % agrees"
            self._agreement.show_longest((told, short, ""))
            self._agreement.setToolTip(
                "Orthogonal Procrustes: how much of the spread that is seen of run A this run explains once it is "
                f"turned, mirrored and scaled to agree best. In all dimensions: {run.whole.in_words}."
            )

    def show_points(self, window: ViewWindow, *, aligned: bool) -> None:
        if self.run is not None and not self.run.why_not:
            self.canvas.show_linked(self.run.points(aligned=aligned), window)

    def show_handle(self, place: tuple[float, float] | None, held: int | None, nearest: int | None) -> None:
        """Where the handle is, the image that it stands on, and that whose code is nearest."""
        if place is None or self._runs is None:
            return
        self.canvas.show_handle(*place)
        ghost = None
        if held is not None:
            label, count = int(self._runs.labels[held]), max(1, len(self._runs.class_names))
            ghost = Ghost(partial(self.canvas.place_of, held), lambda: place, label, count)
        self.canvas.show_overlay("held point", ghost)
        self._show_original(held)
        near = "" if nearest is None else f"nearest: class {self._class_of(nearest)}"
        self._held, self._near = held, near
        self._tell()

    def _show_original(self, held: int | None) -> None:
        image = None if held is None or self._runs is None or self._runs.images is None else self._runs.images[held]
        self._original.setVisible(image is not None)
        if image is not None:
            self._original.show_image(image)

    def show_decoded(self, image: Images) -> None:
        self._image = image
        self._decoded.show_image(image)
        self._tell()

    def _tell(self) -> None:
        """What is decoded, in words; of an image that is held, how well."""
        images = None if self._runs is None else self._runs.images
        if self._held is None or images is None or self._image is None:
            self._caption.show_longest((f"decoded · {self._near}", self._near, ""))
            return
        error = f"squared error {squared_error(images[self._held], self._image):.4f} per pixel"
        self._caption.show_longest((f"reconstruction · {error}", error, error.split("error ")[1], ""))

    def show_pointed(self, index: int, *, here: bool) -> None:
        """A ring about the image that the mouse is over, with a card where it is; -1: none."""
        ring = None if index < 0 else FocusRing(partial(self.canvas.place_of, index))
        self.canvas.show_overlay("focus", ring)
        if index < 0 or not here or self._runs is None:
            self._card.hide()
            return
        image = None if self._runs.images is None else self._runs.images[index]
        words = (f"{self._class_of(index)} · image {index + 1:,}",)
        self._card.show_point(image, words, self.canvas.points.colour_of(index), self.canvas.mouse.toPoint())

    def select(self, selected: Collection[int]) -> None:
        self.canvas.select_points(selected)

    def hide_classes(self, hidden: Collection[int]) -> None:
        self.canvas.hide_classes(hidden)

    def _class_of(self, index: int) -> str:
        assert self._runs is not None
        label = int(self._runs.labels[index])
        return self._runs.class_names[label] if 0 <= label < len(self._runs.class_names) else str(label)

    def set_theme(self, theme: Theme) -> None:
        for each in (self.canvas, self._card, self._decoded, self._original):
            each.set_theme(theme)
        colour = run_colour(theme, self.index)
        self._letter.setStyleSheet(
            f"background: {colour}; color: {theme.panel}; border-radius: 4px; padding: 1px 6px; font-weight: 600;"
        )


def common_window(runs: Linked, *, aligned: bool) -> ViewWindow:
    """The window that holds the points of all runs."""
    clouds = [run.points(aligned=aligned) for run in runs.runs if not run.why_not]
    windows = [ViewWindow.around(points) for points in clouds if np.isfinite(points).all()]
    found = windows[0] if windows else ViewWindow()
    for window in windows[1:]:
        found = found.grown(window)
    return found


def own_window(run: LinkedRun) -> ViewWindow:
    """The window that holds the points of a run on its own plane."""
    points = run.points(aligned=False)
    return ViewWindow.around(points) if len(points) and np.isfinite(points).all() else ViewWindow()
