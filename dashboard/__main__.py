"""`python -m dashboard` is the `partnerlens` command."""

from dashboard.cli import main

main()
