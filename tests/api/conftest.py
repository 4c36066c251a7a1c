"""How much is asked of the API that no person would ask."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a long run ask more: pytest tests/api/test_fuzz.py --fuzz 5000."""
    parser.addoption("--fuzz", type=int, default=0, help="examples an operation, role and mode")
