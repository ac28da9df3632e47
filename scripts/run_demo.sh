#!/usr/bin/env bash
# Draw the demonstration's applications once, then run the main job over them.
set -euo pipefail
cd "$(dirname "$0")/.."
export KINBIND_HOME="${KINBIND_HOME:-$PWD/.kinbind}"

[ -e demo/inbox ] || .venv/bin/kinbind specimens demo/inbox --demo
.venv/bin/kinbind run demo/inbox --results demo/results.jsonl
