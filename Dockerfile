# One image for the web server, the workers, the scheduler and the migrations; docker-compose.yml says which is which.
# Minor version and distribution are fixed; security updates of both come with a rebuild: docker compose build --pull
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore \
    TEC_VAR_DIR=/var/lib/tec

# Descriptors in Git: git and ssh, and the certificates of the usual authorities. PDF reports: fonts for the
# scripts that no package of requirements.txt brings.
WORKDIR /srv/tec
COPY proxy.env ./
RUN set -a && . ./proxy.env && set +a && apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates fonts-noto-cjk fonts-noto-core git openssh-client \
    && rm -rf /var/lib/apt/lists/*

RUN useradd --system --uid 10001 --home-dir /var/lib/tec --create-home --key HOME_MODE=0700 --shell /usr/sbin/nologin tec

COPY requirements.txt ./
RUN set -a && . ./proxy.env && set +a && pip install --only-binary :all: --requirement requirements.txt

COPY . .
RUN set -a && . ./proxy.env && set +a && pip install --no-deps --editable .
# The key is for this one command; the site gets its own when it starts.
RUN SECRET_KEY=only-to-collect-files TEC_VAR_DIR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build && python -m compileall -q tec descriptors mismatch

USER tec
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "tec.probe", "/healthz"]
CMD ["python", "-m", "tec.serve", "--host", "0.0.0.0", "--port", "3000"]
