"""A kernel started through jupyter_client, with the calls that the tests need."""
import queue
import time

from jupyter_client.manager import start_new_kernel

KERNEL = ".net-csharp"
TIMEOUT = 60


class Kernel:
    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name=KERNEL)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def run(self, code, **options):
        """Reply and outputs (message type, content) of a cell."""
        return self.finish(self.send(code, **options))

    def finish(self, msg_id):
        outputs = []
        while True:
            message = self.client.get_iopub_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") != msg_id:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                return self.reply(msg_id), outputs
            if kind not in ("status", "execute_input"):
                outputs.append((kind, content))

    def reply(self, msg_id):
        while True:
            message = self.client.get_shell_msg(timeout=TIMEOUT)
            if message["parent_header"].get("msg_id") == msg_id:
                return message["content"]

    def wait_for_stdout(self, msg_id, text):
        """Waits for output of the running cell, which proves that it is running."""
        deadline = time.monotonic() + TIMEOUT
        seen = ""
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") == msg_id and message["msg_type"] == "stream":
                seen += message["content"]["text"]
                if text in seen:
                    return
        raise AssertionError(f"the cell never wrote {text!r}, only {seen!r}")

    def value(self, expression):
        reply, outputs = self.run(expression)
        assert reply["status"] == "ok", reply
        return next(content["data"]["text/plain"] for kind, content in outputs if kind == "execute_result")
