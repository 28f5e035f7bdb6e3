"""Model cards as answers to questions: read from Markdown or a machine format, judged slot by slot."""
