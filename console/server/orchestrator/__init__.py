"""Our own orchestrator: found or started, its password, its deployments, its processes."""
