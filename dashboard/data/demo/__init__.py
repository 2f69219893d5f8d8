"""An invented partner portfolio, written as the vendor would export it."""

from dashboard.data.demo.calling.write import write_calls
from dashboard.data.demo.eight.write import write_logs
from dashboard.data.demo.inventories.write import write_inventories
from dashboard.data.demo.portfolio import write_portfolio

__all__ = ["write_calls", "write_inventories", "write_logs", "write_portfolio"]
