"""Runs every test of this folder and prints a summary in one line. A skipped test counts as failed."""
import pathlib
import sys
import unittest
import warnings

warnings.simplefilter("ignore", DeprecationWarning)
suite = unittest.defaultTestLoader.discover(str(pathlib.Path(__file__).parent))
result = unittest.TextTestRunner(verbosity=2, stream=sys.stdout, warnings="ignore").run(suite)
names = {str(getattr(test, "test_case", test)) for test, *_ in result.failures + result.errors + result.skipped}
print(f"{result.testsRun - len(names)} passed, {len(names)} failed")
sys.exit(1 if names else 0)
