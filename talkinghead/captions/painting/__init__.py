"""Drawing captions onto frames."""
