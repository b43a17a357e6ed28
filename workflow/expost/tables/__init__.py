"""Tables as Markdown, LaTeX, HTML and csv, from tidy tables of results."""
