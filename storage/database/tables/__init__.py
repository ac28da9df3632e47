"""The tables. No personal value stands in any of them: only keyed hashes, codes and identifiers.

A change here needs a migration beside it; a test compares the two. Whoever imports one table knows
them all: they refer to one another, and are copied in that order.
"""

from storage.database.tables import audit, cases, exchange, reports, reviews, staff

__all__ = ["audit", "cases", "exchange", "reports", "reviews", "staff"]
