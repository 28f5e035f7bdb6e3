"""The texts of a review as Markdown: comments, the summary, the job summary. Pure functions."""
