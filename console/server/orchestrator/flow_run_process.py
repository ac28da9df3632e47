"""The process of one run of a deployment: ends with the worker that started it."""

import os
import runpy

from console.server.processes import end_with_parent


def main() -> None:
    """Run what the worker named in the environment."""
    end_with_parent(os.getppid())
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
