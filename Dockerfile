# The bot for every CI that is not GitHub Actions, and for use without Python: docker run --rm -v "$PWD:/src" readiness check
FROM docker.io/library/python:3.12-slim-bookworm@sha256:782412e85d0f0984994c290652577d4018aff08145c85b262bb63dc0c7522254 AS build
WORKDIR /build
COPY requirements/runtime.txt requirements/build.txt requirements/
RUN python -m venv /opt/readiness \
 && /opt/readiness/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/runtime.txt \
 && python -m pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY rules rules
RUN python -m build --wheel --no-isolation \
 && /opt/readiness/bin/pip install --no-cache-dir --no-deps dist/*.whl \
 && /opt/readiness/bin/pip uninstall --yes pip

FROM docker.io/library/python:3.12-slim-bookworm@sha256:782412e85d0f0984994c290652577d4018aff08145c85b262bb63dc0c7522254
# git takes no version: Debian's mirrors keep only the newest, and the digest above fixes its branch.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/* \
 # A mounted repository belongs to another user than the one in the image; no other folder is trusted.
 && git config --system --add safe.directory /src \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin readiness
COPY --from=build /opt/readiness /opt/readiness
USER 10001
WORKDIR /src
ENV PYTHONDONTWRITEBYTECODE=1 XDG_CACHE_HOME=/tmp/cache
ENTRYPOINT ["/opt/readiness/bin/readiness"]
CMD ["check"]
