"""Measures time to ready, of the first and of later cells, and memory, through jupyter_client; prints JSON.

    python3 measure.py [starts] [cells]
"""
import json
import os
import pathlib
import statistics
import sys
import time

from jupyter_client.manager import KernelManager

KERNEL = ".net-csharp"
CELLS = [
    "var x{0} = {0} * 2; x{0}",
    "record R{0}(int A, string B);\nnew R{0}({0}, \"text\")",
    "Enumerable.Range(0, {0} + 1).Select(i => i * i).ToList()",
    "foreach (var i in Enumerable.Range(0, 3)) Console.WriteLine(i + {0});",
    "int F{0}(int n) => n + {0};\nF{0}(1)",
]


def resident_megabytes(pid):
    """The process and its children: a launcher must not hide the kernel."""
    total = 0
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if pid in (int(fields["Pid"]), int(fields["PPid"])):
            total += int(fields.get("VmRSS", "0").split()[0])
    return total / 1024


def processor_seconds(pid):
    """User and system time so far, which does not depend on the load of the machine."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def timed(client, code):
    start = time.perf_counter()
    reply = client.execute(code, reply=True, timeout=60)
    assert reply["content"]["status"] == "ok", reply["content"]
    return time.perf_counter() - start


def measure(cells):
    manager = KernelManager(kernel_name=KERNEL)
    start = time.perf_counter()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    ready = time.perf_counter() - start
    pid = manager.provisioner.pid
    processor = [processor_seconds(pid)]
    first = timed(client, "1 + 1")
    processor.append(processor_seconds(pid))
    later = [timed(client, CELLS[i % len(CELLS)].format(i)) for i in range(cells)]
    processor.append(processor_seconds(pid))
    memory = resident_megabytes(pid)
    client.stop_channels()
    manager.shutdown_kernel()
    return {"ready_s": ready, "first_s": first, "later_ms": [1000 * s for s in later], "memory_mb": memory, "processor_s": processor}


def main():
    starts, cells = (int(a) for a in (sys.argv[1:] + ["3", "50"][len(sys.argv) - 1 :]))
    runs = [measure(cells) for _ in range(starts)]
    later = sorted(ms for run in runs for ms in run["later_ms"])
    print(json.dumps({
        "starts": starts,
        "cells": cells,
        "ready_s": [round(run["ready_s"], 2) for run in runs],
        "first_s": [round(run["first_s"], 2) for run in runs],
        "later_ms_median": round(statistics.median(later), 1),
        "later_ms_p90": round(later[int(0.9 * len(later))], 1),
        "memory_mb": [round(run["memory_mb"]) for run in runs],
        "processor_s_at_ready_first_last": [[round(s, 2) for s in run["processor_s"]] for run in runs],
    }, indent=2))


if __name__ == "__main__":
    main()
