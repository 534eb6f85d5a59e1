"""A look that was saved, made whole again with the weights of its epoch."""

from __future__ import annotations

import functools

import torch

from ae_studio.events import Look
from ae_studio.latent.frozen import FrozenModel, Late
from ae_studio.latent.look import codebook_of
from ae_studio.latent.sampler import FrozenSampler, LateSampler
from ae_studio.runs.recorded import RecordedRun, SavedLook


def restored(run: RecordedRun, saved: SavedLook, *, late: bool = False) -> Look:
    """The look as the training told it. Raises :class:`~ae_studio.runs.recorded.RunError` without its weights.

    ``late``: others follow at once, so that it is hardly ever decoded; the weights are read only if it is.
    """
    if late or run.why_no_model:  # codes and pictures can be shown; who decodes is told why not
        return _late(run, saved)
    model = run.model(saved.epoch)
    frozen = FrozenModel.keeping(model)
    sampler = FrozenSampler(model, saved.codes)
    return Look(
        epoch=saved.epoch,
        step=saved.step,
        codes=saved.codes,
        reconstructions=saved.reconstructions,
        decoder=frozen.decoder,
        sampler=sampler,
        codebook=codebook_of(model, torch.tensor(saved.codes)),
        encoder=frozen.encoder,
        derivatives=frozen.derivatives,
        spread=saved.spread,
        kl=saved.kl,
        prior=sampler.prior,
    )


def _late(run: RecordedRun, saved: SavedLook) -> Look:
    @functools.cache
    def frozen() -> FrozenModel:
        return FrozenModel.keeping(run.model(saved.epoch))

    return Look(
        epoch=saved.epoch,
        step=saved.step,
        codes=saved.codes,
        reconstructions=saved.reconstructions,
        decoder=Late(lambda: frozen().decoder),
        sampler=LateSampler(lambda: run.model(saved.epoch), saved.codes),
        encoder=None if run.why_no_model else Late(lambda: frozen().encoder),
        derivatives=None if run.why_no_model else Late(lambda: frozen().derivatives),
        spread=saved.spread,
        kl=saved.kl,
    )
