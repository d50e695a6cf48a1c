# The detector service for a machine with a card: docker build -f deploy/detectors.Dockerfile -t airlock-detectors .
# For Ray on Kubernetes: the same with --build-arg EXTRAS=ray -t airlock-detectors:ray
# The torch of PyPI brings CUDA's libraries along; the host gives the driver, by NVIDIA's container toolkit.
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
ARG EXTRAS=serving
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE NOTICE ./
COPY gateway gateway
COPY detectors detectors
COPY audit audit
COPY policies policies
RUN python -m venv /opt/airlock \
    && /opt/airlock/bin/pip install --no-cache-dir -c constraints.txt ".[${EXTRAS}]" \
    && ln -s /opt/airlock/lib/python*/site-packages/detectors/weights /opt/airlock/weights

FROM python:${PYTHON}-slim
# KubeRay's probes call wget.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends wget \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 airlock \
    && useradd --uid 10001 --gid airlock --home-dir /home/airlock --create-home --shell /usr/sbin/nologin airlock
COPY --from=build /opt/airlock /opt/airlock
ENV PATH=/opt/airlock/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    RAY_USAGE_STATS_ENABLED=0 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001:10001
WORKDIR /home/airlock
EXPOSE 8791
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8791/health', timeout=4)"]
# Without it: this image runs `ray` for Kubernetes, too, which says its own command.
CMD ["airlock", "detectors", "serve", "--config", "/etc/airlock/detectors.yaml", "--host", "0.0.0.0"]
