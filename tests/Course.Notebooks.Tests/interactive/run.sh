#!/usr/bin/env bash
# Runs notebooks under Microsoft's .NET Interactive, one kernel each: run.sh [NOTEBOOK…]; without any, all of them, in quick mode.
# The library must be built. The last line is "N passed, N failed".
set -euo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
root=$(realpath "$here/../../..")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1} COURSE_QUICK=${COURSE_QUICK:-1}
# The version is the manifest's, and so is what `dotnet interactive` means in the notebooks' folders.
(cd "$root" && dotnet tool restore >/dev/null)
# A home of its own: no kernelspec and no configuration of this machine's Jupyter takes part.
export JUPYTER_CONFIG_DIR=$home/config JUPYTER_DATA_DIR=$home/data JUPYTER_RUNTIME_DIR=$home/runtime JUPYTER_PATH=$home/jupyter
mkdir -p "$home/jupyter/kernels"
(cd "$root" && dotnet interactive jupyter install --path "$home/jupyter/kernels" >/dev/null)
# It also serves HTTP: on this machine alone.
sed -i 's/"{connection_file}",/"{connection_file}", "--http-local-only",/' "$home/jupyter/kernels/.net-csharp/kernel.json"
/usr/bin/python3 -B "$here/run_notebooks.py" "$root/notebooks" "$@"
