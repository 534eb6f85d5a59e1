"""What a run says of itself when it begins: to the world, and in its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch

from ae_studio import __version__
from ae_studio.config import RunConfig
from ae_studio.events import RunStarted
from ae_studio.models.base import Autoencoder
from ae_studio.models.catalog import latent_space
from ae_studio.models.stacks import parameter_count
from ae_studio.training.devices import Place
from ae_studio.training.portions import Portions
from ae_studio.training.start import Start

PACKAGES = ("pytorch-lightning", "torchvision", "numpy", "safetensors")


@dataclass(frozen=True, slots=True)
class Particulars:
    """Of a run that is put together. ``model_sha256``: of the file that holds the model, where it has one."""

    config: RunConfig
    portions: Portions
    model: Autoencoder[Any]
    place: Place
    start: Start
    model_sha256: str = ""

    def started(self, run: Path, steps_per_epoch: int) -> RunStarted:
        data, portions = self.portions.data, self.portions
        return RunStarted(
            run=run,
            epochs=self.config.epochs,
            first_epoch=self.start.epoch,
            goes_on=not self.start.afresh,
            steps_per_epoch=steps_per_epoch,
            space=latent_space(self.config, data.class_names),
            parameters=parameter_count(self.model),
            train_images=len(data.train),
            validation_images=len(data.validation),
            device=self.place.device_name,
            precision=self.place.precision_name,
            probes=portions.probe_images,
            sample_labels=portions.sample_labels,
            class_names=data.class_names,
            loss_unit=self.model.loss_unit,
            sample_images=portions.sample_images,
        )

    def record(self) -> dict[str, Any]:
        """What the settings do not say."""
        data = self.portions.data
        return {
            "started": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            "device": self.place.device_name,
            "precision": self.place.precision_name,
            "image_shape": list(data.image_shape),
            "class_names": list(data.class_names),
            "parameters": parameter_count(self.model),
            "train_images": len(data.train),
            "validation_images": len(data.validation),
            "steps_per_epoch": -(-len(data.train) // self.config.batch_size),
            "loss_unit": self.model.loss_unit,
            "code_size": self.model.code_size,
            **({"model_sha256": self.model_sha256} if self.model_sha256 else {}),
            "versions": {"ae-studio": __version__}
            | {name: version(name) for name in PACKAGES}
            | {"torch": torch.__version__},
        }
