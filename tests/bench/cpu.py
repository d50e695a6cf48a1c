"""Processor time of another process, by the clock that POSIX keeps for each: all of its threads, to the nanosecond."""

import ctypes
import os
import time


def seconds(pid: int) -> float:
    """Give the processor time, user and system, that a process has used so far. Raises OSError if there is none."""
    clock = ctypes.c_int()
    fault = ctypes.CDLL(None).clock_getcpuclockid(pid, ctypes.byref(clock))
    if fault:
        raise OSError(fault, os.strerror(fault))
    return time.clock_gettime(clock.value)
