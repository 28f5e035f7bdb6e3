"""Settings of the export; the values are invented."""

import os

ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE"
API_TOKEN = "q7Rz0xV9bT4mK2nW8cYhL5pD3sGfJ6aE"
password = os.environ["EXPORT_PASSWORD"]
TOKEN_FILE = "/run/secrets/token"
API_KEY = "your-api-key-here"
SECRET_NAME = "export-service-credentials"
CHECKSUM = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
