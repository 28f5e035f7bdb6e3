"""GitHub: PyGithub for REST; httpx for what it lacks: GraphQL, streamed archives, SARIF and artifacts."""
