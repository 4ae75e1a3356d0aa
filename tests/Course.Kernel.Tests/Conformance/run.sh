#!/usr/bin/env bash
# Checks the kernel under Jupyter: run.sh path/to/course.dll. The last line is "N passed, N failed"; a skipped test is a failed one.
set -euo pipefail
course=$(realpath "$1")
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# An own home folder, so no kernelspec or configuration of this machine's Jupyter is used.
export JUPYTER_CONFIG_DIR=$home/config JUPYTER_DATA_DIR=$home/data JUPYTER_RUNTIME_DIR=$home/runtime JUPYTER_PATH=$home/prefix/share/jupyter
export COURSE=$course
dotnet "$course" kernel install --prefix "$home/prefix"
cd "$here"
/usr/bin/python3 -B run_tests.py
