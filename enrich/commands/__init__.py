"""One module a command: parse, build the edges, call one function, print."""
