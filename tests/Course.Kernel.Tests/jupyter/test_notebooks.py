"""nbclient runs every notebook of the course in this kernel."""
import pathlib
import unittest

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = pathlib.Path(__file__).resolve().parents[3] / "notebooks"


class Notebooks(unittest.TestCase):
    def test_every_notebook_runs(self):
        for path in sorted(NOTEBOOKS.rglob("*.ipynb")):
            with self.subTest(str(path.relative_to(NOTEBOOKS))):
                notebook = nbformat.read(path, as_version=4)
                NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(path.parent)}}).execute()


if __name__ == "__main__":
    unittest.main()
