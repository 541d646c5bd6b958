"""The job engine: jobs, their journal, and their workflows."""
