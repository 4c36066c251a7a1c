# syntax=docker/dockerfile:1
# Packages are built in one stage and copied into another that has no compiler and no pip cache.
ARG PYTHON=3.11.11-slim-bookworm

FROM python:${PYTHON} AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/slomix
COPY requirements.txt /tmp/requirements.txt
RUN /opt/slomix/bin/pip install -r /tmp/requirements.txt

FROM python:${PYTHON}
RUN groupadd --system --gid 10001 slomix \
    && useradd --system --uid 10001 --gid slomix --no-create-home --home-dir /srv/slomix slomix
COPY --from=packages /opt/slomix /opt/slomix
WORKDIR /srv/slomix
COPY . .
ENV PATH=/opt/slomix/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    BOT_ENVIRONMENT=production SLOMIX_VAR=/var/lib/slomix SLOMIX_ENV_FILE=/dev/null \
    WEBSITE_HOST=0.0.0.0
# Collected while the image is made, under names with their hashes. What settings want for that is
# nobody's; every real value comes when a container is started.
RUN mkdir -p /var/lib/slomix/backups && python -m compileall -q accounts availability botworker planning promotions slomix \
    && SECRET_KEY=only-while-the-image-is-made-0123456789-abcdefghijklmnop \
    DATABASE_URL=postgresql://nobody@nowhere/slomix REDIS_URL=redis://nowhere/0 \
    python manage.py collectstatic --noinput --verbosity 0 \
    && chown -R slomix:slomix /var/lib/slomix
USER slomix
EXPOSE 7000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "slomix.management.serving.smoke"]
CMD ["gunicorn", "-c", "deploy/gunicorn.conf.py", "slomix.wsgi"]
