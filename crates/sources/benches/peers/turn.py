"""One turn of a peer: seconds of the processor and of the clock, the most kilobytes held, and hosts."""

import resource
import sys
import time


def print_turn(read):
    processor, clock = time.process_time(), time.perf_counter()
    hosts = read(sys.argv[1])
    processor, clock = time.process_time() - processor, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{processor:.3f} {clock:.3f} {peak} {hosts}")
