"""Words on the command line become one call. Every command imports what it runs, inside itself."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ae_studio import __version__

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 when done, 1 when the run failed, 2 for wrong use, said in one line."""
    from ae_studio.config import ConfigError
    from ae_studio.data.dataset import DataError

    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        code = run(options)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except BrokenPipeError:  # whoever read has enough, as `head` has; Python would complain once more as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except ConfigError as error:
        return _say(error, WRONG_USE)
    except DataError as error:
        return _say(error, FAILED)


def _say(error: object, code: int) -> int:
    print(f"ae-studio: {error}", file=sys.stderr)
    return code


def _load_torch_first() -> None:
    """On Windows torch's libraries do not load behind Qt's: https://github.com/pytorch/pytorch/issues/166628."""
    if sys.platform == "win32":
        import torch  # noqa: F401


def _why_no_window() -> str:
    """Why no window can be opened here; empty where one can."""
    from ae_studio.display import draws_on_x, missing_display
    from ae_studio.system_libraries import missing_for_a_window

    return missing_display() or (missing_for_a_window() if draws_on_x() else "")


def _window(options: argparse.Namespace) -> int:
    if getattr(options, "self_test", False):
        return _self_test()
    reason = _why_no_window()
    if not reason:
        _load_torch_first()
        from ae_studio.gui.app import run_window

        return run_window(getattr(options, "folder", None))
    if getattr(options, "folder", None):
        return _say(f"{reason}, so the window cannot be opened", FAILED)
    from ae_studio.terminal import main_job

    print(f"AE Studio: {reason}, so no window is opened; the main job is done here instead.")
    return main_job()


def _self_test() -> int:
    reason = _why_no_window()
    if reason:
        return _say(f"{reason}, so there is no window to test (QT_QPA_PLATFORM=offscreen tests one in memory)", FAILED)
    _load_torch_first()
    from ae_studio.gui.self_test import run_self_test

    return run_self_test()


def _train(options: argparse.Namespace) -> int:
    from ae_studio.terminal import train_on_terminal
    from ae_studio.training.defaults import complete

    if options.resume:
        return train_on_terminal(_resumed_config(options), resume=options.resume)
    values = _given_values(options)
    if options.model or options.trust:
        _trust(values.get("model", ""))
    return train_on_terminal(complete(values), out=options.out)


def _trust(model: str) -> None:
    """Who names a Python file on the command line has it run, as python itself would."""
    from ae_studio.models.own_file import names_a_file, trust_file

    if names_a_file(model):
        trust_file(model)


def _run_at(folder: Path, *, trusted: bool) -> Any:
    """The run in this folder; ``trusted``: the user has said that the Python file of its model may run."""
    from ae_studio.runs.recorded import RecordedRun

    run = RecordedRun(folder)
    if run.untrusted and trusted:
        _trust(str(run.untrusted))
        return RecordedRun(folder)
    return run


def _given_values(options: argparse.Namespace) -> dict[str, Any]:
    """What was asked for: the preset, below it the file, below them the flags, each replacing the ones before."""
    from ae_studio.config import read_config
    from ae_studio.training.defaults import preset_values

    values = preset_values(options.preset) if options.preset else {}
    if options.config:
        values |= _with_kept_model(read_config(options.config), options.config.parent)
    values |= _flag_values(options)
    if options.set:
        model_settings = values.get("settings", {}) if "model" not in _flag_values(options) else {}
        values["settings"] = {**model_settings, **_parse_settings(options.set)}
    elif options.model and (options.preset or options.config):
        values.pop("settings", None)  # another family's settings
    return values


def _resumed_config(options: argparse.Namespace) -> Any:
    """The run's own settings; only the number of epochs may be another."""
    from ae_studio.config import ConfigError, read_config
    from ae_studio.training.defaults import complete

    others = sorted(set(_flag_values(options)) - {"epochs"})
    if others or options.set or options.config or options.preset or options.out:
        raise ConfigError("--resume goes on with the run's own settings; only --epochs can be given beside it")
    values = _with_kept_model(read_config(options.resume / "config.json"), options.resume)
    if options.trust:
        _trust(values.get("model", ""))
    return complete({**values, **_flag_values(options)})


def _with_kept_model(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """A run's settings, with the very file that it trained where that is the user's own: it may be another by now."""
    from ae_studio.models.own_file import kept_file, names_a_file

    file = kept_file(folder) if names_a_file(values.get("model", "")) else None
    return {**values, "model": str(file)} if file else values


def _flag_values(options: argparse.Namespace) -> dict[str, Any]:
    from ae_studio.config import RunConfig, field_specs

    return {name: getattr(options, name) for name in field_specs(RunConfig) if getattr(options, name) is not None}


def _parse_settings(pairs: Sequence[str]) -> dict[str, str]:
    """``["beta=4", "hidden=64"]`` to names and texts; the model's schema makes numbers of those that are."""
    from ae_studio.config import ConfigError

    settings = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name:
            raise ConfigError(f"--set takes name=value, like beta=4, got {pair!r}")
        settings[name] = text
    return settings


def _runs(options: argparse.Namespace) -> int:
    from ae_studio.runs_table import list_on_terminal

    return DONE if list_on_terminal(as_json=options.json) else FAILED


def _evaluate(options: argparse.Namespace) -> int:
    from ae_studio.evaluation_table import evaluate_on_terminal
    from ae_studio.latent.measured import Options
    from ae_studio.runs.recorded import RunError

    wanted = Options(neighbours=options.neighbours, samples=options.samples, binarised=options.binarised)
    try:
        run = _run_at(options.folder, trusted=options.trust)
        evaluate_on_terminal(run, options.epoch, wanted, as_json=options.json, anew=options.anew)
    except RunError as error:
        return _say(error, FAILED)
    return DONE


def _export(options: argparse.Namespace) -> int:
    from ae_studio.export.pictures import export_pictures
    from ae_studio.runs.recorded import RunError

    try:
        for path in export_pictures(_run_at(options.folder, trusted=options.trust), options.out):
            print(path)
    except RunError as error:
        return _say(error, FAILED)
    except OSError as error:
        return _say(f"{error.filename}: {error.strerror}", FAILED)
    return DONE


def _doctor(options: argparse.Namespace) -> int:
    from ae_studio.doctor import as_text, as_values, examine, healthy

    findings = examine()
    print(json.dumps(as_values(findings), indent=2) if options.json else as_text(findings))
    return DONE if healthy(findings) else FAILED


def _models(options: argparse.Namespace) -> int:
    from ae_studio.models.card_text import card_text, card_values, models_text, terminal_width
    from ae_studio.models.catalog import MODELS

    if options.name:
        _trust(options.name)
    if options.json:
        told = card_values(options.name) if options.name else [card_values(name) for name in MODELS]
        print(json.dumps(told, indent=2))
    else:
        print(card_text(options.name, terminal_width()) if options.name else models_text(terminal_width()))
    return DONE


def _data(options: argparse.Namespace) -> int:
    from ae_studio.terminal import download_on_terminal, list_data

    return download_on_terminal(options.name) if options.name else list_data()


class OneLineParser(argparse.ArgumentParser):
    """Says in one line what is wrong; argparse's own shows the whole usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USE, f"ae-studio: {message}. See {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="ae-studio",
        description="A laboratory for autoencoders. Without a command it opens the window.",
    )
    parser.add_argument("--version", action="version", version=f"ae-studio {__version__}")
    parser.add_argument("--self-test", action="store_true", help="the main job once, in a window, on a scratch folder")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    command = commands.add_parser("open", help="open the window on a run")
    command.add_argument("folder", nargs="?", type=Path, metavar="RUN")  # a menu's entry may have none to give
    command.set_defaults(run=_window)

    _add_train(commands)

    command = commands.add_parser(
        "runs", help="every run there is: what was trained, how far, its best value, its tags"
    )
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_runs)

    command = commands.add_parser("evaluate", help="the metrics of a run on the test split")
    command.add_argument("folder", type=Path, metavar="RUN")
    command.add_argument("--json", action="store_true", help="as JSON, with what each metric means")
    command.add_argument("--epoch", type=_whole(0), metavar="N", help="by the weights after this epoch; default: last")
    command.add_argument(
        "--samples", type=_whole(1, 100_000), default=50, metavar="K", help="of the importance-weighted bound (50)"
    )
    command.add_argument(
        "--neighbours", type=_whole(1, 999), default=10, metavar="K", help="of the metrics of neighbourhoods (10)"
    )
    command.add_argument(
        "--binarised", choices=["none", "static", "dynamic"], default="none", help="the images of that bound (none)"
    )
    command.add_argument("--anew", action="store_true", help="measure again what is kept in the run's folder")
    _add_trust(command)
    command.set_defaults(run=_evaluate)

    command = commands.add_parser("export", help="take something along from a run")
    command.add_argument("folder", type=Path, metavar="RUN")
    command.add_argument("what", choices=["png"], metavar="WHAT", help="png: pictures of every view")
    command.add_argument("--out", type=Path, metavar="DIR", help="where to; default: RUN/pictures")
    _add_trust(command)
    command.set_defaults(run=_export)

    command = commands.add_parser(
        "models", help="what models there are; with a name, its card: what it does, its settings"
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="of a model, or a .py file with one, which is run")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_models)

    command = commands.add_parser("data", help="what data there is; with a name, downloads it")
    command.add_argument("name", nargs="?", metavar="NAME")
    command.set_defaults(run=_data)

    command = commands.add_parser("doctor", help="what is installed here, what is missing, what to do")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.set_defaults(run=_doctor)
    return parser


def _whole(low: int, high: int | None = None) -> Callable[[str], int]:
    """A whole number from ``low`` to ``high``, for a flag."""
    wanted = f"{low} to {high:,}" if high else f"at least {low}"

    def read(text: str) -> int:
        if not text.isdigit() or int(text) < low or (high is not None and int(text) > high):
            raise argparse.ArgumentTypeError(f"must be a whole number, {wanted}, got {text!r}")
        return int(text)

    return read


def _add_train(commands: Any) -> None:
    from ae_studio.config import RunConfig, field_specs

    command = commands.add_parser("train", help="train a model and keep the run")
    for spec in field_specs(RunConfig).values():
        note = "" if spec.name in ("data", "model") or spec.choices else f" ({spec.range_text})"
        command.add_argument(
            spec.flag,
            dest=spec.name,
            choices=spec.choices or None,
            help=f"{spec.help}{note}".replace("%", "%%"),
            metavar=None if spec.choices else spec.name.upper(),
        )
    command.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the model's")
    command.add_argument("--preset", metavar="NAME", help="talk or talk-linear: the talk's own settings")
    command.add_argument("--config", type=Path, metavar="FILE", help="settings from a config.json; flags replace them")
    command.add_argument("--out", type=Path, metavar="DIR", help="the run folder itself; default: a new one")
    command.add_argument("--resume", type=Path, metavar="RUN", help="go on with a run, up to --epochs")
    _add_trust(command)
    command.set_defaults(run=_train)


def _add_trust(command: argparse.ArgumentParser) -> None:
    words = "a model that is a Python file may run, though it comes from elsewhere: read it first"
    command.add_argument("--trust", action="store_true", help=words)
