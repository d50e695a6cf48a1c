"""What the files in `deploy/` say is held to what the code has. Neither Docker nor Kubernetes is asked."""

import re
import tomllib
import warnings
from collections.abc import Iterator, Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import typer.main
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from detectors.serving.api.app import service
from detectors.serving.configuration import read_configuration
from detectors.serving.ray.app import build
from detectors.serving.ray.directory import Directory
from detectors.serving.ray.settings import AppSettings
from gateway.cli import app
from gateway.routes import health
from gateway.settings import Settings, parse

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from ray.serve.schema import ServeDeploySchema

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DOCKERFILES = ("gateway.Dockerfile", "detectors.Dockerfile")
USER = 10001
EXTRAS = {
    "gateway.Dockerfile": [{"postgres", "redis"}, {"postgres", "redis", "ocr"}],
    "detectors.Dockerfile": [{"serving"}, {"ray"}],
}
"""What is installed into each image, and into its other form."""

ASKED = re.compile(r"urlopen\('http://127\.0\.0\.1:(\d+)(/[^']*)'")
OWN = re.compile(r"^/(run/secrets|var/lib/airlock|etc/airlock)\b")


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return loaded


def manifests(kind: str) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all((DEPLOY / "ray" / "rayservice.yaml").read_text()) if one["kind"] == kind]


def gateway_settings() -> Settings:
    return parse(yaml.safe_load((DEPLOY / "airlock.yaml").read_text()), folder=Path("/etc/airlock"))


def serve_config() -> ServeDeploySchema:
    return ServeDeploySchema.model_validate(yaml.safe_load(manifests("RayService")[0]["spec"]["serveConfigV2"]))


def pods() -> list[dict[str, Any]]:
    cluster = manifests("RayService")[0]["spec"]["rayClusterConfig"]
    return [group["template"] for group in (cluster["headGroupSpec"], *cluster["workerGroupSpecs"])]


def parsed(words: Sequence[str]) -> dict[str, Any]:
    """Read words as the command line does, and give its options; they are refused as it would."""
    command: Any = typer.main.get_command(app)
    context = command.context_class(command, info_name="airlock")
    left = [*words]
    while hasattr(command, "get_command"):
        command = command.get_command(context, left.pop(0))
        context = command.context_class(command, parent=context)
    options, unread, _ = command.make_parser(context).parse_args(left)
    assert unread == []
    return dict(options)


def told(name: str) -> dict[str, Any]:
    """Give the options that a service's command has."""
    words = compose()["services"][name]["command"]
    return parsed(words[1:] if words[0] == "airlock" else words)


def test_the_commands_are_those_of_the_command_line() -> None:
    services = compose()["services"]
    assert services["gateway"]["command"][:1] == ["serve"]
    assert services["detectors"]["command"][:3] == ["airlock", "detectors", "serve"]
    assert told("gateway") == {"config": "/etc/airlock/airlock.yaml"}
    assert {*told("detectors")} == {"config", "host", "port", "keys_file"}
    with pytest.raises(Exception, match="--no-such-option"):
        parsed(["serve", "--no-such-option", "1"])


@pytest.mark.parametrize("name", ["gateway", "detectors"])
def test_a_service_has_the_files_that_it_reads(name: str) -> None:
    one = compose()["services"][name]
    mounted = [volume.split(":") for volume in one["volumes"]]
    for source, _, *mode in mounted:
        if source.startswith("./") and source != "./models":
            assert (DEPLOY / source).is_file()
            assert mode == ["ro"]
        elif not source.startswith("./"):
            assert source in compose()["volumes"]
    has = {target for _, target, *_ in mounted} | {f"/run/secrets/{secret}" for secret in one["secrets"]}
    assert {*one["secrets"]} <= {*compose()["secrets"]}
    reads = {str(value) for value in told(name).values() if OWN.match(str(value))}
    if name == "gateway":
        reads |= {value for value in leaves(yaml.safe_load((DEPLOY / "airlock.yaml").read_text())) if OWN.match(value)}
    assert reads
    assert not [path for path in reads if not any(path == one or path.startswith(f"{one}/") for one in has)]


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield str(value).removeprefix("sqlite:///")


def test_the_gateway_asks_the_detector_service_where_it_listens() -> None:
    asked = gateway_settings().detectors.service
    assert asked is not None
    url = urlsplit(asked.url[0])
    assert (url.hostname, str(url.port)) == ("detectors", told("detectors")["port"])
    assert told("detectors")["host"] == "0.0.0.0"
    assert asked.key is not None
    assert str(asked.key.file) == told("detectors")["keys_file"]
    assert {*asked.model} <= {*read_configuration(DEPLOY / "detectors.yaml").models}
    services = compose()["services"]
    assert "inside" in {*services["gateway"]["networks"]} & {*services["detectors"]["networks"]}
    assert compose()["networks"]["inside"]["internal"] is True
    assert services["detectors"]["networks"] == ["inside"]


def test_the_environment_that_the_gateway_reads_is_given_to_it() -> None:
    named = {upstream.api_key.env for upstream in gateway_settings().upstreams if upstream.api_key}
    assert named <= {*compose()["services"]["gateway"]["environment"]}


def test_services_may_do_little_and_the_card_is_reserved() -> None:
    for one in compose()["services"].values():
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert (DEPLOY / one["build"]["context"] / one["build"]["dockerfile"]).is_file()
    (card,) = compose()["services"]["detectors"]["deploy"]["resources"]["reservations"]["devices"]
    assert card == {"driver": "nvidia", "count": 1, "capabilities": ["gpu"]}
    assert read_configuration(DEPLOY / "detectors.yaml").device == "cuda"


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_has_what_it_needs_and_its_process_no_rights(name: str) -> None:
    text = (DEPLOY / name).read_text()
    copied = [line.split()[1:-1] for line in text.splitlines() if line.startswith("COPY") and "--from" not in line]
    packages = {"gateway", "detectors", "audit", "policies", "pyproject.toml", "constraints.txt", PROJECT["readme"]}
    assert packages <= {source for sources in copied for source in sources}
    assert all((ROOT / source).exists() for sources in copied for source in sources)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {f"!{source}" for sources in copied for source in sources} <= {*ignored}
    version = re.findall(r"^ARG PYTHON=(.*)$", text, re.MULTILINE)
    assert version == [version[0]]
    assert version[0] in SpecifierSet(PROJECT["requires-python"])
    *_, last = text.split("\nFROM ")
    assert f"USER {USER}:{USER}" in last
    assert "pip install" not in last
    assert re.search(rf"useradd --uid {USER}\b", last)


@pytest.mark.parametrize("name", DOCKERFILES)
def test_an_image_is_well_if_its_server_says_so(name: str) -> None:
    text = (DEPLOY / name).read_text()
    (port, path) = ASKED.findall(text)[0]
    asked = re.findall(r'"-c", "([^"]*)"', text)[0]
    compile(asked, name, "exec")
    detectors = service(Directory(["encoder"], [], Nobody()))
    served = {
        "gateway.Dockerfile": (gateway_settings().listen.port, health.ROUTES),
        "detectors.Dockerfile": (int(told("detectors")["port"]), detectors.framework),
    }
    assert int(port) == served[name][0]
    assert path in {getattr(route, "path", None) for route in served[name][1].routes}
    assert f"EXPOSE {port}" in text


class Nobody:
    """Implements `directory.Asked`; is not asked."""

    async def read(self, name: str, texts: Sequence[str], tenant: str, seconds: float) -> Any:
        raise AssertionError

    async def held(self) -> Any:
        raise AssertionError


@pytest.mark.parametrize("name", DOCKERFILES)
def test_torch_is_in_the_detectors_image_and_not_in_the_gateways(name: str) -> None:
    said = re.findall(r"pip install .*\.\[([^\]]*)\]", (DEPLOY / name).read_text().replace("\\\n", " "))
    default = re.findall(r"^ARG EXTRAS=(.*)$", (DEPLOY / name).read_text(), re.MULTILINE)
    assert [{*one.replace("${EXTRAS}", *default or ("",)).split(",")} for one in said] == EXTRAS[name][:1]
    for extras in EXTRAS[name]:
        assert extras <= {*PROJECT["optional-dependencies"]}
        installed = closure(extras)
        assert ("torch" in installed) == (name == "detectors.Dockerfile")
        assert ("ray" in installed) == ("ray" in extras)
        assert ("rapidocr" in installed) == ("ocr" in extras)
        assert "opencv-python" not in installed  # it needs a display's libraries, which the images lack


def closure(extras: set[str]) -> set[str]:
    """Give the names of all that is installed with these extras of ours, by what is installed here."""
    wanted = [*PROJECT["dependencies"], *(one for extra in extras for one in PROJECT["optional-dependencies"][extra])]
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(Requirement(one), frozenset[str]()) for one in wanted]
    while waiting:
        requirement, given = waiting.pop()
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in (*given, "")):
            continue
        name = requirement.name.lower().replace("_", "-")
        if name == PROJECT["name"]:
            own = [one for extra in requirement.extras for one in PROJECT["optional-dependencies"][extra]]
            waiting += [(Requirement(one), frozenset()) for one in own]
        elif (name, frozenset(requirement.extras)) not in seen:
            seen.add((name, frozenset(requirement.extras)))
            further = metadata.requires(name) or ()
            waiting += [(Requirement(one), frozenset(requirement.extras)) for one in further]
    return {name for name, _ in seen}


def test_the_application_of_the_manifest_is_built_by_what_it_names(tmp_path: Path) -> None:
    (application,) = serve_config().applications
    module, _, attribute = application.import_path.partition(":")
    assert getattr(import_module(module), attribute) is build
    (config,) = manifests("ConfigMap")
    written = config["data"]["detectors.yaml"]
    assert yaml.safe_load(written) == yaml.safe_load((DEPLOY / "detectors.yaml").read_text())
    (tmp_path / "detectors.yaml").write_text(written)
    settings = AppSettings.model_validate(application.args | {"config": tmp_path / "detectors.yaml"})
    assert settings.cards(settings.read()) == 1
    assert build(settings)
    for pod in pods():
        mounts = {one["mountPath"]: one["name"] for one in pod["spec"]["containers"][0]["volumeMounts"]}
        volumes = {one["name"]: one for one in pod["spec"]["volumes"]}
        assert {*mounts.values()} == {*volumes}
        for path in (application.args["config"], application.args["keys_file"]):
            folder, _, file = path.rpartition("/")
            volume = volumes[mounts[folder]]
            assert "secret" in volume or file in config["data"]


def test_the_cluster_runs_the_ray_that_the_tests_run_and_its_pods_have_no_rights() -> None:
    cluster = manifests("RayService")[0]["spec"]["rayClusterConfig"]
    assert f"ray=={cluster['rayVersion']}" in (ROOT / "constraints.txt").read_text().splitlines()
    assert cluster["authOptions"] == {"mode": "token"}
    for pod in pods():
        assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
        assert pod["spec"]["securityContext"]["runAsUser"] == USER
        for container in pod["spec"]["containers"]:
            assert {one["name"]: one["value"] for one in container["env"]}["RAY_USAGE_STATS_ENABLED"] == "0"
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


def test_the_network_policies_are_about_these_pods_and_the_port_that_is_served() -> None:
    inward, outward = manifests("NetworkPolicy")
    for policy, chosen in ((inward, pods()), (outward, pods()[1:])):
        wanted = policy["spec"]["podSelector"]["matchLabels"].items()
        assert [pod for pod in pods() if wanted <= pod["metadata"]["labels"].items()] == chosen
    port = serve_config().http_options.port
    _, gateways, _ = inward["spec"]["ingress"]
    assert [one["port"] for one in gateways["ports"]] == [port]
    assert all(port in {one["containerPort"] for one in pod["spec"]["containers"][0]["ports"]} for pod in pods())


def test_the_readme_names_files_that_are_there() -> None:
    text = (DEPLOY / "README.md").read_text()
    files = {file.relative_to(DEPLOY).as_posix() for file in DEPLOY.rglob("*") if file.is_file()} - {"README.md"}
    assert not [file for file in files if file.split("/")[0] not in {"secrets", "models"} and f"`{file}`" not in text]
    for target in re.findall(r"\]\((\.\./[^)#]*)", text):
        assert (DEPLOY / target).is_file()
