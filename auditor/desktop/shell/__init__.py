"""What stands around every page: the page contract, navigation rail, key list and message strip."""
