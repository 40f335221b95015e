"""A report of two notebooks run without kernels: what its run shows, and what runs again."""

import tiny_project as tiny

from wuhan.execution import collection, results, runner


def ran(capsys):
    """The jobs that the run just told ran."""
    return [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.endswith(" s")][:-1]


def stand_in(project_, jobs, folder, done, meanwhile, kernels):
    """A run without kernels: each notebook draws a dot."""
    meanwhile()
    found = []
    for job in jobs:
        notebook = results.scrub(results.load(job.source))
        drawn = {"output_type": "display_data", "metadata": {"image/png": {"figure": "dot", "alt": "a dot"}}}
        cell = next(cell for cell in results.code_cells(notebook)[1:])
        cell["outputs"] = [drawn | {"data": {"image/png": "AAAA"}}]
        found.append(runner.Result(job, 1.5, notebook, ("data/gdp.csv",)))
        done(found[-1])
    return found


def shown(made):
    """All bytes of the report and of the figures."""
    return tiny.contents(made.build / "report"), tiny.contents(made.figures)


def up_to_date(made, capsys):
    """Whether a report has nothing to do."""
    capsys.readouterr()
    assert collection.report(made, []) == 0
    return capsys.readouterr().out.startswith("nothing to do")


def runs(made, capsys, asked=(), names=()):
    """The jobs that a report runs."""
    capsys.readouterr()
    assert collection.report(made, list(asked), list(names)) == 0
    return ran(capsys)


def module(made, name, text):
    """Write a file of the package of the project."""
    path = made.root / "wuhan" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
