"""Outbreaks by EoN's fast_SIR; asked and answering as examples/contact_rounds.rs."""

import random
import sys
import time

import EoN
import networkx
import numpy

words = numpy.fromfile(sys.argv[1], dtype="<u4")
hosts = int(words[0])
random.seed(1)
numpy.random.seed(1)
graph = networkx.Graph()
graph.add_nodes_from(range(hosts))
graph.add_edges_from(words[2:].reshape(-1, 2).tolist())
for line in sys.stdin:
    nanoseconds, sizes = 0, []
    for _ in range(int(line)):
        entries = random.sample(range(hosts), 10)
        start = time.process_time_ns()
        susceptible = EoN.fast_SIR(graph, 0.3, 0.1, initial_infecteds=entries, tmax=50)[1]
        nanoseconds += time.process_time_ns() - start
        sizes.append(str(hosts - int(susceptible[-1])))
    print(nanoseconds, *sizes, flush=True)
