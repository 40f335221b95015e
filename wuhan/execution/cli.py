"""``python -m wuhan``: what the Makefile calls. A problem is one line; the exit code says whose it is."""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from wuhan.evidence.faults import DataError

from .project import DataFault, EnvironmentFault, NotebookFault, Project, RequestError, publish, refuse

REQUEST, DATA, NOTEBOOK, ENVIRONMENT = 2, 3, 4, 5
ADVICE = {
    errno.ENOSPC: "make room on the disk that holds this file",
    errno.EDQUOT: "make room: what you may use of this disk is used up",
    errno.EROFS: "this disk can only be read; copy the project to one that can be written",
    errno.EACCES: "copy the project to a folder of your own",
    errno.EPERM: "copy the project to a folder of your own",
    errno.EMFILE: "allow more open files: ulimit -n 1024",
}
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked the run to end."""

    def __init__(self, number: int):
        super().__init__(number)
        self.number = number


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage."""

    def error(self, message: str):
        self.exit(REQUEST, f"{message} — see python -m wuhan --help\n")


def main(arguments: list[str] | None = None, root: Path | None = None) -> int:
    """Run one command; returns its exit code (130 and 143 after SIGINT and SIGTERM)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that cannot show a sign must not end a run
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = parser().parse_args(arguments)
    project = Project(root) if root else Project()
    heard = [number for number in STOPPING if signal.getsignal(number) != signal.SIG_IGN]  # nohup stays nohup
    handlers = {number: signal.signal(number, _stop) for number in heard}
    try:
        return chosen.run(project, chosen)
    except RequestError as error:
        return _say(error, REQUEST)
    except (DataError, DataFault) as error:
        return _say(error, DATA)
    except NotebookFault as error:
        return _say(error, NOTEBOOK)
    except EnvironmentFault as error:
        return _say(error, ENVIRONMENT)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        advice = f" — {ADVICE[error.errno]}" if error.errno in ADVICE else ""
        return _say(f"{where}{error.strerror or error}{advice}", ENVIRONMENT)
    except MemoryError:
        return _say("not enough memory — end other programs, or take a machine with more", ENVIRONMENT)
    except ImportError as error:
        return _say(f"{error} — run `make env`", ENVIRONMENT)
    except Stopped as stopped:
        return _say(f"stopped by {signal.Signals(stopped.number).name}", 128 + stopped.number)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _say(message, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _stop(number, frame):
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped(number)


def parser() -> argparse.ArgumentParser:
    """The commands and their few options."""
    top = Parser(prog="python -m wuhan", description="Runs the notebooks of Wuhan in Numbers.")
    commands = top.add_subparsers(dest="command", required=True, metavar="command", parser_class=Parser)
    asked = Parser(add_help=False)
    asked.add_argument(
        "-p",
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "VALUE"),
        dest="pairs",
        help="another value of a parameter; such pages have a folder of their own",
    )
    asked.add_argument("--params", default="", metavar="'NAME=VALUE …'", help="the same, several in one word")
    some = Parser(add_help=False)
    some.add_argument("--notebooks", default="", metavar="'NAME …'", help='only these, by name or number: "10 13"')
    named = Parser(add_help=False)
    named.add_argument("names", nargs="*", metavar="name", help="e.g. 10_gdp_and_growth; all without a name")
    _add(commands, "report", _report, "run what changed, build the pages", asked, some)
    _add(commands, "notebooks", _notebooks, "run notebooks in place, with their figures", named)
    new = _add(commands, "new", _new, "write a new notebook, to be changed")
    new.add_argument("name", metavar="name", help="number and words, e.g. 60_house_prices")
    sweep = _add(commands, "sweep", _sweep, "run many cities or sets, build their table", some)
    sweep.add_argument("--cities", default="", metavar="ID …", help='ids of data/places.csv, "all", or "peers"')
    sweep.add_argument("--sets", default="", metavar="FILE", help="a YAML file of named parameters, instead of cities")
    sweep.add_argument("--languages", default="", metavar="CODE …", help='"en zh" for both; en without')
    sweep.add_argument("--scheduler", default="", metavar="ADDRESS", help='of Dask, e.g. tcp://host:8786, or "local"')
    told = "run every notebook with other parameters and read the results"
    trial = _add(commands, "sweep-check", _sweep_check, told, named)
    trial.add_argument("--languages", default="", metavar="CODE …", help="of the texts of cities; en without")
    trial.add_argument("--cities", default="", metavar="ID …", help="every city without")
    check = _add(commands, "check", _check, "check every table of data/ and the rules of notebooks")
    check.add_argument("folder", nargs="?", type=Path, help="another copy of data/")
    why = _add(commands, "why", _why, "say what rests on a row of the data: what would read otherwise without it")
    why.add_argument("row", metavar="FILE:LINE", help="e.g. data/gdp.csv:35")
    _add(commands, "pdf", _pdf, "print the pages as PDF into build/pdf/", asked, some)
    _of_maintainers(commands)
    return top


def _add(commands, name: str, run: Callable[[Project, argparse.Namespace], int], told: str, *parents: Parser) -> Parser:
    """A command: what runs it, what it does in words, and the ``parents`` that lend it their options."""
    command = commands.add_parser(name, parents=parents, help=told)
    command.set_defaults(run=run)
    return command


def _of_maintainers(commands) -> None:
    """The commands that write what is generated, or kept, in the checkout itself."""
    told = "write the parts of README.md and data/README.md that are generated"
    readme = _add(commands, "readme", _readme, told)
    readme.add_argument("--check", action="store_true", help="only say whether it is current")
    release = _add(commands, "release", _release, "write, commit and tag a version, and keep what it says")
    release.add_argument("version", metavar="VERSION", help="above the last one, e.g. 0.2.0")
    release.add_argument("day", metavar="DATE", help="of the release, e.g. 2026-12-01")
    told = "bring the catalogue of Chinese texts up to date with the English"
    messages = _add(commands, "messages", _messages, told)
    messages.add_argument("--check", action="store_true", help="only say what is lacking or stale")
    describe = _add(commands, "describe", _describe, "add a new table of data/ to datapackage.json")
    describe.add_argument("name", metavar="name", help="of the file without .csv, e.g. housing")
    _add(commands, "registry", _registry, "write the units and colours of wuhan/ into data/ and pages")
    _add(commands, "environment", _environment, "write environment.yml from requirements.lock")


def _asked(project: Project, chosen) -> list[tuple[str, str]]:
    """The parameters that a command names, in both ways of naming them."""
    from . import parameters

    parameters.refuse_variables(project, os.environ.get("MAKEFLAGS", ""))
    return [tuple(pair) for pair in chosen.pairs] + parameters.split(chosen.params)


def _report(project: Project, chosen) -> int:
    from . import collection

    return collection.report(project, _asked(project, chosen), chosen.notebooks.split())


def _notebooks(project: Project, chosen) -> int:
    from . import collection

    return collection.in_place(project, chosen.names)


def _new(project: Project, chosen) -> int:
    from . import new

    path = new.new(project, chosen.name)
    print(f"notebooks/{path.name}: written — change its words, then run `python -m wuhan notebooks {path.stem}`")
    return 0


def _sweep(project: Project, chosen) -> int:
    from . import parameters, sets, sweep

    parameters.refuse_variables(project, os.environ.get("MAKEFLAGS", ""))
    asked = sets.request(project, chosen.cities, chosen.notebooks, chosen.languages, chosen.sets)
    return sweep.sweep(project, asked, chosen.scheduler.strip())


def _sweep_check(project: Project, chosen) -> int:
    from . import sweepcheck

    return sweepcheck.check(project, chosen.names, chosen.languages, chosen.cities)


def _check(project: Project, chosen) -> int:
    from wuhan.evidence import faults as said
    from wuhan.evidence import history, package
    from wuhan.text import glyphs

    from . import notebook_rules, published, registry

    folder, log = chosen.folder or project.data, project.root / "CHANGELOG.md"
    release = project.root / "wuhan" / "site" / "release.json"  # whose module would load all pages
    last = history.release(json.loads(release.read_bytes())) if release.exists() else None
    faults = package.check(folder, last, log.read_text("utf-8") if log.exists() else "", glyphs.missing)
    found = [] if chosen.folder else said.grouped([*published.faults(project), *registry.faults(project)])
    broken = [] if chosen.folder else notebook_rules.faults(project)
    for line in [*said.listing([*faults, *found]), *broken]:
        print(line, file=sys.stderr)
    if not faults:
        print(f"{folder.name}/: every table is sound")
    return DATA if faults else NOTEBOOK if found or broken else 0


def _why(project: Project, chosen) -> int:
    from . import why

    return why.why(project, chosen.row)


def _readme(project: Project, chosen) -> int:
    from wuhan.site import readme

    pages = [page for page in (project.root / "README.md", project.data / "README.md") if page.is_file()]
    stale = []
    for page in pages:
        shown = page.relative_to(project.root).as_posix()
        try:
            current = readme.update(page, project.find(), check=chosen.check)
        except ValueError as error:
            raise RequestError(str(error)) from None
        if chosen.check and not current:
            stale.append(f"{shown}: what it says of notebooks and data is not current — run `make notebooks`")
        else:
            print(f"{shown}: what it says of notebooks and data is {'current' if current else 'written'}")
    refuse(stale)
    return 0


def _pdf(project: Project, chosen) -> int:
    from wuhan.site import pdf

    from . import collection

    asked, names = _asked(project, chosen), chosen.notebooks.split()
    report, out = (project.build / collection.place_of(project, asked, names, name) for name in ("report", "pdf"))
    if not (report / "index.html").exists():
        given = " ".join(f"{name}={value}" for name, value in asked)
        told = [f'NOTEBOOKS="{chosen.notebooks}"'] * bool(names) + [f'PARAMS="{given}"'] * bool(asked)
        command = " ".join(["make report", *told])
        raise RequestError(f"build/{report.name}/ holds no report — run `{command}` first")
    try:
        written = pdf.write(report, out)
    except pdf.NoPango as error:
        raise EnvironmentFault(str(error)) from None
    print(f"build/{out.name}/: {len(written)} files")
    return 0


def _release(project: Project, chosen) -> int:
    from . import releasing

    print(releasing.make(project, chosen.version.strip(), chosen.day.strip()))
    return 0


def _messages(project: Project, chosen) -> int:
    from wuhan.text import messages

    from . import results

    for notebook in project.find():
        results.load(notebook)  # raises for what is none
    path = messages.path_of("zh")
    wanted, known, old = messages.collect(project.root), messages.read(path), messages.doubtful(path)
    if not chosen.check:
        changed = publish(messages.written(wanted, known, old), path)
        known, old = messages.read(path), messages.doubtful(path)
        print(f"{path.name}: {'written' if changed else 'current'}, {len(wanted)} messages")
    faults = messages.faults(wanted, known, old)
    for fault in faults:
        print(f"{path.name}: {fault}", file=sys.stderr)
    return NOTEBOOK if faults else 0


def _describe(project: Project, chosen) -> int:
    from . import describe, registry

    meant = describe.describe(project, chosen.name)
    for path, text in registry.written(project).items():
        publish(text.encode("utf-8"), path)
    rest = f", and what each of these means: {', '.join(meant)}" if meant else ""
    print(f"data/datapackage.json: written — say there what {chosen.name} is and what one row is{rest}")
    return 0


def _registry(project: Project, chosen) -> int:
    from . import registry

    for path, text in registry.written(project).items():
        _replace(project, path, text)
    return 0


def _environment(project: Project, chosen) -> int:
    from . import lock

    _replace(project, project.root / "environment.yml", lock.environment(project.root))
    return 0


def _replace(project: Project, path: Path, text: str) -> None:
    """Write a file that is generated, where it differs, and say whether it did."""
    changed = publish(text.encode("utf-8"), path)
    print(f"{path.relative_to(project.root).as_posix()}: {'written' if changed else 'current'}")


def run() -> None:
    """Entry of ``python -m wuhan``: it ends at once, without waiting for threads, which a dead kernel may hold."""
    others = os.environ.get("PYTHONPATH", "").split(os.pathsep)  # packages of another Python hide those of this one
    sys.path[:] = [place for place in sys.path if place not in others]
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
