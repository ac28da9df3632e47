"""The process of one run on a host of the benchmark: as ever, with reading replaced."""

from benchmarks.scale.hosts.families import replace_reading
from console.server.orchestrator.flow_run_process import main

if __name__ == "__main__":
    replace_reading()
    main()
