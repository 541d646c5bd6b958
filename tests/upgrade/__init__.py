"""What older versions of this app made, opened by today's."""
