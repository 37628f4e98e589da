// Nothing is called.
