"""Policy files and the table of divisions."""
