"""Runs a command so many times and prints what each run took, as JSON: seconds by the clock, seconds of processor time spent
by the program (user) and for it in the kernel (system), the most memory that it held, in MB, and seconds of processor time that
other programs took meanwhile.

Only the kernel knows user, system and memory in full, and tells them to the process that waits for the command. Memory has a lower
limit of some 10 MB, that of this process, which the kernel counts as the command's until it is replaced by it."""

import json
import os
import sys
import time


def busy():
    """Seconds that all processors have worked since the machine was started: all that they did but for resting."""
    with open("/proc/stat") as stat:
        user, nice, system, idle, waiting, *others = map(int, stat.readline().split()[1:9])
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK")


times, command = int(sys.argv[1]), sys.argv[2:]
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
runs = []
for _ in range(times):
    before = busy()
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    if status != 0:
        sys.exit(f"{command[0]} ended with status {os.waitstatus_to_exitcode(status)}")
    others = max(0, busy() - before - usage.ru_utime - usage.ru_stime)
    memory = usage.ru_maxrss * 1024 / 1e6
    runs.append({"wall": wall, "user": usage.ru_utime, "system": usage.ru_stime, "memory": memory, "others": others})
print(json.dumps(runs))
