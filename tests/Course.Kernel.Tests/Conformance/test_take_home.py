"""The take-home in notebooks, as a candidate works on it: an own folder, a stub, a mistake, an answer; then packed and graded."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[3]
SEED = 17


def command(*arguments, folder):
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, timeout=300, check=True).stdout


def course(*arguments, folder):
    return command("dotnet", os.environ["COURSE"], *arguments, folder=folder)


def reference(exercise):
    return (ROOT / "lib/Course.TakeHome/Exercises" / exercise / "Reference.cs").read_text()


class Notebook:
    """Runs a notebook of the folder and saves it with outputs, as a front-end does."""

    def __init__(self, path):
        self.path, self.notebook = path, nbformat.read(path, as_version=4)

    def cell(self, name):
        return next(cell for cell in self.notebook.cells if cell["id"] == name)

    def checked(self):
        """What the check's cell shows, as text and as HTML."""
        NotebookClient(self.notebook, timeout=120, resources={"metadata": {"path": str(self.path.parent)}}).execute()
        data = next(output["data"] for output in self.cell("check")["outputs"] if "data" in output)
        return data["text/plain"], data["text/html"]

    def save(self):
        nbformat.write(self.notebook, self.path)


class TakeHome(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        course("take-home", "new", "exam", "--seed", str(SEED), folder=self.root)
        self.exam = self.root / "exam"

    def test_an_answer_in_a_notebook_goes_from_stub_to_grade(self):
        loop = Notebook(self.exam / "notebooks/3-loop.ipynb")
        self.assertIn("not done yet: Exercise loop", loop.checked()[0])

        # Saved before an answer is checked for the first time, so the prediction precedes it.
        loop.cell("prediction")["source"] += "\n\nOne call for every γ + 1 tokens."
        loop.save()

        right = reference("loop")
        # The most frequent mistake: after a rejection the token is drawn from the target distribution.
        loop.cell("answer")["source"] = right.replace("return sum > 0 ? [.. left.Select(w => w / sum)] : p;", "return p;")
        wrong, page = loop.checked()
        self.assertIn("✗ law of the first token", wrong)
        self.assertIn("where  Decode: accepting a draft token or replacing it", wrong)
        self.assertIn("Where to look:", page)

        loop.cell("answer")["source"] = right
        self.assertIn("loop: 9 of 9 checks pass", loop.checked()[0])
        loop.save()

        packed = command("./take-home", "pack", folder=self.exam)
        self.assertIn("exercises/loop/Answer.cs was taken from notebooks/3-loop.ipynb", packed)
        with zipfile.ZipFile(self.exam / "hand-in.zip") as archive:
            self.assertEqual(right.strip(), archive.read("exercises/loop/Answer.cs").decode().strip())
        if shutil.which("bwrap"):  # grading needs a sandbox
            course("take-home", "grade", "exam/hand-in.zip", "--seed", str(SEED), "--out", "reports", folder=self.root)
            report = json.loads((self.root / "reports/hand-in/report.json").read_text())
            graded = next(exercise for exercise in report["exercises"] if exercise["id"] == "loop")
            self.assertEqual((len(graded["checks"]), True), (graded["credited"], graded["predicted"]))
            self.assertIn("One call for every γ + 1 tokens.", [answer["text"] for answer in graded["written"]])

    def test_a_chart_is_shown_below_the_checks(self):
        pressure = Notebook(self.exam / "notebooks/7-pressure.ipynb")
        pressure.cell("answer")["source"] = reference("pressure")
        text, page = pressure.checked()
        self.assertIn("6 of 6 checks pass", text)
        self.assertIn("<svg", page)


if __name__ == "__main__":
    unittest.main()
