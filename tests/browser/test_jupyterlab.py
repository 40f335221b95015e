"""In a real browser: `make lab` opens on the README, its links open notebooks, they run, the controls of 50 move."""

import re

import pytest

from wuhan.presentation import exports

OTHER = "notebooks/10_gdp_and_growth.ipynb"
EXPLORE = "notebooks/50_explore.ipynb"
RUN_ALL = """async path => {
  const app = window.jupyterapp;
  const shown = await app.commands.execute('docmanager:open', {path});
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
README = "async () => { await window.jupyterapp.commands.execute('docmanager:open', {path: 'README.md'}); }"
END_KERNELS = """async () => {
  const { shell, serviceManager } = window.jupyterapp;
  await Promise.all([...shell.widgets('main')].map(shown => shown.sessionContext?.ready));
  await serviceManager.sessions.shutdownAll();
}"""
PICTURE = ".wuhan-view img"


@pytest.fixture
def opened(page, lab):
    """The page on what `make lab` opens."""
    page.goto(f"{lab.url}/?token={lab.token}")
    page.locator(".jp-RenderedMarkdown h1").first.wait_for(timeout=60_000)
    page.evaluate("() => window.jupyterapp.restored.then(() => 1)")
    return page


def run_all(page, path):
    cells = page.evaluate(RUN_ALL, path)
    assert [cell["errors"] for cell in cells if cell["errors"]] == []
    assert [cell["count"] for cell in cells] == list(range(1, len(cells) + 1))
    return cells


def test_it_opens_on_the_readme_and_its_links_open_notebooks(opened, lab):
    assert opened.url.endswith("/lab/tree/README.md")
    assert opened.locator(".jp-RenderedMarkdown h1").first.inner_text() == "Wuhan in Numbers"
    assert opened.locator(".jp-Dialog, .Toastify__toast").count() == 0, "a dialogue or a notice is in the way"
    linked = re.findall(r"\]\((notebooks/[^)]+)\)", (lab.root / "README.md").read_text(encoding="utf-8"))
    assert linked
    for path in dict.fromkeys(linked):
        opened.evaluate(README)
        opened.wait_for_function(f"() => ({CURRENT})() === 'README.md'")
        opened.locator(f".jp-RenderedMarkdown td a[href*='{path}']:visible").first.click()
        opened.wait_for_function(f"() => ({CURRENT})() === '{path}'", timeout=20_000)
        opened.locator(".jp-Notebook h1:visible").first.wait_for()
    assert opened.locator(".jp-RenderedMarkdown img[src*='figures/']").first.evaluate("image => image.naturalWidth") > 0
    opened.evaluate(END_KERNELS)


def test_another_notebook_runs(opened):
    assert len(run_all(opened, OTHER)) > 5


def test_the_controls_move_by_keyboard_and_the_picture_follows(opened, tmp_path):
    run_all(opened, EXPLORE)
    opened.evaluate(SHOW_CONTROLS)
    picture = opened.locator(PICTURE)
    picture.wait_for(timeout=30_000)
    moves = {"Shown as": "Home", "First year": "ArrowDown", "Last year": "ArrowUp", "Places": "ArrowDown",
             "Measure": "ArrowDown"}  # fmt: skip
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
    assert list((lab.root / "build" / "lab" / "workspaces").iterdir()), "the layout is kept with the project"
    assert not (lab.root / ".jupyter" / "lab").exists()
