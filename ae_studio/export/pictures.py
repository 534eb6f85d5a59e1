"""A run as pictures: what the window's views show, drawn without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ae_studio.events import Images
from ae_studio.latent.decoder import FrozenDecoder
from ae_studio.latent.explorer import Explorer
from ae_studio.runs.recorded import RecordedRun, RunError
from ae_studio.training.atomic import write_atomic

GROUND, INK, DIM, LINE = "#ffffff", "#1b1e25", "#667085", "#dfe2e8"
TRAIN, VALIDATION = "#1769e0", "#d9730d"
# Ten colours that stay apart for colour-blind eyes, on white (Petroff 2021, arXiv:2107.02270).
CLASS_COLOURS = (
    "#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6", "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd",
)  # fmt: skip
SIZE, MARGIN = (900, 600), 60  # pixels
SAMPLES = 64


def export_pictures(run: RecordedRun, folder: Path | None = None) -> list[Path]:
    """Writes ``loss.png``, ``latent.png``, ``reconstructions.png`` and ``samples.png``; returns their paths.

    ``folder`` is the run's ``pictures`` by default. Raises :class:`RunError` where the run has nothing to show, and
    OSError where the folder cannot be written.
    """
    if not run.looks or not run.snapshots:
        raise RunError(f"{run.path}: holds no look and no snapshot, so there is nothing to draw")
    folder = folder or run.path / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    pictures: dict[str, Callable[[RecordedRun], Image.Image]] = {
        "loss.png": loss_picture,
        "latent.png": latent_picture,
        "reconstructions.png": reconstruction_picture,
        "samples.png": sample_picture,
    }
    return [_save(draw(run), folder / name) for name, draw in pictures.items()]


def loss_picture(run: RecordedRun) -> Image.Image:
    """Loss over epochs, training and validation."""
    history = run.history()
    picture = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(picture)
    curves = {name: _loss_curve(getattr(history, name)) for name in ("train", "validation")}
    every = np.concatenate([curve for curve in curves.values() if len(curve)] or [np.zeros((1, 2))])
    low, high = every.min(axis=0), every.max(axis=0)
    _draw_frame(draw, low, high)
    for (name, curve), colour in zip(curves.items(), (TRAIN, VALIDATION), strict=True):
        if len(curve) > 1:
            draw.line([tuple(point) for point in _to_pixels(curve, low, high)], fill=colour, width=3, joint="curve")
        draw.text((SIZE[0] - MARGIN - (220 if name == "train" else 120), 20), name, fill=colour, font=_font())
    draw.text((MARGIN, 20), f"Loss of {run.config.model} on {run.config.data}, by epoch", fill=INK, font=_font())
    return picture


def _loss_curve(rows: dict[int, dict[str, float]]) -> np.ndarray:
    """(epochs, 2): epoch and loss."""
    points = [(epoch, terms["loss"]) for epoch, terms in sorted(rows.items()) if "loss" in terms]
    return np.asarray(points, dtype=float).reshape(-1, 2)


def latent_picture(run: RecordedRun) -> Image.Image:
    """The codes of the validation sample, coloured by class."""
    look = run.look(run.looks[-1])
    explorer = Explorer(run.config.latent_dim, look.labels)
    explorer.show(look.codes)
    if run.config.latent_dim > 2:
        explorer.choose("pca")
    points = explorer.positions().astype(float)
    scale = 2  # drawn larger and shrunk, for soft edges
    picture = Image.new("RGB", (SIZE[0] * scale, SIZE[1] * scale), GROUND)
    draw = ImageDraw.Draw(picture)
    low, high = points.min(axis=0), points.max(axis=0)
    for (x, y), label in zip(_to_pixels(points, low, high) * scale, look.labels.tolist(), strict=True):
        colour = CLASS_COLOURS[label % len(CLASS_COLOURS)]
        draw.ellipse((x - 5, y - 5, x + 5, y + 5), fill=colour)
    picture = picture.resize(SIZE, Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(picture)
    title = f"Latent space, {explorer.plane.labels[0]} and {explorer.plane.labels[1]}, epoch {look.epoch}"
    draw.text((MARGIN, 16), title, fill=INK, font=_font())
    for index, name in enumerate(run.class_names[: len(CLASS_COLOURS)]):
        draw.text((MARGIN + 82 * index, SIZE[1] - 30), name[:9], fill=CLASS_COLOURS[index], font=_font(14))
    return picture


def reconstruction_picture(run: RecordedRun) -> Image.Image:
    """Two rows: probe images above, what the model makes of them below."""
    look = run.look(run.looks[-1])
    return _enlarged(_tiled(np.concatenate([look.probes, look.reconstructions]), columns=len(look.probes)))


def sample_picture(run: RecordedRun) -> Image.Image:
    """Images of codes z ~ N(0, I)."""
    codes = np.random.default_rng(run.config.seed).standard_normal((SAMPLES, run.config.latent_dim), dtype=np.float32)
    return _enlarged(_tiled(FrozenDecoder(run.model())(codes), columns=8))


def _tiled(images: Images, columns: int) -> np.ndarray:
    """n images, row by row, to one: (rows * (H + 2), columns * (W + 2)[, 3])."""
    gap = ((0, 0), (1, 1), (1, 1)) + ((0, 0),) * (images.ndim - 3)
    padded = np.pad(images, gap)
    rows = [np.concatenate(list(padded[start : start + columns]), axis=1) for start in range(0, len(padded), columns)]
    return np.concatenate(rows, axis=0)


def _enlarged(pixels: np.ndarray) -> Image.Image:
    factor = max(1, round(900 / pixels.shape[1]))
    picture = Image.fromarray(pixels)
    return picture.resize((picture.width * factor, picture.height * factor), Image.Resampling.NEAREST)


def _to_pixels(points: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """World points (n, 2) to pixels inside the margins; y grows upwards in the world."""
    share = (points - low) / np.where(high > low, high - low, 1)
    room = np.array(SIZE) - 2 * MARGIN
    return MARGIN + np.column_stack([share[:, 0] * room[0], (1 - share[:, 1]) * room[1]])


def _draw_frame(draw: ImageDraw.ImageDraw, low: np.ndarray, high: np.ndarray) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = MARGIN + (1 - share) * (SIZE[1] - 2 * MARGIN)
        draw.line((MARGIN, y, SIZE[0] - MARGIN, y), fill=LINE)
        draw.text((8, y - 8), f"{low[1] + share * (high[1] - low[1]):.4g}", fill=DIM, font=_font(13))
        x = MARGIN + share * (SIZE[0] - 2 * MARGIN)
        draw.text(
            (x - 8, SIZE[1] - MARGIN + 12), f"{low[0] + share * (high[0] - low[0]):.0f}", fill=DIM, font=_font(13)
        )


def _font(size: int = 17) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _save(picture: Image.Image, path: Path) -> Path:
    write_atomic(path, lambda file: picture.save(file, format="PNG"))
    return path
