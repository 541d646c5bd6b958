"""What other domains ask of the journal and write into it, within transactions of their own."""
