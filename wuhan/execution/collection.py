"""The collection as a whole: which notebooks must run again, where results go, what is said about it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wuhan.evidence.files import content
from wuhan.text.language import LANGUAGES

from . import parameters, results, runner
from .inputs import LOCALE, SITE, Inputs, digest, hashes, named_bytes, tree
from .kernels import Kernels
from .project import (
    DataFault,
    EnvironmentFault,
    NotebookFault,
    Project,
    keep,
    locks,
    naming,
    publish,
    publish_folder,
    read,
    remove,
    scratch,
    tidy,
)
from .runner import DATA, Job, Result
from .store import Pages, Standing, Store, beside, own_figures

BYTES_PER_SECOND = 50_000  # of a committed notebook, roughly
MOST_LINES = 50  # of faults in one report; more hide the first


def publish_figures(project: Project, name: str, notebook: dict) -> dict[str, str]:
    """Write the figures of a notebook where bytes differ, remove those it no longer draws; their hashes by file."""
    drawn = {f"{name}-{slug}.png": png for slug, png in results.figures(notebook)}
    for file, png in drawn.items():
        publish(png, project.figures / file)
    _remove_figures(project, lambda owner, file: owner == name and file not in drawn)
    return {file: digest([png]) for file, png in drawn.items()}


def _remove_figures(project: Project, stale: Callable[[str, str], bool]) -> None:
    """Remove figures that are ``stale``, by the notebook that their name begins with and their whole name."""
    for path in own_figures(project):
        if stale(path.stem.partition("-")[0], path.name):
            path.unlink()


def _expected(job: Job, store: Store) -> float:
    """Seconds that a notebook took last time; before the first time its size tells, which is mostly figures."""
    known = store.seconds(job)
    return job.source.stat().st_size / BYTES_PER_SECOND if known is None else known


def execute(
    project: Project,
    jobs: list[Job],
    store: Store,
    inputs: Inputs,
    folder: Path,
    meanwhile: Callable[[], None] = lambda: None,
    arrived: Callable[[Job], None] = lambda job: None,
) -> list[Result]:
    """Run ``jobs``, first those in English, then the longest first; store what is sound, say one line for each.

    ``meanwhile`` and ``arrived``, which is called for each job that is stored, work while others run.
    """
    if not jobs:
        meanwhile()
        return []
    ordered = sorted(jobs, key=lambda job: ("language" in job.parameters, -_expected(job, store)))
    keys = {job.slug: inputs.key(job) for job in ordered}  # of the sources as they are before the run

    def done(result: Result) -> None:
        print(f"{result.job.slug:32} {result.seconds:5.1f} s{'' if result.notebook else '  failed'}", flush=True)
        if result.notebook:
            store.keep(result, inputs, keys[result.job.slug])
            remove(runner.failed_copy(project, result.job.slug))
            arrived(result.job)

    with Kernels(project.root, store.drawings) as kernels:
        ran = runner.run(project, ordered, folder, done, meanwhile, kernels=kernels)
    return sorted(ran, key=lambda result: result.job.slug)


def complain(ran: list[Result]) -> int:
    """Say what is wrong with what ``ran``, faults of the data first, each line once; the exit code."""
    lines = dict.fromkeys(line for result in ran if result.code == DATA for line in result.faults)
    code = DATA if lines else max((result.code for result in ran), default=0)
    others = [result for result in ran if result.code != DATA]
    lines |= dict.fromkeys(f"{result.name}: {line}" for result in others for line in result.faults)
    for line in list(lines)[:MOST_LINES]:
        print(line, file=sys.stderr)
    if len(lines) > MOST_LINES:
        print(f"and {len(lines) - MOST_LINES} more", file=sys.stderr)
    return code


def in_place(project: Project, names: list[str] | None = None) -> int:
    """Run notebooks with their own parameters and write them back, with their figures; the exit code.

    A notebook that fails stays as it was; the others are written.
    """
    start = time.monotonic()
    jobs = [Job(path) for path in project.find(names)]
    _say_strays(project)
    with locks(project, [f"notebook-{job.name}" for job in jobs]), scratch(project) as folder:
        store = store_of(project, drawings=True)
        ran = execute(project, jobs, store, Inputs.take(project), folder)
        sound = [(result.job, result.notebook) for result in ran if result.notebook]
        drawn = 0
        for job, notebook in sound:
            drawn += len(publish_figures(project, job.name, notebook))
            publish(results.serialise(results.without_drawings(notebook)), job.source)
    code = complain(ran)
    written = f"{_count(len(sound), 'notebook')} written, {_count(drawn, 'figure')}"
    print(f"{written}, {time.monotonic() - start:.1f} s")
    return code


def _say_strays(project: Project) -> None:
    lines = project.strays()
    for line in lines[:MOST_LINES]:
        print(line, file=sys.stderr)


def store_of(project: Project, drawings: bool = False) -> Store:
    """Where executed notebooks are kept; with ``drawings``, those whose figures are drawn for pages, too."""
    return Store(project.build / "executed", drawings)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def bring_up_to_date(project: Project) -> list[Path]:
    """Run those of all notebooks, with their own parameters, that are not current in the store.

    Returns where they are; nothing outside ``build/`` is written. Raises ``NotebookFault``, a line for each fault.
    """
    store = store_of(project, drawings=True)
    jobs = [Job(path) for path in project.find()]
    with locks(project, [f"notebook-{job.name}" for job in jobs]), scratch(project) as folder:
        inputs = Inputs.take(project)
        stale = [job for job in jobs if not store.current(job, inputs)]
        ran = execute(project, stale, store, inputs, folder)
    faults = [f"{result.name}: {line}" for result in ran for line in result.faults]
    if faults:
        raise NotebookFault("\n".join(faults))
    return [store.notebook(job, inputs) for job in jobs]


def check_data(project: Project, inputs: Inputs) -> None:
    """Check all tables, also those that no notebook reads, unless they are as they were when last found sound.

    Raises ``DataFault`` with one line for each fault.
    """
    stamp = project.build / "executed" / "data.txt"
    checking = inputs.code(["from wuhan.evidence import package"]).encode()
    tables = [part for name, raw in inputs.data.items() if name.endswith(".csv") for part in (name.encode(), raw)]
    state = digest([checking, inputs.common.encode(), *tables]).encode()
    if read(stamp) == state:
        return
    from wuhan.evidence import package

    faults = package.check(project.data)
    if faults:
        raise DataFault("\n".join(map(str, faults)))
    keep(state, stamp, project.build)


@dataclass(frozen=True)
class Edition:
    """The report in one language: its code and its jobs."""

    code: str
    jobs: list[Job]


def editions(project: Project, asked: list[tuple[str, str]], names: list[str] | None = None) -> list[Edition]:
    """The languages to build, of all notebooks or those of ``names``: the one asked for, else all, English first."""
    chosen = [value for name, value in asked if name == "language"]
    found = []
    for code in chosen or LANGUAGES:
        own = asked if chosen or code == "en" else [*asked, ("language", code)]
        jobs = [Job(path, values) for path, values in parameters.assign(project, project.find(names), own)]
        found.append(Edition(code, jobs))
    return found


def place_of(project: Project, asked: list[tuple[str, str]], names: list[str], run: str = "report") -> str:
    """The name of the folder of a request: ``report``, ``report-10-13-city-chengdu`` for some notebooks."""
    if not names:
        return parameters.slug(run, asked)
    stems = [path.stem for path in project.find(names)]
    numbers = list(dict.fromkeys(stem.partition("_")[0] for stem in stems))
    short = [path.stem for path in project.find(numbers)] == stems
    return parameters.slug("-".join([run, *(numbers if short else stems)]), asked)


def report(project: Project, asked: list[tuple[str, str]], names: list[str] | None = None) -> int:
    """Bring the pages up to date: ``build/report/``, or a folder of their own of other parameters or some notebooks.

    The last good pages stay until the data and every notebook are sound. Only the default run writes
    ``figures/``. Returns the exit code.
    """
    start, names = time.monotonic(), names or []
    name = place_of(project, asked, names)
    standing, out = Standing(project, name), project.build / name
    shown = out.relative_to(project.root).as_posix()
    state = standing.inputs(asked, names)
    if standing.holds(state):
        tidy(project)
        _say_strays(project)
        print(f"nothing to do: {shown}/index.html is up to date")
        return 0
    chosen = editions(project, asked, names)
    whole = not asked and not names
    _say_strays(project)
    _check_place(out)
    outputs = [name, *(f"notebook-{job.name}" for job in chosen[0].jobs)] if whole else [name]
    with locks(project, outputs), scratch(project) as folder:
        inputs, sources = Inputs.take(project), _sources(project)
        store, pages = store_of(project, drawings=True), Pages(project, name, inputs)
        try:
            ran = _run_editions(project, chosen, store, inputs, folder, pages)
            code = complain(ran)
        except DataFault as fault:
            code = complain([Result(Job(project.data), 0, faults=tuple(str(fault).splitlines()), code=DATA)])
        if code:
            print(f"no new report{f'; {shown}/ is the last good one' if out.exists() else ''}")
            return code
        store.forget(path.stem for path in project.find())
        executed = {edition.code: [store.notebook(job, inputs) for job in edition.jobs] for edition in chosen}
        made = _shown(project, sources, executed, asked, name)
        kept = standing.pages(made)
        hashed = kept or draw_pages(project, executed, folder / "pages", asked, pages, name)
        drawn = refresh_figures(project, executed[chosen[0].code]) if whole else None
        if not kept:
            publish_folder(folder / "pages", out)
            pages.forget()
        standing.keep(state, made, hashed, drawn)
    print(f"{shown}/index.html: {_count(len(ran), 'notebook')} run, {time.monotonic() - start:.1f} s")
    return 0


def _check_place(out: Path) -> None:
    """Raise ``EnvironmentFault`` when ``out`` is a link to a folder that holds something else than a report."""
    leads_elsewhere = out.is_symlink() and out.exists() and not (out / "index.html").is_file()
    if leads_elsewhere and (not out.is_dir() or content(out)):
        raise EnvironmentFault(f"{out}: a link to {out.resolve()}, which holds no report — remove the link")


def _site():
    """The module of the pages, which takes a second or two to import."""
    results.forgo_grammar()
    from wuhan.site import pages as site

    return site


def _run_editions(
    project: Project, chosen: list[Edition], store: Store, inputs: Inputs, folder: Path, pages: Pages
) -> list[Result]:
    """Run what is not current in any language, and meanwhile work out the pages of what is there."""
    spoken = {job.slug: edition.code for edition in chosen for job in edition.jobs}
    jobs = [job for edition in chosen for job in edition.jobs]
    stale = [job for job in jobs if not store.current(job, inputs)]

    def arrived(job: Job) -> None:
        site = _site()
        with suppress(site.ReportError):  # it is told when all notebooks are there
            site.prepare(store.notebook(job, inputs), spoken[job.slug], pages)

    def meanwhile() -> None:
        check_data(project, inputs)
        if stale:
            _site().prepare_data(dict.fromkeys(spoken.values()), pages)
            for job in jobs:
                if job not in stale:
                    arrived(job)

    return execute(project, stale, store, inputs, folder, meanwhile, arrived)


def refresh_figures(project: Project, executed: list[Path]) -> dict[str, str]:
    """Make ``figures/`` hold what the executed notebooks drew, and no figure of another; their hashes by file."""
    drawn: dict[str, str] = {}
    for path in executed:
        drawn |= publish_figures(project, path.stem, results.load(path))
    names = {path.stem for path in executed}
    _remove_figures(project, lambda owner, file: owner not in names)
    return drawn


def _sources(project: Project) -> str:
    """The hash of what makes the pages, and of what they show beside executed notebooks.

    It is taken before anything runs: what is edited meanwhile may be in the pages or not, and they are made again.
    """
    made_by = [path for part in (SITE, LOCALE) for path in tree(project.root / "wuhan" / part)]
    logs = [project.root / name for name in ("CHANGELOG.md", "CITATION.cff")]
    found = [*made_by, *content(project.data), *logs, *project.find()]
    return digest(named_bytes(project.root, found))


def _shown(
    project: Project, sources: str, executed: dict[str, list[Path]], asked: list[tuple[str, str]], name: str
) -> str:
    """The hash of all that the pages show and of what makes them."""
    notebooks = [path for own in executed.values() for path in own]
    told = repr([asked, sources, beside(project, name)]).encode()
    return digest([told, *named_bytes(project.root, notebooks)])


def draw_pages(
    project: Project, executed: dict[str, list[Path]], new: Path, asked: list[tuple[str, str]], kept: Pages, name: str
) -> dict[str, str]:
    """Build the pages of the report ``name`` into the folder ``new``; their hashes by file.

    Raises ``NotebookFault`` when a notebook cannot be shown.
    """
    site = _site()
    from wuhan.site import beside as others

    city = dict(asked).get("city", others.DEFAULT)
    stands = others.look(project.build, city, list(executed), name) if set(dict(asked)) <= {"city"} else others.Beside()
    there = {path.stem for own in executed.values() for path in own}
    absent = [path.stem for path in project.find() if path.stem not in there]
    try:
        with naming(new):
            site.report(executed, new, asked, kept, absent, stands, kept.side_by_side)
            return hashes(new)
    except site.ReportError as error:
        raise NotebookFault(str(error)) from None
