"""Draws the same outbreaks with wardround's engine and its peers in turn, and prints how many times slower each peer is.

See README.md beside this file for what to install and how to read the figures.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

import numpy

HERE = pathlib.Path(__file__).parent
OURS = "contact_rounds"


def write_graph(path, hosts, edges, seed):
    """Writes a uniformly drawn simple graph: u32, low byte first: hosts, edges, then pairs."""
    draws = numpy.random.default_rng(seed)
    codes = numpy.zeros(0, dtype=numpy.int64)
    while len(codes) < edges:
        one, other = draws.integers(0, hosts, (2, 2 * edges))
        low, high = numpy.minimum(one, other), numpy.maximum(one, other)
        codes = numpy.unique(numpy.concatenate([codes, (low * hosts + high)[low < high]]))
    codes = draws.permutation(codes)[:edges]
    pairs = numpy.stack([codes // hosts, codes % hosts], axis=1)
    numpy.concatenate([[hosts, edges], pairs.ravel()]).astype("<u4").tofile(path)


class Peer:
    """A process that holds the graph and answers each line `replicates` with nanoseconds and sizes."""

    def __init__(self, name, command, replicates):
        self.name, self.replicates = name, replicates
        self.milliseconds, self.sizes = [], []
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, keep):
        self.process.stdin.write(f"{self.replicates}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            sys.exit(f"{self.name} gave no answer")
        if keep:
            self.milliseconds.append(float(answer[0]) / self.replicates / 1e6)
            self.sizes += map(float, answer[1:])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hosts", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default="graph-tool,eon,igraph", help="comma separated; empty for none")
    parser.add_argument("--python", default="/usr/bin/python3", help="the Python that has graph-tool")
    parser.add_argument("--eon-python", default=sys.executable, help="the Python that has EoN")
    parser.add_argument("--ours", default="target/release/examples/contact_rounds")
    parser.add_argument("--warm", action="store_true", help="ask each peer once before the rounds too")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        graph = f"{folder}/graph"
        write_graph(graph, options.hosts, 5 * options.hosts, 7)
        commands = {
            "graph-tool": [options.python, HERE / "graph_tool_rounds.py", graph],
            "eon": [options.eon_python, HERE / "eon_rounds.py", graph],
            "igraph": ["Rscript", HERE / "igraph_rounds.R", graph],
        }
        chosen = [name for name in options.peers.split(",") if name]
        # Ours is asked for about as much work as one outbreak of a peer, so that its clock has something to read.
        ours = Peer(OURS, [options.ours, graph, "0.3", "10", "50", "10"], max(1, 1_000_000 // options.hosts))
        peers = [Peer(name, commands[name], 1) for name in chosen]
        ours.ask(keep=False)
        for peer in peers if options.warm else []:
            peer.ask(keep=False)
        for _ in range(options.rounds):
            for peer in [ours, *peers]:
                peer.ask(keep=True)
    for peer in [ours, *peers]:
        ratios = [its / mine for its, mine in zip(peer.milliseconds, ours.milliseconds)]
        error = statistics.stdev(peer.sizes) / len(peer.sizes) ** 0.5 if len(peer.sizes) > 1 else 0.0
        print(
            f"{options.hosts:>8} hosts  {peer.name:<15} {statistics.median(peer.milliseconds):>10.2f} ms "
            f"({min(peer.milliseconds):.2f} to {max(peer.milliseconds):.2f})  x{statistics.median(ratios):<7.1f} "
            f"({min(ratios):.1f} to {max(ratios):.1f})  size {statistics.mean(peer.sizes):.1f} ± {error:.1f}",
            flush=True,
        )
        peer.process.stdin.close()
        peer.process.wait()


if __name__ == "__main__":
    main()
