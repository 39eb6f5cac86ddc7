"""How people sign in: throttled by account and address, with a second factor where it is set up or required."""
