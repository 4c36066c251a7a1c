"""Faults on purpose: real processes are killed, stopped and misled, and a journal judges the ledger."""
