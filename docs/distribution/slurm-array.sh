#!/bin/bash
# Samples an ensemble as a Slurm array: each task samples its part, and a last job merges them.
#
#   sbatch --array=0-7 docs/distribution/slurm-array.sh
#   sbatch --dependency=afterok:JOB docs/distribution/slurm-array.sh merge
#
# A task that failed is submitted again alone: sbatch --array=3 docs/distribution/slurm-array.sh
# FOLDER, OUT and the program must be seen by all under the same paths; PARTS is the number of tasks of the whole array.
#SBATCH --job-name=wardround
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=02:00:00
set -euo pipefail
umask 077

WARDROUND=${WARDROUND:-wardround}
FOLDER=${FOLDER:?set FOLDER to the folder of exports}
OUT=${OUT:-parts}
WORLDS=${WORLDS:-100}
REPEATS=${REPEATS:-10}
PARTS=${PARTS:-8}
# More options of `wardround outbreak`, the same for all tasks.
OPTIONS=${OPTIONS:---threat wannacry}

mkdir -p "$OUT"
if [[ ${1:-} == merge ]]; then
    exec "$WARDROUND" outbreak merge "$OUT"/part-*.parquet
fi

task=${SLURM_ARRAY_TASK_ID:?this is a task of an array: sbatch --array=0-$((PARTS - 1)) $0}
if ((task >= PARTS)); then
    echo "task $task is beyond the $PARTS parts" >&2
    exit 2
fi
total=$((WORLDS * REPEATS))
first=$((total * task / PARTS))
last=$((total * (task + 1) / PARTS))
if ((first == last)); then
    echo "there are more parts than replicates: nothing for task $task"
    exit 0
fi
part=$(printf '%s/part-%08d-%08d.parquet' "$OUT" "$first" "$last")
# A part is written whole or not at all: one that is there is done.
if [[ -e $part ]]; then
    echo "$part is there"
    exit 0
fi
# shellcheck disable=SC2086 # OPTIONS are several words.
exec "$WARDROUND" -q outbreak "$FOLDER" --worlds "$WORLDS" --repeats "$REPEATS" $OPTIONS \
    --threads "${SLURM_CPUS_PER_TASK:-1}" --replicates "$first..$last" -o "$part"
