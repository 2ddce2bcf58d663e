"""Runs a command so many times and prints what each run took, as JSON: seconds by the clock, seconds of processor time spent
by the program (user) and for it in the kernel (system), and the most memory that it held, in MB.

Only the kernel knows the last three in full, and tells them to the process that waits for the command. Memory has a lower
limit of some 10 MB, that of this process, which the kernel counts as the command's until it is replaced by it."""

import json
import os
import sys
import time

times, command = int(sys.argv[1]), sys.argv[2:]
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
runs = []
for _ in range(times):
    began = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    if status != 0:
        sys.exit(f"{command[0]} ended with status {os.waitstatus_to_exitcode(status)}")
    memory = usage.ru_maxrss * 1024 / 1e6
    runs.append({"wall": wall, "user": usage.ru_utime, "system": usage.ru_stime, "memory": memory})
print(json.dumps(runs))
