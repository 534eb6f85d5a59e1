"""A look that was saved, made whole again with the weights of its epoch."""

from __future__ import annotations

from functools import partial

import torch

from ae_studio.events import Look
from ae_studio.latent.decoder import FrozenDecoder, LateDecoder
from ae_studio.latent.look import codebook_of
from ae_studio.latent.sampler import FrozenSampler, LateSampler
from ae_studio.runs.recorded import RecordedRun, SavedLook


def restored(run: RecordedRun, saved: SavedLook, *, late: bool = False) -> Look:
    """The look as the training told it. Raises :class:`~ae_studio.runs.recorded.RunError` without its weights.

    ``late``: others follow at once, so that it is hardly ever decoded; the weights are read only if it is.
    """
    if late or run.why_no_model:  # codes and pictures can be shown; who decodes is told why not
        read = partial(run.model, saved.epoch)
        decoder, sampler = LateDecoder(read), LateSampler(read, saved.codes)
        return Look(saved.epoch, saved.step, saved.codes, saved.reconstructions, decoder, sampler)
    model = run.model(saved.epoch)
    return Look(
        epoch=saved.epoch,
        step=saved.step,
        codes=saved.codes,
        reconstructions=saved.reconstructions,
        decoder=FrozenDecoder(model),
        sampler=FrozenSampler(model, saved.codes),
        codebook=codebook_of(model, torch.tensor(saved.codes)),
    )
