"""Screens of receipts."""
