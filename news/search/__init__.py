"""Search in Indonesian: the same stems, the same candidates and the same scores on both databases."""
