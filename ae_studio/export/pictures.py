"""A run as pictures: what the window's views show, drawn without a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure  # not pyplot: that keeps a state of its own, and this may run in any thread
from matplotlib.ticker import MaxNLocator

from ae_studio.events import Images
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.latent.explorer import PCA, Explorer
from ae_studio.latent.sampler import FrozenSampler
from ae_studio.models.own_file import names_a_file
from ae_studio.runs.recorded import RecordedRun, RunError, SavedLook
from ae_studio.training.atomic import write_atomic

INK, DIM, LINE = "#1b1e25", "#667085", "#dfe2e8"
TRAIN, VALIDATION = "#1769e0", "#e67a12"
# Ten colours that stay apart for colour-blind eyes, on white (Petroff 2021, arXiv:2107.02270); beyond ten classes
# they come again with another shape.
CLASS_COLOURS = (
    "#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd",
)  # fmt: skip
CLASS_SHAPES = ("o", "^", "s", "D")
DIFFERENCE = LinearSegmentedColormap.from_list("difference", ["#1f7ae0", "#ffffff", "#e8590c"])
DPI = 150
SAMPLES = 64
GAP = 2  # of the images' own pixels


def export_pictures(run: RecordedRun, folder: Path | None = None, epoch: int | None = None) -> list[Path]:
    """Writes ``loss.png``, ``latent.png``, ``reconstructions.png`` and ``samples.png``; returns their paths.

    ``folder`` is the run's ``pictures`` by default; all but the loss show the ``epoch``, by default the last. Raises
    :class:`RunError` where the run has nothing to show, and OSError where the folder cannot be written.
    """
    if not run.looks or not run.snapshots:
        raise RunError(f"{run.path}: holds no look and no snapshot, so there is nothing to draw")
    if epoch is not None and (epoch not in run.looks or epoch not in run.snapshots):
        kept = f"{run.looks[0]} to {run.looks[-1]}"
        raise RunError(f"{run.path}: holds no look and snapshot of epoch {epoch}; it has looks of {kept}")
    folder = folder or run.path / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    look = run.look(run.looks[-1] if epoch is None else epoch)
    pictures: dict[str, Callable[[], Figure]] = {
        "loss.png": partial(loss_picture, run, epoch),
        "latent.png": partial(latent_picture, run, look),
        "reconstructions.png": partial(reconstruction_picture, look),
        "samples.png": partial(sample_picture, run, look, epoch),
    }
    return [_save(draw(), folder / name) for name, draw in pictures.items()]


def loss_picture(run: RecordedRun, epoch: int | None = None) -> Figure:
    """Loss over epochs, training and validation, with a line at the ``epoch``."""
    history = run.history()
    figure, axes = _figure(7, 4.2, f"Loss of {_names(run)}")
    for name, rows, colour in (("train", history.train, TRAIN), ("validation", history.validation, VALIDATION)):
        points = [(epoch, terms["loss"]) for epoch, terms in sorted(rows.items()) if "loss" in terms]
        epochs, losses = zip(*points, strict=True) if points else ((), ())
        axes.plot(epochs, losses, color=colour, label=name, marker="o" if len(points) == 1 else None)
    if epoch is not None:
        axes.axvline(epoch, color=DIM, linewidth=1, label=f"epoch {epoch}")
    axes.set_xlabel("epoch")
    axes.set_ylabel(run.loss_unit or run.model().loss_unit)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(color=LINE)
    axes.legend(frameon=False, labelcolor=INK)
    return figure


def latent_picture(run: RecordedRun, look: SavedLook) -> Figure:
    """The codes of the validation sample, coloured by class; for d > 2 on the plane of their principal components."""
    explorer = Explorer(run.space, look.labels)
    explorer.show(look.codes)
    if run.space.size > 2:
        explorer.choose(PCA)
    x, y = explorer.cloud().points.T
    figure, axes = _figure(7, 6, f"Latent space of {_names(run)}, epoch {look.epoch}")
    for label in np.unique(look.labels).tolist():
        shape = CLASS_SHAPES[label // len(CLASS_COLOURS) % len(CLASS_SHAPES)]
        name = run.class_names[label] if label < len(run.class_names) else str(label)
        chosen = look.labels == label
        colour = CLASS_COLOURS[label % len(CLASS_COLOURS)]
        axes.scatter(x[chosen], y[chosen], s=12, color=colour, marker=shape, linewidths=0, label=name)
    axes.set_xlabel(explorer.plane.labels[0])
    axes.set_ylabel(explorer.plane.labels[1] or "spread by class, to be seen at all")
    axes.set_aspect("equal", adjustable="datalim")
    axes.grid(color=LINE)
    axes.legend(frameon=False, labelcolor=INK, loc="center left", bbox_to_anchor=(1, 0.5), markerscale=1.8)
    return figure


def reconstruction_picture(look: SavedLook) -> Figure:
    """Probe images, what the model makes of them, and the difference: blue is too dark, orange too bright."""
    shown = min(12, len(look.probes))
    originals, decoded = look.probes[:shown], look.reconstructions[:shown]
    error = (decoded.astype(np.float32) - originals) / 255
    rows = {"original": originals, "decoded": decoded, "difference": error.mean(axis=-1) if error.ndim == 4 else error}
    figure = Figure(figsize=(9, 2.6), layout="constrained")
    for axes, (name, images) in zip(figure.subplots(3, 1), rows.items(), strict=True):
        if name == "difference":
            axes.imshow(_tiled(images, shown, 0.0), cmap=DIFFERENCE, vmin=-1, vmax=1)
        else:
            axes.imshow(_tiled(images, shown, 0), cmap="gray", vmin=0, vmax=255)
        axes.set_ylabel(name, rotation=0, ha="right", va="center", color=INK)
        _bare(axes)
    return figure


def sample_picture(run: RecordedRun, look: SavedLook, epoch: int | None = None) -> Figure:
    """Images of new codes: of the prior, or of the codes that were learned."""
    model = run.model(epoch)
    codes = FrozenSampler(model, look.codes)(SAMPLES, run.config.seed)
    figure, axes = _figure(6, 6.3, f"Samples, {'z ~ p(z)' if model.prior() else 'of the codes that were learned'}")
    axes.imshow(_tiled(FrozenDecoder(model)(codes), 8, 0), cmap="gray", vmin=0, vmax=255)
    _bare(axes)
    return figure


def _names(run: RecordedRun) -> str:
    """``vae on digits``; a file of one's own by its name alone."""
    model = run.config.model
    return f"{Path(model).stem if names_a_file(model) else model} on {Path(run.config.data).stem}"


def _figure(width: float, height: float, title: str) -> tuple[Figure, Axes]:
    """Of a size in inches, with one quiet pair of axes."""
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.subplots()
    axes.set_title(title, loc="left", fontsize=11, color=INK)
    axes.tick_params(colors=DIM, length=0)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    return figure, axes


def _bare(axes: Axes) -> None:
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)


def _tiled(images: Images | np.ndarray, columns: int, ground: float) -> np.ndarray:
    """n images, row by row, to one: (rows * (H + GAP), columns * (W + GAP)[, 3])."""
    gap = ((0, 0), (0, GAP), (0, GAP)) + ((0, 0),) * (images.ndim - 3)
    padded = np.pad(images, gap, constant_values=ground)
    rows = [np.concatenate(list(padded[start : start + columns]), axis=1) for start in range(0, len(padded), columns)]
    return np.concatenate(rows, axis=0)


def _save(figure: Figure, path: Path) -> Path:
    write_atomic(path, lambda file: figure.savefig(file, format="png", dpi=DPI))
    return path
