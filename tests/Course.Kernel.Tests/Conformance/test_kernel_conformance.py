"""jupyter_kernel_test's own tests over this kernel, with every sample filled in."""
import unittest

import jupyter_kernel_test


class KernelConformance(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("trouble");'

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sqr", "matches": {"Sqrt"}},
        {"text": "Environm", "matches": {"Environment", "EnvironmentVariableTarget"}},
    ]

    complete_code_samples = ["1 + 1", "Console.WriteLine(1);", "if (true) { }", "int F() => 1;", '#r "nuget: X"']
    incomplete_code_samples = ["for (var i = 0; i < 3; i++) {", "Console.WriteLine(", 'var s = """\ntext']
    invalid_code_samples = ["import numpy as np", ")(", "var 1x = ;"]

    code_page_something = "#!help Math.Max"
    code_generate_error = 'throw new InvalidOperationException("on purpose");'

    code_execute_result = [
        {"code": "1 + 2 + 3", "result": "6"},
        {"code": '"text"', "result": "text"},
        {"code": "new[] { 1, 2, 3 }", "result": "[1, 2, 3]"},
        {"code": "new[] { new { A = 1 } }", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": "display(1)", "mime": "text/plain"},
        {"code": 'display(HTML("<b>x</b>"))', "mime": "text/html"},
        {"code": "new { A = 1 }.Display()", "mime": "text/plain"},
    ]

    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Console.WriteLine"
    code_clear_output = "ClearOutput()"


if __name__ == "__main__":
    unittest.main()
