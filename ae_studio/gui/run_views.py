"""The run that is shown: every view of it begins, goes on and ends together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ae_studio.events import Codes, EpochDone, Images, Labels, LatentSpace, Look, RunEnded, RunStarted
from ae_studio.gui.decoded_panel import DecodedPanel
from ae_studio.gui.epoch_bar import EpochBar
from ae_studio.gui.hand import Decoded, Hand
from ae_studio.gui.laboratory import Laboratory
from ae_studio.gui.latent_panel import LatentPanel
from ae_studio.gui.loss_panel import LossPanel
from ae_studio.gui.metrics_panel import MetricsPanel
from ae_studio.gui.reconstruction_panel import ReconstructionPanel
from ae_studio.gui.status import StatusBar
from ae_studio.gui.welcome import Welcome


@dataclass
class RunViews:
    """The hand and the panels that show a run, a new one or one from the disk; ``epoch`` is that of the look."""

    hand: Hand
    laboratory: Laboratory
    latent: LatentPanel
    decoded: DecodedPanel
    loss: LossPanel
    reconstructions: ReconstructionPanel
    epochs: EpochBar
    metrics: MetricsPanel
    status: StatusBar
    welcome: Welcome
    epoch: int = 0

    def start(self, event: RunStarted) -> None:
        if event.goes_on:
            self._go_on(event)
            return
        self._begin(event.space, event.sample_labels, event.class_names, event.sample_images)
        self.loss.start(event)
        self.reconstructions.set_originals(event.probes)
        self.epochs.start(event.epochs)
        self.status.start(event)

    def _go_on(self, event: RunStarted) -> None:
        """A run that was loaded before: what is shown of it stays."""
        self.loss.start(event)
        self.epochs.go_on(event.epochs, event.first_epoch)
        self.status.start(event)

    def load(self, opened: Any) -> None:
        """A run from the disk, an :class:`ae_studio.runs.opening.OpenedRun`; its last look comes behind."""
        labels = opened.moment.labels if opened.moment else np.zeros(0, dtype=np.int64)
        self._begin(opened.space, labels, opened.class_names, opened.images)
        self.loss.load(opened.history, opened.loss_unit)
        for change in opened.changes:
            self.loss.add_change(change)
        self.epochs.start(max(opened.epochs, default=0), live=False)
        for change in opened.changes:
            self.epochs.take_change(change)
        self.epochs.add_kept(opened.epochs)
        self.epochs.show_losses(
            {epoch: terms.get("loss", math.nan) for epoch, terms in opened.history.validation.items()}
        )
        if opened.epochs:
            self.epochs.show_epoch(opened.epochs[-1])
        if opened.moment:
            self.reconstructions.set_originals(opened.moment.probes)

    def _begin(self, space: LatentSpace, labels: Labels, class_names: tuple[str, ...], images: Images | None) -> None:
        self.epoch = 0
        self.welcome.hide()
        self.metrics.clear()
        self.loss.set_space(space)
        self.hand.begin(space, labels, class_names)
        self.laboratory.begin(images)
        self.latent.start(space, labels, class_names, self.hand.explorer.choice)
        self.decoded.start(space.size, self.hand.explorer.nearest_in_words)

    def end_epoch(self, event: EpochDone) -> None:
        self.loss.add_epoch(event)
        self.epochs.add_epoch(event.epoch, event.validation.get("loss", math.nan))
        self.status.show_epoch(event)

    def end(self, event: RunEnded) -> None:
        self.status.end(event)
        self.loss.end()
        self.epochs.end()

    def mark_epoch(self, epoch: int) -> None:
        """The epoch that is looked at, on the curves; none while the newest is followed."""
        if self.epochs.following:
            self.loss.unmark()
        else:
            self.loss.mark_epoch(epoch)

    def show_look(self, look: Look) -> None:
        """The newest, as it comes."""
        self.latent.canvas.glide_within(None)
        self._show(look, ())

    def show_moment(self, look: Look, way: Sequence[Codes]) -> None:
        """That of an epoch which was gone to; ``way``: the codes of the epochs between."""
        self.latent.canvas.glide_within(self.epochs.glide_seconds)
        self._show(look, way)

    def _show(self, look: Look, way: Sequence[Codes]) -> None:
        self.epoch = look.epoch
        self.loss.show_look(look)
        self.reconstructions.show_reconstructions(look.reconstructions)
        self.latent.show_codebook(look.codebook)
        self.hand.show(look, way)
        self.laboratory.show(look)

    def play_on(self, _: object = None) -> None:
        """The image under the handle is there, the last thing that an epoch brings."""
        if self.epoch == self.epochs.player.epoch:
            self.epochs.player.go_on()

    def show_handle(self, code: Any, x: float, y: float, behind: bool) -> None:
        self.latent.canvas.show_handle(x, y, behind)

    def show_decoded(self, decoded: Decoded) -> None:
        self.decoded.show_decoded(decoded.code, decoded.image, decoded.milliseconds)
        self.status.show_decode(decoded.milliseconds)

    def centre_handle(self) -> None:
        self.hand.put(self.hand.explorer.centre())
