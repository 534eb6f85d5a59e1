"""What AE Studio's training speed is compared with: the same work without AE Studio.

Two opponents. The *bare loop* is what an expert writes: the images in memory as bytes, one index operation a batch,
fused Adam, nothing else. The *talk's way* is what a course shows: a Dataset that converts each image by itself, a
DataLoader and Lightning's Trainer with a logged loss. The models are built here from torch.nn alone.

Every measurement returns images per second. Images are uint8, (n, H, W) or any shape (n, ...), 0 to 255.
"""

from __future__ import annotations

import logging
import time
import warnings
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as functional
from torch import Tensor, nn

if TYPE_CHECKING:
    from torch.utils.data import DataLoader

Images = npt.NDArray[np.uint8]
Precision = Literal["32", "bf16"]

WARM_UP_STEPS = 50  # not timed: the first steps allocate memory and choose kernels


class Learner(nn.Module):
    """A model that gives its loss for x (B, D) in [0, 1]."""

    def loss(self, x: Tensor) -> Tensor:
        raise NotImplementedError


class Linear(Learner):
    """The talk's linear autoencoder: D -> 2 -> D, mean squared error. Adam at 1e-2, batches of 64."""

    def __init__(self, pixels: int = 784, latent_dim: int = 2) -> None:
        super().__init__()
        self.encoder = nn.Linear(pixels, latent_dim)
        self.decoder = nn.Linear(latent_dim, pixels)

    def loss(self, x: Tensor) -> Tensor:
        return functional.mse_loss(self.decoder(self.encoder(x)), x)


class MlpVae(Learner):
    """784-512-256-2 and back, ReLU, Bernoulli on grey values: R + KL, nats per image. Adam at 1e-3, batches of 128."""

    def __init__(self, pixels: int = 784, latent_dim: int = 2) -> None:
        super().__init__()
        self.encoder = nn.Sequential(
            *(nn.Linear(pixels, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 2 * latent_dim))
        )
        self.decoder = nn.Sequential(
            *(nn.Linear(latent_dim, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, pixels))
        )

    def loss(self, x: Tensor) -> Tensor:
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        logits = self.decoder(_sampled(mu, logvar))
        reconstruction = functional.binary_cross_entropy_with_logits(logits, x, reduction="sum") / len(x)
        return reconstruction + _kl(mu, logvar) / len(x)


class TalkVae(Learner):
    """The talk's VAE: no bend between its layers, a sigmoid at the end, (sum of squares + KL)/B. Adam at 1e-3."""

    def __init__(self, pixels: int = 784, latent_dim: int = 2) -> None:
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(pixels, 32), nn.Linear(32, 16))
        self.fc_mu = nn.Linear(16, latent_dim)
        self.fc_logvar = nn.Linear(16, latent_dim)
        self.fc_z = nn.Linear(latent_dim, 16)
        self.decoder = nn.Sequential(nn.Linear(16, 32), nn.Linear(32, pixels), nn.Sigmoid())

    def loss(self, x: Tensor) -> Tensor:
        h = self.encoder(x)  # (B, 16)
        mu, logvar = self.fc_mu(h), self.fc_logvar(h)
        reconstruction = self.decoder(self.fc_z(_sampled(mu, logvar)))
        return (functional.mse_loss(reconstruction, x, reduction="sum") + _kl(mu, logvar)) / len(x)


def _sampled(mu: Tensor, logvar: Tensor) -> Tensor:
    return mu + torch.exp(0.5 * logvar) * torch.randn_like(mu)


def _kl(mu: Tensor, logvar: Tensor) -> Tensor:
    """KL(N(mu, diag sigma^2) || N(0, I)) in nats, summed over the batch."""
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar).sum()


def mnist_images(root: Path, part: Literal["train", "t10k"] = "train") -> Images:
    """The 60,000 training or 10,000 test images (n, 28, 28) below a root in torchvision's layout."""
    raw = np.fromfile(root / "MNIST" / "raw" / f"{part}-images-idx3-ubyte", np.uint8)
    return raw[16:].reshape(-1, 28, 28)  # behind the header of four int32


def bare_loop(
    model: Learner, images: Images, steps: int, *, batch_size: int, lr: float, precision: Precision = "32"
) -> float:
    """Images per second of the hand-written loop, over ``steps`` steps behind a warm-up."""
    pixels = torch.from_numpy(np.array(images)).flatten(1)  # (n, D), uint8
    optimizer = torch.optim.Adam(model.parameters(), lr=lr, fused=True)
    _train(model, optimizer, pixels, WARM_UP_STEPS, batch_size, precision)
    began = time.perf_counter()
    _train(model, optimizer, pixels, steps, batch_size, precision)
    return steps * batch_size / (time.perf_counter() - began)


def _train(
    model: Learner, optimizer: torch.optim.Optimizer, pixels: Tensor, steps: int, batch_size: int, precision: Precision
) -> None:
    """``steps`` steps over whole batches, in a new order each epoch."""
    whole = len(pixels) // batch_size * batch_size
    done = 0
    while done < steps:
        order = torch.randperm(len(pixels))[:whole].view(-1, batch_size)  # a batch a row
        for batch in order[: steps - done]:
            x = pixels[batch].float().div_(255)
            with _autocast(precision):
                loss = model.loss(x)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1


def _autocast(precision: Precision) -> AbstractContextManager[object]:
    return torch.autocast("cpu", torch.bfloat16) if precision == "bf16" else nullcontext()


def talks_way(model: Learner, images: Images, steps: int, *, lr: float, batch_size: int = 64) -> float:
    """Images per second of the talk's way, over ``steps`` steps behind a warm-up; one epoch must hold them all.

    Lightning's progress bar, model summary and checkpoints are off, which is in its favour; it logs the loss of every
    step, as the talk does, to no logger.
    """
    from ae_studio.lightning import pl  # declares what torchvision lacks, before it is imported

    logging.getLogger("pytorch_lightning").setLevel(logging.ERROR)  # it introduces itself at every fit
    clock = _step_clock(pl, WARM_UP_STEPS)
    trainer = pl.Trainer(
        max_epochs=1,
        limit_train_batches=WARM_UP_STEPS + steps,
        accelerator="cpu",
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        callbacks=[clock],
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # advice on the number of loader workers and of logged steps
        trainer.fit(_lightning_module(pl, model, lr), _per_sample_loader(images, batch_size))
    if trainer.global_step < WARM_UP_STEPS + steps:
        raise ValueError(f"{len(images):,} images hold only {trainer.global_step:,} steps, {steps:,} were to be timed")
    seconds: float = clock.seconds
    return steps * batch_size / seconds


def _per_sample_loader(images: Images, batch_size: int) -> DataLoader[Tensor]:
    """torchvision's way: every image by itself through PIL and ToTensor, then collated."""
    from PIL import Image
    from torch.utils.data import DataLoader, Dataset
    from torchvision.transforms import ToTensor  # type: ignore[import-untyped]

    to_tensor: Callable[[Any], Tensor] = ToTensor()

    class PerSample(Dataset[Tensor]):
        def __len__(self) -> int:
            return len(images)

        def __getitem__(self, index: int) -> Tensor:
            return to_tensor(Image.fromarray(images[index], mode="L"))

    return DataLoader(PerSample(), batch_size=batch_size, shuffle=True, num_workers=0)


def _lightning_module(pl: Any, model: Learner, lr: float) -> Any:
    class Talk(pl.LightningModule):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def training_step(self, batch: Tensor, batch_index: int) -> Tensor:
            loss = self.model.loss(batch.flatten(1))
            self.log("train_loss", loss)
            return loss

        def configure_optimizers(self) -> torch.optim.Optimizer:
            return torch.optim.Adam(self.parameters(), lr=lr)

    return Talk()


def _step_clock(pl: Any, warm_up: int) -> Any:
    """A callback whose ``seconds`` are those from the end of step ``warm_up`` to the end of the last."""

    class StepClock(pl.Callback):  # type: ignore[misc]
        seconds = 0.0
        _began = 0.0

        def on_train_batch_end(self, trainer: Any, module: Any, outputs: Any, batch: Any, batch_index: int) -> None:
            if batch_index + 1 == warm_up:
                self._began = time.perf_counter()

        def on_train_end(self, trainer: Any, module: Any) -> None:
            self.seconds = time.perf_counter() - self._began

    return StepClock()
