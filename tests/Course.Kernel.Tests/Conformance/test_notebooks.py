"""nbclient runs every notebook of the course in this kernel."""
import pathlib
import unittest

import nbconvert
import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[3]
NOTEBOOKS = ROOT / "notebooks"
PACKAGES = ROOT / "tests/Course.Notebooks.Tests/interactive/packages.ipynb"


def execute(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook


class Notebooks(unittest.TestCase):
    def test_every_notebook_runs(self):
        for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
            with self.subTest(str(path.relative_to(NOTEBOOKS))):
                execute(path)

    def test_packages_made_for_dotnet_interactive_work_and_their_charts_print(self):
        notebook = execute(PACKAGES)
        # Only that cell, because Markdown would need pandoc.
        notebook.cells = [cell for cell in notebook.cells if cell.id == "plotly"]
        chart = notebook.cells[0].outputs[-1]["data"]
        self.assertIn("application/vnd.plotly.v1+json", chart)
        self.assertIn("image/png", chart)
        latex, resources = nbconvert.LatexExporter().from_notebook_node(notebook)
        self.assertIn(r"\includegraphics", latex)
        self.assertTrue(any(name.endswith(".png") for name in resources["outputs"]), resources["outputs"].keys())


if __name__ == "__main__":
    unittest.main()
