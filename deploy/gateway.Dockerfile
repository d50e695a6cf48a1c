# The gateway, without torch: docker build -f deploy/gateway.Dockerfile -t airlock-gateway .
# With OCR for pictures and scans: the same with --build-arg EXTRAS=postgres,redis,ocr
# No package of the system's is missing for that: its wheels load zlib, libstdc++ and libgcc beside the C library.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
ARG EXTRAS=postgres,redis
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY gateway gateway
COPY detectors detectors
COPY audit audit
COPY policies policies
RUN python -m venv /opt/airlock \
    && /opt/airlock/bin/pip install --no-cache-dir -c constraints.txt ".[${EXTRAS}]"

FROM python:${PYTHON}-slim
RUN groupadd --gid 10001 airlock \
    && useradd --uid 10001 --gid airlock --home-dir /var/lib/airlock --create-home --shell /usr/sbin/nologin airlock
COPY --from=build /opt/airlock /opt/airlock
ENV PATH=/opt/airlock/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    AIRLOCK_CONFIG=/etc/airlock/airlock.yaml
USER 10001:10001
WORKDIR /var/lib/airlock
EXPOSE 8790
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8790/health/ready', timeout=4)"]
ENTRYPOINT ["airlock"]
CMD ["serve"]
