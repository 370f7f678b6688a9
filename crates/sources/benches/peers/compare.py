"""Reads the same nmap scan with wardround and its peers in turn, and prints how many times slower each peer is.

See README.md beside this file for what to install and how to read the figures.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
OURS = "wardround"
BARE = "wardround without the digest"


class Turns:
    """What the turns of one program took."""

    def __init__(self, name, command):
        self.name, self.command, self.told = name, command, []

    def take(self):
        answer = subprocess.run(self.command, check=True, capture_output=True, text=True).stdout
        self.told.append([float(number) for number in answer.split()])

    def column(self, number):
        return [turn[number] for turn in self.told]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("megabytes", type=int)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", default="quick-xml,lxml,lxml-all,libnmap", help="comma separated; empty for none")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the peers")
    parser.add_argument("--ours", default="target/release/examples/nmap_speed")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        scan = f"{folder}/scan.xml"
        subprocess.run([options.ours, "write", scan, str(options.megabytes)], check=True)
        commands = {
            "quick-xml": [options.ours, "pull", scan],
            "lxml": [options.python, HERE / "lxml_read.py", scan],
            "lxml-all": [options.python, HERE / "lxml_read.py", scan, "--all"],
            "libnmap": [options.python, HERE / "libnmap_read.py", scan],
        }
        ours = Turns(OURS, [options.ours, "read", scan])
        bare = Turns(BARE, [options.ours, "extract", scan])
        peers = [Turns(name, commands[name]) for name in options.peers.split(",") if name]
        for _ in range(options.rounds):
            for program in [ours, bare, *peers]:
                program.take()
        megabytes = os.path.getsize(scan) / 1e6

    print(f"{megabytes:.0f} MB, {ours.told[0][3]:.0f} hosts, {options.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    for program in [ours, bare, *peers]:
        processor, clock, peak = (statistics.median(program.column(number)) for number in range(3))
        print(
            f"{program.name}: {processor:.2f} s of the processor ({megabytes / processor:.0f} MB/s), "
            f"{clock:.2f} s of the clock, {peak / 1000:.0f} MB held"
        )
    for peer in peers:
        for what, number in [("processor", 0), ("clock", 1)]:
            for own in [ours, bare]:
                times = [theirs / mine for theirs, mine in zip(peer.column(number), own.column(number))]
                print(
                    f"{peer.name} by the {what}: {statistics.median(times):.2f} times {own.name} "
                    f"({min(times):.2f} to {max(times):.2f})"
                )


main()
