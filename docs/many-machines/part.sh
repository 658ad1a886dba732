#!/bin/sh
# One part of a check, as one task of an array: `part.sh FOLDER CHECK-ARGUMENTS..` leaves its results in FOLDER/part-I.
#
# Which part it is, whoever starts the task says: Slurm in an array from 1 to N, Kubernetes in an indexed Job whose
# template sets PARTS to N. By hand: `PART=2 PARTS=16 part.sh ..`. RADDLE names the command.
set -u

folder=${1:?where the results go}
shift

if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
    PART=$SLURM_ARRAY_TASK_ID
    PARTS=$SLURM_ARRAY_TASK_COUNT
elif [ -n "${JOB_COMPLETION_INDEX:-}" ]; then
    PART=$((JOB_COMPLETION_INDEX + 1))
fi
: "${PART:?which part this is}" "${PARTS:?of how many}"

own=$folder/part-$PART
mkdir -p "$own" || exit 2
"${RADDLE:-raddle}" check "$@" --world graph --shard "$PART/$PARTS" --out "$own"
status=$?

# A part that has found a failure (1) or is, as any part alone, inconclusive (3) has done its work: `merge` judges.
case $status in
    0 | 1 | 3) test -s "$own/check-${PART}of$PARTS.json" ;;
    *) exit "$status" ;;
esac
