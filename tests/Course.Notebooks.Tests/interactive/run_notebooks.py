"""Runs notebooks through nbclient in the kernel that they name: run_notebooks.py FOLDER [NOTEBOOK…]. A failing one names its cell."""
import pathlib
import re
import sys
import time

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS_PER_CELL = 300
SECONDS_TO_START = 120
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def run(path):
    """None, or which cell failed and how."""
    notebook = nbformat.read(path, as_version=4)
    at = {}
    client = NotebookClient(
        notebook, timeout=SECONDS_PER_CELL, startup_timeout=SECONDS_TO_START, resources={"metadata": {"path": str(path.parent)}},
        on_cell_start=lambda cell, cell_index: at.update(cell=cell))
    try:
        client.execute()
    except Exception as error:  # a kernel that dies or a cell that never ends fails this notebook, not those behind it
        return describe(at.get("cell"), error)
    return None


def describe(cell, error):
    what = f"{error.ename}: {error.evalue}" if isinstance(error, CellExecutionError) else f"{type(error).__name__}: {error}"
    if cell is None:
        return what
    said = [output["text"] for output in cell.get("outputs", []) if output.get("output_type") == "stream" and output.get("name") == "stderr"]
    first = cell.source.strip().split("\n")[0]
    return ANSI.sub("", f"cell '{cell.get('id')}' ({first}): {what}\n{''.join(said)}").rstrip()


def main(folder, *named):
    failed = 0
    # Beside the course's notebooks: the packages it is made for, taken as a reader takes them.
    packages = pathlib.Path(__file__).resolve().with_name("packages.ipynb")
    paths = [pathlib.Path(name).resolve() for name in named] or [*sorted(pathlib.Path(folder).rglob("*.ipynb")), packages]
    for path in paths:
        start = time.monotonic()
        problem = run(path)
        failed += problem is not None
        print(f"{'FAILED' if problem else 'passed'}  {path.name}, {time.monotonic() - start:.0f} s" + (f": {problem}" if problem else ""), flush=True)
    print(f"{len(paths) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
