#!/usr/bin/env python3
"""Samples an ensemble of outbreaks on a Dask cluster, a part for each task, and merges the parts.

    pip install dask distributed
    python docs/distribution/dask.py FOLDER --program target/release/wardround --out parts \
        --worlds 100 --repeats 10 --parts 8 --workers 2 -- --threat wannacry --isolate-after 4

Without --scheduler it starts worker processes on this machine; with it, every worker must see FOLDER, the program and --out
under the same paths. What comes after `--` goes to `wardround outbreak` as it is.

A part that is there is not sampled again, so the same command goes on where an earlier one stopped; a task that fails, or
whose worker is lost, is tried again. Nothing is counted twice: `wardround outbreak merge` refuses replicates that are in two
parts, and says which are missing.
"""

import argparse
import os
import subprocess
import sys
import time

# Beside this file lies dask.py itself, which must not be taken for the library.
sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != os.path.dirname(os.path.abspath(__file__))]


def ranges(total, parts):
    """Cuts 0..total into parts that differ by one at most."""
    places = [total * number // parts for number in range(parts + 1)]
    return [(a, b) for a, b in zip(places, places[1:]) if a < b]


def sample(program, folder, own, path, first, last):
    """Samples replicates first..last into a file, unless it is there. The program writes it whole or not at all."""
    if not os.path.exists(path):
        command = [program, "-q", "outbreak", folder, *own, "--replicates", f"{first}..{last}", "-o", path]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"replicates {first}..{last}: exit code {done.returncode}: {done.stderr.strip()}")
    return path


def main():
    about = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    about.add_argument("folder")
    about.add_argument("--program", default="wardround")
    about.add_argument("--out", default="parts", help="the folder for the parts")
    about.add_argument("--worlds", type=int, default=100)
    about.add_argument("--repeats", type=int, default=10)
    about.add_argument("--parts", type=int, default=8)
    about.add_argument("--workers", type=int, default=os.cpu_count())
    about.add_argument("--scheduler", help="the address of a running scheduler")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    args, options = about.parse_args(words[:cut]), words[cut + 1 :]

    try:
        from distributed import Client, LocalCluster, as_completed
    except ImportError as error:
        sys.exit(f"Dask is not installed ({error}): pip install dask distributed")

    os.makedirs(args.out, mode=0o700, exist_ok=True)
    folder, out = os.path.abspath(args.folder), os.path.abspath(args.out)
    program = os.path.abspath(args.program) if os.path.sep in args.program else args.program
    own = ["--worlds", str(args.worlds), "--repeats", str(args.repeats), "--threads", "1", *options]
    cluster = None
    if not args.scheduler:
        cluster = LocalCluster(n_workers=args.workers, threads_per_worker=1, processes=True, dashboard_address=None)
    since = time.monotonic()
    with Client(args.scheduler or cluster) as client:
        tasks = {}
        for first, last in ranges(args.worlds * args.repeats, args.parts):
            path = os.path.join(out, f"part-{first:08}-{last:08}.parquet")
            # Same arguments, same bytes: a task may safely be tried again.
            task = client.submit(sample, program, folder, own, path, first, last, pure=False, retries=2)
            tasks[task] = path
        for task in as_completed(tasks):
            print(f"{time.monotonic() - since:7.1f} s  {os.path.basename(task.result())}", file=sys.stderr)
    if cluster:
        cluster.close()
    whole = os.path.join(out, "whole.parquet")
    merge = [program, "-q", "outbreak", "merge", *tasks.values()]
    subprocess.run([*merge, "-o", whole], check=True)
    subprocess.run([program, "outbreak", "merge", whole], check=True)
    print(f"{time.monotonic() - since:7.1f} s  merged into {whole}", file=sys.stderr)


if __name__ == "__main__":
    main()
