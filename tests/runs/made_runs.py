"""Run folders as a training leaves them, made in a millisecond and without torch."""

import json

import numpy as np

from ae_studio.training.defaults import default_config


def make_run(root, name="2026-11-23_14-05-09_vae_digits", *, losses=(30.0, 20.0, 25.0), outcome="finished", **config):
    """``losses`` are those of validation after each epoch, the one before training first."""
    folder = root / name
    for part in ("snapshots", "looks"):
        (folder / part).mkdir(parents=True)
    base = default_config(config.pop("data", "digits"), config.pop("model", "vae")).model_dump()
    record = {
        "app": "ae-studio",
        "format": 1,
        "config": base | {"epochs": len(losses) - 1} | config,
        "started": "2026-11-23 14:05:09",
        "loss_unit": "nats per image",
        "parameters": 12_345,
        "device": "CPU",
    }
    (folder / "config.json").write_text(json.dumps(record))
    rows = ["epoch,step,split,term,value\n"]
    for epoch, loss in enumerate(losses):
        rows += [f"{epoch},{epoch * 4},batch,loss,{loss - 9}\n"] if epoch else []
        rows += [f"{epoch},{epoch * 4},{split},{term},{loss}\n" for split in ("train", "validation") for term in TERMS]
    (folder / "metrics.csv").write_text("".join(rows))
    last = len(losses) - 1
    (folder / "snapshots" / f"{last:04d}.safetensors").touch()
    pictures = np.arange(8 * 64, dtype=np.uint8).reshape(8, 8, 8)
    np.savez(folder / "looks" / f"{last:04d}.npz", step=0, probes=pictures, reconstructions=255 - pictures)
    if outcome:
        (folder / "ended.json").write_text(json.dumps({"outcome": outcome, "reason": f"It {outcome}."}))
    return folder


TERMS = ("loss", "reconstruction", "kl")


def edit(folder, change):
    """Another ``config.json``."""
    record = json.loads((folder / "config.json").read_text())
    change(record)
    (folder / "config.json").write_text(json.dumps(record))
