"""What the door for programs does not take, and what it says then."""

import resource
import socket

import httpx
import pytest

from console.api.upload import MAX_UPLOAD_BYTES
from tests.console.api.conftest import APPLICATIONS, parts
from tests.tasks.notices.conftest import form


def fields(answer):
    return [error["field"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("sent", "status", "named"),
    [
        pytest.param(parts()[:2], 422, "application.documents[1].file", id="a file is missing"),
        pytest.param([*parts(), parts()[1]], 422, "files (part 4)", id="a file twice"),
        pytest.param(
            [*parts(), ("files", ("more.jpg", b"x"))], 422, "files (file 3)", id="not named"
        ),
        pytest.param(parts()[1:], 422, "application", id="no form"),
        pytest.param([*parts(), ("x", ("x", b""))], 422, "part 4", id="an unknown part"),
        pytest.param(parts(content=b"{"), 422, "application", id="no JSON"),
        pytest.param(parts(content=b"[]"), 422, "application", id="no object"),
        pytest.param(
            parts(content=form().replace(b'"33', b'"xx')), 422, "application.region", id="region"
        ),
        pytest.param(
            parts(content=form().replace(b'"A1"', b'"A\\u0000"')), 422, "application", id="NUL"
        ),
        pytest.param(
            parts(content=form().replace(b'"A1"', b'"\\ud800"')), 422, "application", id="half"
        ),
        pytest.param(
            parts(application_id="A-11010519491231002X"),
            422,
            "application.application_id",
            id="somebody's number as identifier",
        ),
        pytest.param(parts(content=b"{}" + b" " * 1_100_000), 413, "application", id="long form"),
        *(
            pytest.param(parts(("cover.jpg", name)), 422, "files (part 2)", id=f"file {name!r}")
            for name in ("../x.jpg", "/etc/passwd", "a//b", ".hidden", "a\\b", "x" * 300, "a/../b")
        ),
    ],
)
def test_what_a_program_did_wrong_is_named_and_nothing_is_kept(
    repositories, client_of, sent, status, named
):
    refused = client_of().post(APPLICATIONS, files=sent)
    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["status"] == status
    assert named in fields(refused)
    assert all(error["message"]["zh"] and error["message"]["en"] for error in problem["errors"])
    assert repositories.cases.rounds() == ()
    assert list(repositories.archive.store.keys("intake/")) == []


def raw(client, body, kind='multipart/form-data; boundary="b"'):
    return client.post(APPLICATIONS, content=body, headers={"content-type": kind})


PART = b'--b\r\nContent-Disposition: form-data; name="application"\r\n\r\n{}\r\n--b--\r\n'


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "", 415),
        (b"x", "multipart/form-data", 400),
        (b"nonsense", 'multipart/form-data; boundary="b"', 400),
        (PART[:-20], 'multipart/form-data; boundary="b"', 422),
        (PART.replace(b"name=", b"nome="), 'multipart/form-data; boundary="b"', 400),
        (PART, 'multipart/form-data; boundary="b"; charset=undefined', 400),
        (PART, 'multipart/form-data; boundary="b"; charset=unicode_escape', 422),
        (PART, 'multipart/form-data; boundary="b"; charset=rot13', 422),
        (PART, f'multipart/form-data; boundary="{"b" * 5000}"', 400),
        (PART.replace(b"\r\n\r\n", b"\r\nX: " + b"y" * 99999 + b"\r\n\r\n"), None, 400),
    ],
)
def test_broken_requests_are_refused_cleanly(client_of, body, kind, status):
    sent = {} if kind is None else {"kind": kind}
    refused = raw(client_of(), body, **sent)
    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["applications/A%0A1", "applications/A%0A1/objections", "nowhere"])
def test_an_address_that_nobody_serves_is_refused_as_programs_are(client_of, path):
    answer = client_of().get(f"/api/v1/{path}")
    assert answer.status_code in {403, 404}
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_name_with_a_line_break_adds_no_header(repositories, client_of):
    name = b"a.jpg\r\nX-Injected: yes"
    body = PART.replace(b"--b--", b'--b\r\nContent-Disposition: form-data; name="files"; filename="'
                        + name + b'"\r\n\r\nx\r\n--b--')  # fmt: skip
    refused = raw(client_of(), body)
    assert 400 <= refused.status_code < 500
    assert "x-injected" not in refused.headers


def endless(sent):
    yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    chunk = b"x" * 1_000_000
    while True:
        sent.append(len(chunk))
        yield chunk


def test_an_endless_upload_is_cut_off_at_the_limit_and_never_lies_in_memory(client_of):
    sent: list[int] = []
    client, before = client_of(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        status = raw(client, endless(sent)).status_code
    except httpx.TransportError:  # the server hung up while we were still sending
        status = 413
    assert status == 413
    assert sum(sent) < MAX_UPLOAD_BYTES + 60_000_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # kB


def test_a_declared_size_beyond_the_limit_is_refused_before_it_is_sent(address, client_of):
    key = client_of().headers["authorization"]
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as line:
        line.sendall(
            f"POST {APPLICATIONS} HTTP/1.1\r\nHost: {host}\r\nAuthorization: {key}\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {10**12}\r\n"
            "Expect: 100-continue\r\n\r\n".encode()
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_too_many_files_are_refused(client_of):
    names = tuple(f"{number}.jpg" for number in range(61))
    files = [parts()[0], *(("files", (name, b"x")) for name in names)]
    refused = client_of().post(APPLICATIONS, files=[*files, *files[1:5]])
    assert (refused.status_code, fields(refused)) == (413, ["body"])
