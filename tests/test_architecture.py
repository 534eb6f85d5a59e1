"""Who may import whom. Reads every import, those inside functions and under TYPE_CHECKING too.

1. A part imports only parts below it (LEVELS).
2. Outside the window there is no Qt.
3. Inside the window there is no torch; only the session and its engine talk to training, latent and runs (and the hand
   to latent, the evaluator to runs).
4. A panel imports no other panel; only what opens the window imports the main window.
5. The command line and the window are there before torch and Lightning are.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "ae_studio"

# A part is a folder, or a file at the top. It imports itself and the levels above its own line, nothing else.
LEVELS = (
    {"config", "events", "paths", "display", "torch_setup"},
    {"lightning", "system_libraries"},
    {"data", "models"},
    {"latent"},
    {"training"},
    {"runs"},
    {"export"},
    {"doctor", "command", "own_process", "comparison_table", "evaluation_table", "runs_table", "runs_summary"},
    {"sweeps"},
    {"sweep_table"},
    {"terminal", "sweep_terminal", "gui"},
    {"commands"},
    {"cli"},
    {"__main__"},
)
QT = {"PySide6", "shiboken6", "pyqtgraph", "superqt", "qtawesome"}
TORCH = {"torch", "torchvision", "torchmetrics", "pytorch_lightning", "lightning", "lightning_fabric", "safetensors"}

# What the window's widgets may know of the rest: all of it is there before torch is.
TORCH_FREE = {
    "ae_studio",
    "ae_studio.command",
    "ae_studio.config",
    "ae_studio.data.catalog",
    "ae_studio.data.dataset",
    "ae_studio.latent.code_paths",
    "ae_studio.latent.density",
    "ae_studio.latent.diagnosis",
    "ae_studio.latent.ellipses",
    "ae_studio.latent.explorer",
    "ae_studio.latent.lattice_images",
    "ae_studio.latent.measured",
    "ae_studio.latent.plane",
    "ae_studio.latent.prior_rings",
    "ae_studio.export.film",
    "ae_studio.latent.activity",
    "ae_studio.latent.alignment",
    "ae_studio.latent.linked",
    "ae_studio.latent.distortion",
    "ae_studio.latent.ends",
    "ae_studio.latent.film",
    "ae_studio.latent.globe",
    "ae_studio.latent.paths",
    "ae_studio.latent.geometry",
    "ae_studio.latent.attribute",
    "ae_studio.latent.errors",
    "ae_studio.latent.grid",
    "ae_studio.latent.groups",
    "ae_studio.data.drawing",
    "ae_studio.data.picture",
    "ae_studio.events",
    "ae_studio.latent.drawn",
    "ae_studio.latent.last_moves",
    "ae_studio.latent.neighbours",
    "ae_studio.latent.point_numbers",
    "ae_studio.latent.reencoding",
    "ae_studio.latent.scene",
    "ae_studio.latent.spaced",
    "ae_studio.latent.support",
    "ae_studio.latent.directions",
    "ae_studio.latent.traversal",
    "ae_studio.latent.view",
    "ae_studio.models.card_text",
    "ae_studio.models.cards",
    "ae_studio.models.catalog",
    "ae_studio.models.diagrams",
    "ae_studio.models.own",
    "ae_studio.models.own_file",
    "ae_studio.models.settings",
    "ae_studio.runs.about",
    "ae_studio.runs.other_values",
    "ae_studio.runs.compared",
    "ae_studio.runs.compared_images",
    "ae_studio.runs.comparing",
    "ae_studio.runs.details",
    "ae_studio.runs.library",
    "ae_studio.runs.listed",
    "ae_studio.runs.weights",
    "ae_studio.runs.rate_distortion",
    "ae_studio.runs.seeds",
    "ae_studio.runs.validations",
    "ae_studio.paths",
    "ae_studio.sweeps.job",
    "ae_studio.sweeps.machine",
    "ae_studio.sweeps.plan",
    "ae_studio.sweeps.scripts",
    "ae_studio.sweeps.summary",
    "ae_studio.sweeps.table",
    "ae_studio.sweeps.values",
    "ae_studio.training.defaults",
    "ae_studio.training.live",
    "ae_studio.training.run_format",
    "ae_studio.training.tours",
}
# Who in the window talks to the engine, and to which part of it.
SPEAKERS = {
    "ae_studio.gui.run_survey": {"runs"},
    "ae_studio.gui.engine": {"training", "runs", "export", "torch_setup"},
    "ae_studio.gui.own_processes": {"own_process"},
    "ae_studio.gui.session": {"training", "runs", "own_process"},
    "ae_studio.gui.continuing": {"runs"},
    "ae_studio.gui.comparer": {"runs", "torch_setup"},
    "ae_studio.gui.errands": {"data", "doctor", "models"},
    "ae_studio.gui.evaluator": {"runs", "torch_setup"},
    "ae_studio.gui.hand": {"latent", "torch_setup"},
    "ae_studio.gui.group_files": {"runs", "export"},
    "ae_studio.gui.linked_hand": {"latent", "torch_setup"},
    "ae_studio.gui.laboratory": {"latent", "torch_setup"},
    "ae_studio.gui.librarian": {"runs"},
    "ae_studio.gui.time_machine": {"runs", "torch_setup"},
    "ae_studio.gui.queue_keeper": {"sweeps"},
    "ae_studio.gui.same_images_feed": {"runs", "torch_setup"},
}
# What draws with pyqtgraph, and who loads that.
LOADED_BY = {
    "ae_studio.gui.loss_plot": "ae_studio.gui.loss_panel",
    "ae_studio.gui.sweep_plot": "ae_studio.gui.sweep_summary",
    "ae_studio.gui.run_curves_plot": "ae_studio.gui.compare_curves",
    "ae_studio.gui.rate_distortion_plot": "ae_studio.gui.compare_rates",
    "ae_studio.gui.seeds_plot": "ae_studio.gui.compare_seeds",
}
# What those plots are made of.
PARTS = ("change_marks", "loss_axes", "loss_read_out", "quiet_axes", "quiet_plot", "steps_item")
PLOT_PARTS = {f"ae_studio.gui.{name}" for name in PARTS}
PANELS = ("_panel", "_bar", "_dialog", ".toolbar", ".status", ".welcome")


@dataclass(frozen=True)
class Import:
    """``importer`` imports ``imported`` at ``place`` (file:line), ``at_once`` where loading the file is enough."""

    importer: str
    imported: str
    place: str
    at_once: bool

    @property
    def part(self) -> str:
        return _part(self.importer)

    @property
    def ours(self) -> str:
        """The part of ours that is imported; empty for anything else."""
        return _part(self.imported) if self.imported.split(".")[0] == "ae_studio" else ""


def _part(module: str) -> str:
    return [*module.split("."), "__init__"][1]


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _imports(module: str, source: str, file: str) -> Iterator[Import]:
    tree = ast.parse(source, file)
    at_once = _run_on_import(tree)
    for node in ast.walk(tree):
        for imported in _imported(node, module, is_package=file.endswith("__init__.py")):
            yield Import(module, imported, f"{file}:{getattr(node, 'lineno', 0)}", node in at_once)


def _imported(node: ast.AST, module: str, is_package: bool) -> list[str]:
    """The modules that a statement names; of ``from a import b`` a.b where that is a module of ours."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = module.split(".")
        above = parts[: len(parts) - node.level + is_package]
        base = ".".join([*above, base] if base else above)
    whole = [f"{base}.{alias.name}" for alias in node.names]
    return [name if name in FILES else base for name in whole]


def _run_on_import(tree: ast.Module) -> set[ast.AST]:
    """Every node outside functions and ``if TYPE_CHECKING:``."""
    found: set[ast.AST] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        found.add(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
    return found


IMPORTS = [
    each
    for module, path in FILES.items()
    for each in _imports(module, path.read_text(encoding="utf-8"), path.relative_to(PACKAGE.parent).as_posix())
]


def _level(part: str) -> int:
    return next((number for number, level in enumerate(LEVELS) if part in level), -1)


def _refuse(broken: list[str], rule: str) -> None:
    if broken:
        pytest.fail(f"{rule}\n" + "\n".join(f"  {line}" for line in sorted(set(broken))), pytrace=False)


def test_imports_are_read_wherever_they_stand():
    source = """
import numpy as np
from ae_studio import __version__, paths
if TYPE_CHECKING:
    from ae_studio.models.base import Autoencoder
def load():
    from ..training.train import train
    import torch.nn
class Panel:
    from . import theme
"""
    read = [(each.imported, each.place, each.at_once) for each in _imports("ae_studio.gui.panel", source, "panel.py")]
    assert sorted(read) == [
        ("ae_studio", "panel.py:3", True),
        ("ae_studio.gui.theme", "panel.py:10", True),
        ("ae_studio.models.base", "panel.py:5", False),
        ("ae_studio.paths", "panel.py:3", True),
        ("ae_studio.training.train", "panel.py:7", False),
        ("numpy", "panel.py:2", True),
        ("torch.nn", "panel.py:8", False),
    ]


def test_every_part_has_its_level():
    parts = {_part(module) for module in FILES} - {"__init__"}
    _refuse([part for part in parts if _level(part) < 0], "rule 1: no place in LEVELS of this file:")


def test_a_part_imports_only_what_lies_below_it():
    broken = [
        f"{each.place}: {each.part} imports {each.imported}"
        for each in IMPORTS
        if each.ours not in ("", "__init__", each.part) and _level(each.ours) >= _level(each.part)
    ]
    _refuse(
        broken, "rule 1: data, models < latent < training < runs < export < gui, cli; what stands below them, nothing:"
    )


def test_there_is_no_qt_outside_the_window():
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.part != "gui" and each.imported.split(".")[0] in QT
    ]
    _refuse(broken, "rule 2: only ae_studio/gui knows Qt:")


def test_there_is_no_torch_inside_the_window():
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.part == "gui" and (each.imported.split(".")[0] in TORCH or each.ours == "lightning")
    ]
    _refuse(broken, "rule 3: the window sees numpy arrays, events, configs and plain callables, never torch:")


def test_only_the_session_talks_to_the_engine():
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.part == "gui"
        and each.ours not in ("", "gui")
        and each.imported not in TORCH_FREE
        and each.ours not in SPEAKERS.get(each.importer, ())
    ]
    _refuse(broken, "rule 3: of the window only SPEAKERS talk to training, latent and runs:")


def test_nothing_that_a_worker_may_load_brings_more_of_qt():
    """PySide makes types when they are first used: pyqtgraph, loaded beside a busy window, once ended the process."""
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.imported.split(".")[0] == "pyqtgraph" and each.importer not in {*LOADED_BY, *PLOT_PARTS}
    ]
    broken += [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if (each.imported in LOADED_BY and each.importer != LOADED_BY[each.imported])
        or (each.imported in PLOT_PARTS and each.importer not in {*LOADED_BY, *PLOT_PARTS})
    ]
    _refuse(broken, "only these load pyqtgraph, in the window's own thread, when their plot is first seen:")


def test_a_panel_imports_no_other_panel():
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.part == each.ours == "gui"
        and each.importer.endswith(PANELS)
        and each.imported.endswith(PANELS)
        and each.importer != each.imported
    ]
    _refuse(broken, "rule 4: a panel never imports another; the main window connects them:")


def test_only_what_opens_the_window_imports_the_main_window():
    broken = [
        f"{each.place}: imports {each.imported}"
        for each in IMPORTS
        if each.imported == "ae_studio.gui.main_window"
        and each.importer not in ("ae_studio.gui.app", "ae_studio.gui.self_test")
    ]
    _refuse(broken, "rule 4: the main window knows the others, not they it:")


def test_a_folders_init_holds_its_docstring_and_nothing_else():
    broken = [
        module
        for module, path in FILES.items()
        if path.name == "__init__.py" and module != "ae_studio" and not _is_docstring_only(path)
    ]
    _refuse(broken, "a folder's __init__.py says what the folder is for, and does nothing:")
    assert not [each for each in IMPORTS if each.importer == "ae_studio"]


def _is_docstring_only(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return bool(ast.get_docstring(tree)) and len(tree.body) == 1


@pytest.mark.parametrize("start", ["ae_studio.cli", *sorted(TORCH_FREE), "ae_studio.gui.app"])
def test_loading_this_leads_to_no_import_of_torch(start):
    """By reading alone, so that the message names the import that does."""
    broken, seen, waiting = [], set(), [start]
    while waiting:
        module = waiting.pop()
        if module in seen or module not in FILES:
            continue
        seen.add(module)
        for each in IMPORTS:
            if each.importer == module and each.at_once:
                waiting.append(each.imported)
                if each.imported.split(".")[0] in TORCH:
                    broken.append(f"{each.place}: imports {each.imported}")
    _refuse(broken, f"rule 5: {start} is there before torch is:")


def _python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=PACKAGE.parent, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["--version"],
        ["train", "--help"],
        ["models"],
        ["models", "vae"],
        ["data"],
        ["runs"],
        ["sweep", "--set", "beta=1,4", "--dry-run"],
    ],
    ids=lambda words: " ".join(words) or "import only",
)
def test_the_command_line_loads_neither_torch_nor_qt(arguments):
    code = f"""
import sys
from ae_studio.cli import main
try:
    if {arguments!r}: main({arguments!r})
except SystemExit as end:
    assert end.code in (0, None)
heavy = {{each.split(".")[0] for each in sys.modules}} & {TORCH | QT | {"sklearn"}!r}
assert not heavy, heavy
"""
    _python(code)


def test_the_window_is_imported_without_torch():
    _python(f"""
import sys
import ae_studio.gui.app
heavy = {{each.split(".")[0] for each in sys.modules}} & {TORCH!r}
assert not heavy, heavy
""")


def test_the_first_window_waits_for_none_of_those_behind_it():
    later = {"compare_window", "library_dialog", "queue_window", "sweep_dialog", "sweep_summary", "continue_dialog"}
    _python(f"""
import sys
import ae_studio.gui.app
early = {later!r} & {{name.rpartition(".")[2] for name in sys.modules}}
assert not early, early
""")


def test_the_library_works_where_there_is_no_qt():
    modules = [module for module in FILES if _part(module) not in ("gui", "__main__")]
    _python(f"""
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {QT!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, NoQt())
for module in {modules!r}:
    importlib.import_module(module)
""")
