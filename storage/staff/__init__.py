"""The staff register and its sessions."""
