"""Outbreaks by graph-tool in steps of 0.1 hours, on one thread; asked and answering as examples/contact_rounds.rs."""

import math
import sys
import time

import graph_tool
import graph_tool.dynamics
import numpy

STEP_HOURS = 0.1
words = numpy.fromfile(sys.argv[1], dtype="<u4")
hosts = int(words[0])
graph_tool.openmp_set_num_threads(1)
graph_tool.seed_rng(1)
draws = numpy.random.default_rng(1)
graph = graph_tool.Graph(directed=False)
graph.add_vertex(hosts)
graph.add_edge_list(words[2:].reshape(-1, 2).astype(numpy.int64))
for line in sys.stdin:
    nanoseconds, sizes = 0, []
    for _ in range(int(line)):
        entries = draws.choice(hosts, 10, replace=False)
        start = time.process_time_ns()
        state = graph.new_vp("int32_t", val=0)
        state.a[entries] = 1
        outbreak = graph_tool.dynamics.SIRState(
            graph, beta=1 - math.exp(-0.3 * STEP_HOURS), gamma=1 - math.exp(-0.1 * STEP_HOURS), s=state
        )
        outbreak.iterate_sync(int(50 / STEP_HOURS))
        nanoseconds += time.process_time_ns() - start
        sizes.append(str(int((outbreak.s.a != 0).sum())))
    print(nanoseconds, *sizes, flush=True)
