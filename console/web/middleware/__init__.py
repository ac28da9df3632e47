"""What every request and answer passes: limits, security headers, errors."""
