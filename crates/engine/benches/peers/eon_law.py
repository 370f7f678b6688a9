"""Compares the law of the final size with EoN's fast_SIR near the threshold, where it is widest (Kolmogorov and Smirnov).

usage: eon_law.py CONTACT_ROUNDS HOSTS EON_REPLICATES OUR_REPLICATES
"""

import random
import subprocess
import sys
import tempfile

import EoN
import networkx
import numpy
import scipy.stats

from compare import write_graph

ours, hosts, their_count, our_count = sys.argv[1], *map(int, sys.argv[2:5])
BETA, GAMMA, HORIZON = 0.02, 0.1, 400
random.seed(3)
numpy.random.seed(3)
with tempfile.TemporaryDirectory() as folder:
    path = f"{folder}/graph"
    write_graph(path, hosts, 5 * hosts, 7)
    graph = networkx.Graph()
    graph.add_nodes_from(range(hosts))
    graph.add_edges_from(numpy.fromfile(path, dtype="<u4")[2:].reshape(-1, 2).tolist())
    command = [ours, path, str(BETA), str(1 / GAMMA), str(HORIZON), "10"]
    answer = subprocess.run(command, input=f"{our_count}\n", capture_output=True, text=True, check=True).stdout
mine = numpy.array(answer.split()[1:], dtype=float)
theirs = numpy.array(
    [
        hosts - EoN.fast_SIR(graph, BETA, GAMMA, initial_infecteds=random.sample(range(hosts), 10), tmax=HORIZON)[1][-1]
        for _ in range(their_count)
    ],
    dtype=float,
)
for name, sizes in [("EoN", theirs), ("ours", mine)]:
    print(
        f"{name}: {len(sizes)} outbreaks, mean {sizes.mean():.2f} ± {sizes.std() / len(sizes) ** 0.5:.2f}, "
        f"standard deviation {sizes.std():.1f}"
    )
print(f"p = {scipy.stats.ks_2samp(mine, theirs).pvalue:.3f}")
