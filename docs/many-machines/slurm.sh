#!/bin/sh
#SBATCH --job-name=raddle
#SBATCH --array=1-16
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --output=raddle-%a.log

# sbatch slurm.sh FOLDER CHECK-ARGUMENTS..      `sbatch --array=1-N slurm.sh ..` takes N parts.
# raddle merge FOLDER/part-*/check-*.json       once the array has ended.
# Slurm runs a copy of this file, so it looks for part.sh where the job was submitted, or where PART_SH says.
exec "${PART_SH:-$SLURM_SUBMIT_DIR/part.sh}" "$@"
