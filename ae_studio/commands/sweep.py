"""`ae-studio sweep`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ae_studio.commands.arguments import add_command, trust, whole
from ae_studio.commands.codes import DONE, FAILED, say
from ae_studio.commands.train_flags import add_train_flags, flag_values, given_values, parse_pairs

if TYPE_CHECKING:
    from ae_studio.sweeps.plan import Planned, Sweep

SET_HELP = (
    "a setting, of the model's or any other: one value, or those to sweep: beta=1,4,16, a range beta=1:16:4 "
    "(from:to:how many), or beta=1:100:3:log; one or two can be swept"
)


def add(commands: Any) -> None:
    command = add_command(commands, "sweep", "train one run for each value of a setting, and each seed")
    add_train_flags(command, SET_HELP)
    command.add_argument("--seeds", default="1", metavar="N", help="how many, from --seed on, or a list: 0,5,7")
    command.add_argument(
        "--tag", action="append", default=[], metavar="NAME", help="a tag of the runs; the first names the sweep"
    )
    command.add_argument("--jobs", type=whole(1), metavar="N", help="trainings at once; default: one a GPU, else one")
    command.add_argument("--skip-done", action="store_true", help="leave out what is finished, of the tag's sweep")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="only say what would be trained")
    what.add_argument("--commands", action="store_true", help="print a command for each run, train nothing")
    what.add_argument("--slurm", action="store_true", help="print an array job for Slurm, train nothing")
    what.add_argument("--summary", metavar="TAG", help="print what came of a sweep")
    command.add_argument(
        "--slurm-option", action="append", default=[], metavar="OPTION", help="of sbatch's, like time=02:00:00"
    )
    command.add_argument("--json", action="store_true", help="the summary as JSON, with every run")
    command.set_defaults(run=_sweep)


def _sweep(options: argparse.Namespace) -> int:
    _refuse_lonely_words(options)
    if options.summary:
        return _summary(options.summary, as_json=options.json)
    sweep = _planned(options)
    runs = sweep.runs
    if options.skip_done:
        sweep, runs = _without_done(options, sweep)
        if not runs:
            print(f"All of the {len(sweep.runs)} runs are there, with the tag {sweep.tag}.")
            return DONE
    if options.commands:
        from ae_studio.sweeps.scripts import command_lines

        print(command_lines(runs))
    elif options.slurm:
        from ae_studio.sweeps.scripts import slurm_script

        print(slurm_script(sweep.tag, sweep.told, runs, options.jobs or 0, options.slurm_option), end="")
    elif options.dry_run:
        _tell_plan(sweep, runs)
    else:
        return _train(options, sweep, runs)
    return DONE


def _refuse_lonely_words(options: argparse.Namespace) -> None:
    """Raises ConfigError for words that mean nothing without the others."""
    from ae_studio.config import ConfigError
    from ae_studio.training.tours import TOURS

    if options.slurm_option and not options.slurm:
        raise ConfigError("--slurm-option is written into the array job for Slurm: give --slurm with it")
    if options.json and not options.summary:
        raise ConfigError("--json is how a summary is printed: give --summary TAG with it")
    if options.preset in TOURS:
        presets = ", ".join(TOURS[options.preset].presets)
        raise ConfigError(f"{options.preset} is a tour of several runs; a sweep begins at one of them: {presets}")


def _planned(options: argparse.Namespace) -> Sweep:
    """Every configuration, checked. Raises ConfigError."""
    from ae_studio.config import ConfigError, RunConfig, check
    from ae_studio.sweeps.plan import make_sweep, parse_axes, parse_seeds, with_values

    pairs = parse_pairs(options.set)
    values = given_values(argparse.Namespace(**{**vars(options), "set": []}))
    model = values.get("model", RunConfig().model)
    named = [text for name, text in pairs if name == "model"]
    for each in (*([model] if options.model or options.trust else []), *",".join(named).split(",")):
        trust(each)
    twice = sorted({name for name, _ in pairs} & set(flag_values(options)))
    if twice:
        raise ConfigError(f"{twice[0]}: is given twice, by a flag of its own and by --set")
    axes, fixed = parse_axes(pairs, model)
    first = check(RunConfig, {"seed": values.get("seed", 0)}).seed
    return make_sweep(with_values(values, fixed), axes, parse_seeds(options.seeds, first), options.tag)


def _without_done(options: argparse.Namespace, sweep: Sweep) -> tuple[Sweep, tuple[Planned, ...]]:
    """Of the sweep that --tag names, else of the newest one of the same settings, what is missing."""
    from dataclasses import replace

    from ae_studio.runs.library import list_runs
    from ae_studio.sweeps.done import newest_tag, without_done

    listing = list_runs()
    tag = sweep.tag if options.tag else newest_tag(listing, sweep.axes) or sweep.tag
    renamed = tuple(replace(run, tags=(tag, *run.tags[1:])) for run in sweep.runs)
    return replace(sweep, tag=tag, runs=renamed), without_done(renamed, tag, listing)


def _tell_plan(sweep: Sweep, runs: tuple[Planned, ...]) -> None:
    from ae_studio.sweeps.plan import ORDER

    print(f"{sweep.told}; tag: {sweep.tag}\nIn this order: {ORDER}.")
    for number, run in enumerate(runs, start=1):
        print(f"{number:>4}  {run.title}")
    if len(runs) < len(sweep.runs):
        print(f"{len(sweep.runs) - len(runs)} are finished, and left out.")


def _train(options: argparse.Namespace, sweep: Sweep, runs: tuple[Planned, ...]) -> int:
    from ae_studio.config import ConfigError
    from ae_studio.sweep_terminal import sweep_on_terminal
    from ae_studio.sweeps.machine import find_machine
    from ae_studio.sweeps.plan import ORDER, refuse_missing_data

    refuse_missing_data(runs)
    machine = find_machine()
    workers = options.jobs or min(machine.usual_workers, len(runs))
    if workers > machine.most_workers:
        raise ConfigError(f"--jobs must be at most {machine.most_workers}, the cores that there are, got {workers}")
    how_many = f"{workers} at a time" + ("" if options.jobs else f" ({machine.why_so_many}; --jobs changes it)")
    left_out = len(sweep.runs) - len(runs)
    skipped = f"; {left_out} of them are done" if left_out else ""
    print(f"{sweep.told}{skipped}; {how_many}\nTag: {sweep.tag}. Order: {ORDER}.", flush=True)
    return DONE if sweep_on_terminal(runs, sweep.tag, machine, workers) else FAILED


def _summary(tag: str, *, as_json: bool) -> int:
    from ae_studio.runs.library import list_runs
    from ae_studio.sweep_table import summary_json, summary_text
    from ae_studio.sweeps.summary import summarise, sweep_tags

    listing = list_runs()
    summary = summarise(tag, listing)
    if not summary.runs:
        known = sweep_tags(listing.runs)
        hint = f" Sweeps there are: {', '.join(known[:10])}" if known else ""
        return say(f"no run has the tag {tag!r}.{hint}", FAILED)
    print(summary_json(summary) if as_json else summary_text(summary))
    return DONE
