"""Tests beyond jupyter_kernel_test: interrupt, restart, input, rich output, queues, and hostile messages."""
import json
import pathlib
import signal
import time
import unittest

import zmq
from kernel_client import TIMEOUT, Kernel

LIBRARY = pathlib.Path(__file__).resolve().parents[3] / "lib/Course.Inference/bin/Release/net10.0"


class Session(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kernel = Kernel()

    @classmethod
    def tearDownClass(cls):
        cls.kernel.close()

    # An interrupt ends .NET Interactive; here the session continues.
    def test_interrupt_stops_the_cell_and_keeps_the_state(self):
        endless = {
            "a loop": "while (true) {}",
            "a loop that catches everything": "while (true) { try { while (true) {} } catch (Exception) {} }",
            "a loop that calls into the framework": 'var t = ""; while (true) { t = 1.5.ToString() + t.Length; }',
            "a loop behind an await": "await Task.Delay(1); while (true) {}",
            "an endless delay": "await Task.Delay(-1);",
            "an endless sleep": "System.Threading.Thread.Sleep(-1);",
            "a worker thread": "Task.Run(() => { while (true) {} }).Wait();",
        }
        for i, (name, code) in enumerate(endless.items()):
            with self.subTest(name):
                msg_id = self.kernel.send(f'var kept{i} = {i}; Console.WriteLine("started"); {code}')
                self.kernel.wait_for_stdout(msg_id, "started")
                self.kernel.manager.interrupt_kernel()
                reply, _ = self.kernel.finish(msg_id)
                self.assertEqual("error", reply["status"])
                self.assertEqual("Interrupted", reply["ename"])
                self.assertTrue(self.kernel.manager.is_alive())
                self.assertEqual(str(i), self.kernel.value(f"kept{i}"))

    def test_exceptions_keep_their_name_and_point_into_the_cell(self):
        reply, outputs = self.kernel.run("var zero = 0;\nvar one = 1 / zero;")
        self.assertEqual("System.DivideByZeroException", reply["ename"])
        self.assertTrue(any("line 2: var one = 1 / zero;" in line for line in reply["traceback"]), reply["traceback"])
        self.assertEqual(["error"], [kind for kind, _ in outputs])

    def test_compile_errors_say_where(self):
        reply, outputs = self.kernel.run("var x = 1;\nmissing")
        self.assertEqual("CompilationError", reply["ename"])
        self.assertIn("(2,1): error CS0103:", reply["traceback"][0])
        self.assertEqual(["error"], [kind for kind, _ in outputs])

    def test_warnings_are_shown(self):
        _, outputs = self.kernel.run("[Obsolete] int Old() => 1;\nOld()")
        self.assertIn("(2,1): warning CS0612:", next(c["text"] for k, c in outputs if k == "stream" and c["name"] == "stderr"))

    def test_cells_have_cultures_and_normalisation(self):
        self.assertEqual("1,5", self.kernel.value('(1.5).ToString(new System.Globalization.CultureInfo("de-DE"))'))
        self.assertEqual("2", self.kernel.value('"\u00e9".Normalize(NormalizationForm.FormD).Length'))

    def test_code_nested_ten_thousand_deep_ends_neither_kernel_nor_front_end(self):
        deep = "(" * 10000 + "1" + ")" * 10000
        self.assertEqual("invalid", self.kernel.reply(self.kernel.client.is_complete(deep))["status"])
        self.assertEqual("CompilationError", self.kernel.run(deep)[0]["ename"])
        self.assertEqual("2", self.kernel.value("1 + 1"))

    def test_input_is_requested_and_used(self):
        for code in ('await GetInputAsync("name?")', 'await Microsoft.DotNet.Interactive.Kernel.GetInputAsync("name?")', "Console.ReadLine()"):
            with self.subTest(code):
                msg_id = self.kernel.send(f"var answer = {code};", allow_stdin=True)
                request = self.kernel.client.get_stdin_msg(timeout=TIMEOUT)
                self.assertEqual("input_request", request["msg_type"])
                self.kernel.client.input("Ada")
                reply, _ = self.kernel.finish(msg_id)
                self.assertEqual("ok", reply["status"])
                self.assertEqual("Ada", self.kernel.value("answer"))

    def test_input_without_a_person_is_an_error(self):
        reply, _ = self.kernel.run("Console.ReadLine()", allow_stdin=False)
        self.assertIn("InputUnavailableException", reply["ename"])

    def test_an_interrupt_ends_a_pending_question(self):
        msg_id = self.kernel.send('await GetInputAsync("never answered")', allow_stdin=True)
        self.kernel.client.get_stdin_msg(timeout=TIMEOUT)
        self.kernel.manager.interrupt_kernel()
        reply, _ = self.kernel.finish(msg_id)
        self.assertEqual("Interrupted", reply["ename"])

    # .NET Interactive has no text/plain, and shows records as index and value.
    def test_records_are_a_table_with_text_beside_it(self):
        _, outputs = self.kernel.run('new[] { new { Name = "a", Ms = 1.5 }, new { Name = "b", Ms = 20.25 } }')
        data = dict(outputs)["execute_result"]["data"]
        self.assertEqual("Name     Ms\na       1.5\nb     20.25", data["text/plain"])
        self.assertIn('<th style="text-align: left">Name</th>', data["text/html"])

    def test_charts_are_interactive_and_a_picture(self):
        _, outputs = self.kernel.run(
            '#r "nuget: XPlot.Plotly, 4.1.0"\nXPlot.Plotly.Chart.Plot(new XPlot.Plotly.Scatter { x = new[] { 1, 2 }, y = new[] { 3, 4 } })')
        data = dict(outputs)["execute_result"]["data"]
        self.assertIn("data", data["application/vnd.plotly.v1+json"])
        self.assertIn("data:image/svg+xml;base64,", data["text/html"])
        self.assertIn("text/plain", data)

    # They are drawn from the course's own model: no F# start-up, and no F# version can break them.
    def test_the_courses_own_charts_load_no_fsharp(self):
        fresh = Kernel()
        self.addCleanup(fresh.close)
        reply, outputs = fresh.run(
            f'#r "{LIBRARY}/Course.Charts.dll"\nusing Course.Charts;\n'
            'new Figure("title", "origin", [new Series("one", [1, 2], [3, 4])], new Axis("x"), new Axis("y"))')
        self.assertEqual("ok", reply["status"], reply)
        self.assertIn("data", dict(outputs)["execute_result"]["data"]["application/vnd.plotly.v1+json"])
        self.assertEqual("0", fresh.value(
            'AppDomain.CurrentDomain.GetAssemblies().Count(one => one.GetName().Name is "FSharp.Core" or "Plotly.NET" or "XPlot.Plotly")'))

    def test_displays_update_in_place(self):
        _, outputs = self.kernel.run('var shown = display("before"); shown.Update("after");')
        (first, shown), (second, updated) = outputs
        self.assertEqual(("display_data", "update_display_data"), (first, second))
        self.assertEqual(shown["transient"]["display_id"], updated["transient"]["display_id"])
        self.assertEqual("after", updated["data"]["text/plain"])

    def test_output_is_live(self):
        msg_id = self.kernel.send('Console.Write("early"); await Task.Delay(-1);')
        self.kernel.wait_for_stdout(msg_id, "early")
        self.kernel.manager.interrupt_kernel()
        self.kernel.finish(msg_id)

    def test_a_failed_cell_aborts_what_is_queued_behind_it(self):
        first = self.kernel.send('System.Threading.Thread.Sleep(300); throw new Exception("stop");')
        second = self.kernel.send("var never = 1;")
        self.kernel.finish(first)
        reply, outputs = self.kernel.finish(second)
        self.assertEqual(("aborted", []), (reply["status"], outputs))

    def test_without_stop_on_error_the_queue_goes_on(self):
        first = self.kernel.send('System.Threading.Thread.Sleep(300); throw new Exception("go on");', stop_on_error=False)
        second = self.kernel.send("1")
        self.kernel.finish(first)
        self.assertEqual("ok", self.kernel.finish(second)[0]["status"])

    def test_silent_cells_show_and_count_nothing(self):
        before, _ = self.kernel.run("0")
        reply, outputs = self.kernel.run('Console.Write("quiet"); display(1); 2', silent=True)
        self.assertEqual((before["execution_count"], []), (reply["execution_count"], outputs))

    def test_user_expressions_are_evaluated(self):
        reply, _ = self.kernel.run("var seven = 7;", user_expressions={"good": "seven * 6", "bad": "nothing_here"})
        good, bad = reply["user_expressions"]["good"], reply["user_expressions"]["bad"]
        self.assertEqual(("ok", "42"), (good["status"], good["data"]["text/plain"]))
        self.assertEqual("error", bad["status"])

    def test_comm_info_is_answered(self):
        reply = self.kernel.reply(self.kernel.client.comm_info())
        self.assertEqual({"status": "ok", "comms": {}}, reply)

    def test_inspection_in_an_argument_list_documents_the_method(self):
        reply = self.kernel.reply(self.kernel.client.inspect("Math.Max(1, ", 12))
        self.assertTrue(reply["found"])
        self.assertIn("Math.Max(", reply["data"]["text/plain"])

    def test_completion_counts_code_points(self):
        reply = self.kernel.reply(self.kernel.client.complete('var s = "😀"; Console.WriteL', 27))
        self.assertEqual((["WriteLine"], 21, 27), (reply["matches"], reply["cursor_start"], reply["cursor_end"]))

    def test_messages_with_a_wrong_signature_are_ignored(self):
        info = self.kernel.manager.get_connection_info()
        header = {"msg_id": "x", "session": "x", "username": "x", "date": "", "msg_type": "execute_request", "version": "5.4"}
        content = {"code": "var intruder = 1;", "silent": False}
        with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
            socket.linger = 0
            socket.connect(f"tcp://{info['ip']}:{info['shell_port']}")
            for signature in (b"0" * 64, b""):
                parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
                socket.send_multipart([b"<IDS|MSG>", signature, *parts])
            socket.send_multipart([b"garbage"])
            self.assertEqual(0, socket.poll(500))
        self.assertEqual("CompilationError", self.kernel.run("intruder")[0]["ename"])

    def test_the_heartbeat_answers_while_a_cell_runs(self):
        msg_id = self.kernel.send('Console.Write("busy"); while (true) {}')
        self.kernel.wait_for_stdout(msg_id, "busy")
        info = self.kernel.manager.get_connection_info()
        with zmq.Context() as context, context.socket(zmq.REQ) as socket:
            socket.linger = 0
            socket.connect(f"tcp://{info['ip']}:{info['hb_port']}")
            socket.send(b"ping")
            self.assertNotEqual(0, socket.poll(10000))
            self.assertEqual(b"ping", socket.recv())
        self.kernel.manager.interrupt_kernel()
        self.kernel.finish(msg_id)


class Termination(unittest.TestCase):
    def test_a_termination_signal_ends_a_busy_kernel(self):
        kernel = Kernel()
        try:
            msg_id = kernel.send('Console.Write("busy"); while (true) {}')
            kernel.wait_for_stdout(msg_id, "busy")
            kernel.manager.signal_kernel(signal.SIGTERM)
            deadline = time.monotonic() + TIMEOUT
            while kernel.manager.is_alive() and time.monotonic() < deadline:
                time.sleep(0.1)
            self.assertFalse(kernel.manager.is_alive())
        finally:
            kernel.close()


class Restart(unittest.TestCase):
    def test_restart_forgets_and_works_again(self):
        kernel = Kernel()
        try:
            kernel.run("var gone = 1;")
            kernel.manager.restart_kernel()
            kernel.client.wait_for_ready(timeout=TIMEOUT)
            self.assertEqual("CompilationError", kernel.run("gone")[0]["ename"])
            self.assertEqual("2", kernel.value("1 + 1"))
        finally:
            kernel.close()


if __name__ == "__main__":
    unittest.main()
