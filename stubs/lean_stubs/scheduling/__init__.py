"""Schedules: date and time rules, events, training."""
