"""Compared runs without a folder: everything about them is known."""

from pathlib import Path

import numpy as np

from ae_studio.events import Encoded, LatentSpace, Look
from ae_studio.runs.compared import ComparedRun
from ae_studio.runs.history import History
from ae_studio.runs.opening import Moment, OpenedRun
from ae_studio.training.defaults import default_config

COUNT = 8
IMAGES = (np.arange(COUNT)[:, None, None] * 10 + np.arange(16).reshape(1, 4, 4)).astype(np.uint8)
LABELS = np.arange(COUNT) % 2


def history(losses, steps_per_epoch=4, terms=("loss", "kl")):
    """``losses`` of validation after each epoch; kl is a tenth of it, training one less, a step two less."""
    rows = {epoch: dict(zip(terms, (loss, loss / 10), strict=False)) for epoch, loss in enumerate(losses)}
    steps = np.arange(1, steps_per_epoch * (len(losses) - 1) + 1)
    return History(
        steps=steps,
        terms={"loss": np.asarray([losses[-(-step // steps_per_epoch)] - 2 for step in steps], np.float32)},
        train={epoch: {"loss": row["loss"] - 1} for epoch, row in rows.items() if epoch},
        validation=rows,
        steps_per_epoch=steps_per_epoch,
    )


def compared(
    name="a",
    losses=(30.0, 20.0, 10.0),
    *,
    epoch=None,
    images=IMAGES,
    shift=0,
    unit="nats per image",
    encoder=True,
    model="vae",
    data="digits",
    ended=("finished", "It finished."),
    own=None,
    **changes,
):
    """A run that adds ``shift`` to the grey of every pixel; ``own`` are settings of its family."""
    config = default_config(data, model)
    config = config.model_copy(update={"settings": config.settings | (own or {})} | changes.pop("config", {}))
    epoch = len(losses) - 1 if epoch is None else epoch

    def encode(images, labels):
        return Encoded(images.reshape(len(images), -1).astype(np.float32))

    def decode(codes):
        return np.clip(codes.reshape(-1, *images.shape[1:]) + shift, 0, 255).astype(np.uint8)

    codes = np.zeros((COUNT, 2), np.float32)
    look = Look(epoch, 4 * epoch, codes, images[:2], decode, encoder=encode if encoder else None)
    opened = OpenedRun(
        path=changes.pop("path", Path(name)),
        config=config,
        class_names=("even", "odd"),
        space=LatentSpace(2),
        epochs=tuple(range(len(losses))),
        history=history(losses),
        moment=Moment(look, LABELS, images[:2]),
        loss_unit=unit,
        ended=ended,
        problems=(),
        images=images if changes.pop("kept_images", True) else None,
    )
    return ComparedRun(opened, opened.moment, name=name, **changes)
