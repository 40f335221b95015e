"""In a real browser: `make lab` opens on the README, each notebook runs from its link, the controls of 50 move."""

import re
import shutil

import pytest

from wuhan.text import exports

EXPLORE = "notebooks/50_explore.ipynb"
OPEN = "async path => { await window.jupyterapp.commands.execute('docmanager:open', {path}); }"
RUN_ALL = """async () => {
  const app = window.jupyterapp;
  const shown = app.shell.currentWidget;
  await shown.context.ready;
  await shown.revealed;
  await shown.sessionContext.ready;
  await app.commands.execute('notebook:run-all-cells');
  return [...shown.content.model.cells].filter(cell => cell.type === 'code').map(cell => ({
    count: cell.executionCount,
    errors: [...Array(cell.outputs.length).keys()].map(at => cell.outputs.get(at).toJSON())
      .filter(output => output.output_type === 'error').map(output => `${output.ename}: ${output.evalue}`),
  }));
}"""
SHOW_CONTROLS = """async () => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const at = notebook.widgets.findIndex(cell => cell.model.sharedModel.getSource().startsWith('explorer.'));
  notebook.activeCellIndex = at;
  await notebook.scrollToItem(at, 'start');
}"""
CURRENT = "() => window.jupyterapp.shell.currentWidget?.context?.path"
CLOSE = """async () => {
  const shown = window.jupyterapp.shell.currentWidget;
  await shown.sessionContext.ready;
  await shown.context.revert();
  await shown.sessionContext.shutdown();
  shown.close();
}"""
PICTURE = ".wuhan-view img"
FIGURE = ".jp-RenderedMarkdown img[src*=figures]"
SLOW = 60_000  # milliseconds; other tests may keep the machine busy


@pytest.fixture
def opened(page, lab):
    """The page on what `make lab` opens for a user who has not been here before."""
    shutil.rmtree(lab.root / "build" / "lab" / "workspaces", ignore_errors=True)
    page.set_default_timeout(SLOW)
    page.goto(f"{lab.url}/?token={lab.token}")
    page.locator(".jp-RenderedMarkdown h1:visible").first.wait_for()
    page.evaluate("() => window.jupyterapp.restored.then(() => 1)")
    return page


def show(page, path):
    """Bring the document at ``path`` to the front."""
    page.evaluate(OPEN, path)
    page.wait_for_function(f"path => ({CURRENT})() === path", arg=path)


def faults_of_a_run(page) -> list[str]:
    """What goes wrong when all cells of the notebook in front are run."""
    cells = page.evaluate(RUN_ALL)
    counts = [cell["count"] for cell in cells]
    missed = [] if counts == list(range(1, len(cells) + 1)) else [f"cells ran as {counts}"]
    return missed + [error for cell in cells for error in cell["errors"]]


def test_it_opens_on_the_readme(opened):
    assert opened.url.endswith("/lab/tree/README.md")
    assert opened.locator(".jp-RenderedMarkdown h1").first.inner_text() == "Wuhan in Numbers"
    assert opened.locator(".jp-Dialog, .Toastify__toast").count() == 0, "a dialogue or a notice is in the way"
    opened.wait_for_function(f"() => document.querySelector({FIGURE!r})?.naturalWidth > 0")


def test_a_notebook_of_each_part_opens_from_its_link_and_runs(opened, lab):
    """That every cell of every notebook runs, in a kernel as JupyterLab starts it, is what the stage of nbval holds."""
    readme = (lab.root / "README.md").read_text(encoding="utf-8")
    linked = dict.fromkeys(re.findall(r"^\| \[[^\]]+\]\((notebooks/[^)]+)\)", readme, re.MULTILINE))
    assert list(linked) == [
        path.relative_to(lab.root).as_posix() for path in sorted(lab.root.glob("notebooks/*.ipynb"))
    ]
    parts = {path.partition("/")[2][0]: path for path in linked}  # the last notebook of each part
    faults = {}
    for path in parts.values():
        show(opened, "README.md")
        opened.locator(f".jp-RenderedMarkdown td a[href*='{path}']:visible").first.click()
        opened.wait_for_function(f"path => ({CURRENT})() === path", arg=path)
        opened.locator(".jp-Notebook h1:visible").first.wait_for()
        faults[path] = faults_of_a_run(opened)
        opened.evaluate(CLOSE)
    assert len(faults) == len(parts) >= 5
    assert {path: found for path, found in faults.items() if found} == {}


def test_the_controls_move_by_keyboard_and_the_picture_follows(opened, tmp_path):
    show(opened, EXPLORE)
    assert faults_of_a_run(opened) == []
    opened.evaluate(SHOW_CONTROLS)
    picture = opened.locator(PICTURE)
    picture.wait_for()
    moves = {
        "Shown as": "Home",
        "First year": "ArrowDown",
        "Last year": "ArrowUp",
        "Places": "ArrowDown",
        "Measure": "ArrowDown",
    }
    for label, key in moves.items():
        before = picture.get_attribute("src")
        opened.get_by_label(label, exact=True).focus()
        opened.keyboard.press(key)
        opened.wait_for_function("before => document.querySelector('.wuhan-view img')?.src !== before", arg=before)
        assert len(picture.get_attribute("alt")) > 40
    opened.get_by_label("Measure", exact=True).focus()
    opened.keyboard.press("Tab")
    assert opened.evaluate("() => document.activeElement.labels[0].innerText") == "First year"
    opened.keyboard.press("End")
    opened.get_by_text("Choose an earlier first year").wait_for()
    assert picture.count() == 0
    opened.keyboard.press("Home")
    picture.wait_for()
    with opened.expect_download() as download:
        opened.locator(".wuhan-view a[download]").press("Enter")
    download.value.save_as(tmp_path / "rows.csv")
    assert download.value.suggested_filename.startswith("wuhan-in-numbers-")
    rows = exports.read((tmp_path / "rows.csv").read_text(encoding="utf-8"))
    assert len(rows) and set(rows["place_name"]) == {"Chengdu"} and rows["address"].str.len().gt(0).any()


def test_what_the_user_has_set_is_left_alone(opened, lab):
    files = {path.relative_to(lab.home).as_posix() for path in lab.home.rglob("*") if path.is_file()}
    ours = {name for name in files if not name.startswith((".cache/", ".ipython/", ".local/", ".npm/"))}
    assert ours - {".jupyter/migrated"} == {".jupyter/jupyter_server_config.py", "lab.log"}  # Jupyter's own first start
    with opened.expect_response(lambda answer: "/lab/api/workspaces" in answer.url and answer.request.method == "PUT"):
        show(opened, "LICENSE")
    assert list((lab.root / "build" / "lab" / "workspaces").iterdir()), "the layout is kept with the project"
    assert not (lab.root / ".jupyter" / "lab").exists()
