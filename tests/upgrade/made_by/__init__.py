"""What made the data of older versions; run by those versions themselves."""
