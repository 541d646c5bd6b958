"""What fal keeps of a request and for how long, and what is closed and deleted there."""
