"""Run folders that were never trained, as the library finds them."""

import json

from ae_studio.training.defaults import complete


def keep_run(root, name, tag, losses, *, outcome="finished", mse=None, metrics=None, title="", **values):
    """``losses`` of the validation after the epochs 0, 1, …; the error per pixel is a hundredth of them, or ``mse``."""
    run = root / name
    for part in ("snapshots", "looks"):
        (run / part).mkdir(parents=True)
        (run / part / "0000").touch()
    config = complete(values)
    record = {"app": "ae-studio", "format": 1, "config": config.model_dump(), "loss_unit": "nats per image"}
    (run / "config.json").write_text(
        json.dumps(record | {"started": f"2026-11-29 10:00:{len(list(root.iterdir())):02}"})
    )
    rows = ["epoch,step,split,term,value", "1,1,batch,loss,99", "1,1,train,loss,98"]
    for epoch, loss in enumerate(losses):
        rows += [f"{epoch},{epoch},validation,loss,{loss}"]
        rows += [f"{epoch},{epoch},validation,mse_per_pixel,{loss / 100 if mse is None else mse[epoch]}"]
    (run / "metrics.csv").write_text("\n".join(rows) + "\n")
    if outcome:
        (run / "ended.json").write_text(json.dumps({"outcome": outcome, "reason": ""}))
    if metrics:
        measured = [{"about": {"label": label}, "value": value} for label, value in metrics.items()]
        (run / "metrics.json").write_text(json.dumps({"epochs": {"1": {"measured": measured}}}))
    (run / "about.json").write_text(json.dumps({"tags": [tag], "title": title}))
    return run
