"""The latent spaces of the runs that are compared, linked: one selection, one handle, each decoded by its own model."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ae_studio.events import Images
from ae_studio.gui.compare_tab import CompareTab
from ae_studio.gui.linked_bar import LinkedBar
from ae_studio.gui.linked_hand import LinkedHand
from ae_studio.gui.linked_view import LinkedView, common_window, own_window
from ae_studio.gui.theme import Theme
from ae_studio.gui.view_window import ViewWindow
from ae_studio.latent.groups import How, Indices, combined, of_classes, read_only
from ae_studio.latent.linked import Linked
from ae_studio.latent.scene import Scene
from ae_studio.runs.compared import MOST, ComparedRun


class SpacesTab(CompareTab):
    TITLE = "Latent spaces"
    HINT = "The codes of the same images in every run; one drag moves through all"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("spaces_tab")
        self.bar = LinkedBar(self)
        self.hand = LinkedHand(MOST, self)
        self.views = [LinkedView(index, self) for index in range(MOST)]
        self.selected: Indices = read_only([])
        self._hidden: frozenset[int] = frozenset()
        self._images: Images | None = None  # of the first run: with others the selection is gone
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        for view in self.views:
            view.hide()
            row.addWidget(view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        bar, hand = self.bar, self.hand
        bar.tool_chosen.connect(self._take_tool)
        bar.aligned_toggled.connect(self._align)
        bar.fit_requested.connect(self._fit)
        bar.selection_cleared.connect(self.clear_selection)
        bar.planes.plane_chosen.connect(hand.choose_plane)
        bar.legend.hidden_changed.connect(self._hide_classes)
        bar.legend.select_requested.connect(self._select_class)
        hand.linked.connect(self._begin)
        hand.moved.connect(self._show_handle)
        hand.decoded.connect(self._show_decoded)
        hand.failed.connect(self.problem)
        for index, view in enumerate(self.views):
            self._connect_canvas(index, view)

    def _connect_canvas(self, index: int, view: LinkedView) -> None:
        canvas, hand = view.canvas, self.hand
        canvas.hand_tool.moved.connect(partial(hand.move, index))
        canvas.hand_tool.snapped.connect(hand.snap)
        canvas.hand_tool.picked.connect(hand.snap)
        canvas.hand_tool.snap_requested.connect(partial(hand.snap_to_nearest, index))
        canvas.hand_tool.escaped.connect(self.clear_selection)
        canvas.nudged.connect(partial(hand.nudge, index))
        canvas.lasso_tool.found.connect(self._select)
        canvas.pointed.connect(partial(self._point, index))
        canvas.viewed.connect(partial(self._follow_view, index))
        canvas.fitted.connect(partial(self._follow_fit, index))

    def show_runs(self, runs: tuple[ComparedRun, ...]) -> None:
        for index, view in enumerate(self.views):
            view.setVisible(index < len(runs))
        self.bar.setVisible(bool(runs))
        if not runs:
            self.hand.clear()
            return
        scenes = [Scene(run.opened.space, run.labels, run.opened.class_names, run.images, run.look) for run in runs]
        self.hand.show(scenes, [run.config.data for run in runs])

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.bar.set_theme(theme)
        for view in self.views:
            view.set_theme(theme)

    def end(self) -> None:
        self.hand.end()

    # What is shown

    def _begin(self, runs: Linked) -> None:
        self.problem.emit("")
        same = self._images is not None and runs.images is not None and np.array_equal(self._images, runs.images)
        self._images = runs.images
        for view in self._shown_views():
            view.begin(runs)
        first = runs.runs[0]
        self.bar.begin(0 if first.why_not else first.dim, runs.choice, runs.axes)
        if not same:
            self.bar.legend.show_classes(runs.class_names)
            self.bar.legend.show_counts(np.bincount(runs.labels, minlength=len(runs.class_names)).tolist())
        self._set_selected(self.selected if same else read_only([]))
        self._show_points()

    def _show_points(self) -> None:
        runs, aligned = self.hand.runs, self.hand.aligned
        if runs is None:
            return
        common = common_window(runs, aligned=True)
        for view, run in zip(self.views, runs.runs, strict=False):
            view.show_points(common if aligned else own_window(run), aligned=aligned)

    def _align(self, on: bool) -> None:
        self.hand.aligned = on
        self._show_points()
        self._show_handle()

    def _show_handle(self) -> None:
        for index, view in enumerate(self._shown_views()):
            view.show_handle(self.hand.place(index), self.hand.held, self.hand.nearest(index))

    def _show_decoded(self, index: int, image: Images) -> None:
        self.views[index].show_decoded(image)

    def _point(self, here: int, index: int) -> None:
        for number, view in enumerate(self._shown_views()):
            view.show_pointed(index, here=number == here)

    def _shown_views(self) -> list[LinkedView]:
        return self.views[: len(self.hand.runs.runs)] if self.hand.runs is not None else []

    # The view

    def _fit(self) -> None:
        for view in self._shown_views():
            view.canvas.follow_fit()

    def _follow_view(self, index: int, window: ViewWindow) -> None:
        if self.bar.same_view:
            for view in self._shown_views():
                if view.index != index:
                    view.canvas.follow_view(window)

    def _follow_fit(self, index: int) -> None:
        if self.bar.same_view:
            for view in self._shown_views():
                if view.index != index:
                    view.canvas.follow_fit()

    def _take_tool(self, name: str) -> None:
        for view in self.views:
            view.canvas.take_tool(view.canvas.lasso_tool if name == "lasso" else view.canvas.hand_tool)

    # What is selected, in all of them

    def clear_selection(self) -> None:
        self._set_selected(read_only([]))

    def _select(self, found: Indices, how: How) -> None:
        if self.hand.runs is not None:
            wished = combined(self.selected, found, how)
            self._set_selected(read_only(wished[~of_classes(self.hand.runs.labels, self._hidden)[wished]]))

    def _select_class(self, label: int, how: How) -> None:
        if self.hand.runs is not None:
            self._select(read_only(np.flatnonzero(of_classes(self.hand.runs.labels, {label}))), how)

    def _hide_classes(self, hidden: frozenset[int]) -> None:
        self._hidden = hidden
        for view in self.views:
            view.hide_classes(hidden)
        self._select(read_only([]), "add")  # what is hidden is selected no longer

    def _set_selected(self, selected: Indices) -> None:
        self.selected = selected
        for view in self.views:
            view.select(selected.tolist())
        self.bar.show_selected(len(selected))
