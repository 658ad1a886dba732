#!/bin/sh
# Tries slurm.sh on this machine: `slurm-here.sh N CHECK-ARGUMENTS..` starts Slurm (Debian's `slurm-wlm` and `munge`) in
# a folder of its own, runs an array of N parts, merges what they have left, and ends Slurm again. Needs root.
set -eu

parts=${1:?how many parts}
shift
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
chmod 755 "$work"
host=$(hostname -s)
mkdir "$work/munge" "$work/ctld" "$work/d" "$work/results"
chmod 711 "$work/munge"

head -c 1024 /dev/urandom > "$work/munge/key"
chmod 400 "$work/munge/key"
munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" \
    --pid-file="$work/munge/pid" --seed-file="$work/munge/seed" --log-file="$work/munge/log" &
munge=$!

cat > "$work/slurm.conf" <<CONF
ClusterName=here
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
ReturnToService=2
SlurmctldPort=17817
SlurmdPort=17818
StateSaveLocation=$work/ctld
SlurmctldPidFile=$work/ctld/pid
SlurmdSpoolDir=$work/d
SlurmdPidFile=$work/d/pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$host Default=YES State=UP
CONF
export SLURM_CONF="$work/slurm.conf"
slurmctld -D > "$work/ctld/log" 2>&1 &
ctld=$!
slurmd -D -N "$host" > "$work/d/log" 2>&1 &
d=$!
trap 'kill $d $ctld $munge; wait; rm -rf "$work"' EXIT

until sinfo -h -o %t 2> "$work/sinfo" | grep -q idle; do
    kill -0 $ctld && kill -0 $d || { cat "$work/ctld/log" "$work/d/log"; exit 2; }
    sleep 1
done
cd "$here"
sbatch --wait --array="1-$parts" --output="$work/part-%a.log" --export=ALL,PART_SH="$here/part.sh" \
    slurm.sh "$work/results" "$@" || { cat "$work"/part-*.log; exit 1; }
"${RADDLE:-raddle}" merge "$work"/results/part-*/check-*.json --out "$work/results"
