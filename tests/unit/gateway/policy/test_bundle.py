"""Loading a bundle: whole, current, with data that fits, and a digest that names exactly what decides."""

import json
import shutil

import orjson
import pytest

from gateway.policy.archive import MANIFEST, MODULE, BundleUnusable, read_files, write_archive
from gateway.policy.bundle import load, shipped


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "policies"
    shutil.copytree(shipped(), folder, ignore=shutil.ignore_patterns("cases", "__pycache__"))
    return folder


def edit(file, change):
    value = json.loads(file.read_text())
    change(value)
    file.write_text(json.dumps(value))


def test_the_shipped_bundle_loads_and_knows_what_it_reads():
    bundle = load()
    assert bundle.digest.startswith("sha256:")
    assert bundle.module.startswith(b"\0asm")
    assert "input.subject.tenant" in bundle.reads
    assert "input.time" not in bundle.reads
    assert not any(path.endswith("_test.rego") for path in bundle.sources)


def test_the_shipped_data_has_what_the_guides_rely_on():
    data = orjson.loads(load().data)
    assert data["tenants"]["default"]["use_cases"] == ["*"]
    assert data["use_cases"]["default"]["models"] == ["*"]
    assert data["use_cases"]["payments"]["block_cards"] is True
    assert data["labels"]["neutral"] == ["AGE", "DATE_TIME", "LOCATION", "NRP", "ORGANIZATION", "URL"]


def test_folder_and_archive_are_the_same_bundle(copy, tmp_path):
    write_archive(read_files(copy), tmp_path / "b.tar.gz")
    assert load(copy) == load(tmp_path / "b.tar.gz") == load()


def test_the_digest_changes_with_the_data(copy):
    before = load(copy).digest
    edit(copy / "data.json", lambda data: data["labels"].update(default_threshold=1))
    assert load(copy).digest != before


def test_the_layout_of_the_data_does_not_change_the_digest(copy):
    before = load(copy).digest
    edit(copy / "data.json", lambda data: data.update(tenants=data.pop("tenants")))
    assert load(copy).digest == before


def test_data_from_another_file_takes_the_place_of_the_bundles_own(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "tenants: {acme: {use_cases: [chat]}}\n"
        "use_cases: {chat: {models: ['gpt-*']}}\n"
        "profiles: {}\n"
        "labels: {classifiers: {}, axes: {}, personal: {}, card: [], neutral: [], default_threshold: 1,"
        " secret_prefix: S_, secret_threshold: 1}\n"
    )
    bundle = load(data=file)
    assert orjson.loads(bundle.data)["use_cases"] == {"chat": {"models": ["gpt-*"]}}
    assert bundle.digest != load().digest


def remove_models(data):
    del data["use_cases"]["default"]["models"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(remove_models, r"data\.use_cases\.default\.models is missing", id="missing-field"),
        pytest.param(
            lambda data: data["use_cases"]["default"].update(model=[]), r"data\.use_cases\.default\.model is not known",
            id="misspelt-field",
        ),
        pytest.param(
            lambda data: data["labels"]["personal"].update(PERSON=0.4),
            r"data\.labels\.personal\.PERSON must be of type integer", id="fraction-as-score",
        ),
        pytest.param(lambda data: data.pop("labels"), r"data\.labels is missing", id="missing-part"),
        pytest.param(lambda data: data.update(label={}), r"data\.label is not known", id="unknown-part"),
    ],
)  # fmt: skip
def test_data_that_does_not_fit_names_the_place(copy, change, message):
    edit(copy / "data.json", change)
    with pytest.raises(BundleUnusable, match=message):
        load(copy)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("data.json", "{", id="json"),
        pytest.param("data.yaml", "a: [", id="yaml"),
        pytest.param("dates.yaml", "a: {1: 2}", id="keys-that-json-lacks"),
    ],
)
def test_unreadable_data_says_so(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(BundleUnusable, match=name):
        load(data=tmp_path / name)


def test_missing_data_says_so(tmp_path):
    with pytest.raises(BundleUnusable, match="No such file"):
        load(data=tmp_path / "none.json")


def test_a_changed_policy_needs_a_new_build(copy):
    with (copy / "airlock/secrets.rego").open("a") as file:
        file.write("\n# changed\n")
    with pytest.raises(BundleUnusable, match="airlock policy build"):
        load(copy)


def test_a_changed_test_does_not(copy):
    (copy / "airlock/secrets_test.rego").write_text("package airlock.secrets_test\n")
    assert load(copy).digest == load().digest


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(MODULE, b"\0asm other", id="another-module"),
        pytest.param(MODULE, None, id="no-module"),
        pytest.param(MANIFEST, b"{}", id="empty-manifest"),
        pytest.param(MANIFEST, b"[]", id="manifest-of-another-shape"),
        pytest.param(MANIFEST, b"{", id="broken-manifest"),
        pytest.param(MANIFEST, None, id="no-manifest"),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(copy, path, content):
    (copy / path).unlink()
    if content is not None:
        (copy / path).write_bytes(content)
    with pytest.raises(BundleUnusable, match="airlock policy build"):
        load(copy)
