"""From the bytes of an upload to decoded pictures, within limits."""
