"""Commands of the command line, one a file: ``add`` says its words, and what runs imports what it needs inside."""
