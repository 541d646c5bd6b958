"""What is done while a recording is decoded."""
