"""The label of an export: its wording, its times, and how it is drawn."""
