"""What is sent to fal in another form than it is stored, converted in a worker process."""
