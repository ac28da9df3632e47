"""Rules, reasons, and the findings that checks raise."""
