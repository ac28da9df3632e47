"""Where notices are sent, and where they are not."""

import datetime as dt
import ssl
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from models.errors import SettingError
from models.notices.exchange import DeliveryState
from storage.bootstrap import using_repositories as open_for_a_block
from storage.settings import load_settings
from tasks.notices.deliver_notices import deliver_notices
from tests.tasks.notices.receivers import SECRET, receiving

DAY = dt.timedelta(days=1)
OTHER = "whsec_" + "QUJD" * 8


def now():
    return dt.datetime.now(dt.UTC)


def test_a_redirect_is_not_followed(repositories, decided, receiver):
    decided()
    with receiving() as elsewhere:
        receiver.status, receiver.headers = 307, {"location": elsewhere.url}
        assert deliver_notices(repositories).failed == 1
        assert elsewhere.asked == []
    assert repositories.outbox.list(DeliveryState.WAITING)[0].problem == "HTTP 307"


def test_a_receiver_that_does_not_answer_is_left_after_a_while(
    repositories, decided, receiver, monkeypatch
):
    monkeypatch.setattr("tasks.notices.senders._SECONDS", 0.2)
    decided(5)
    receiver.seconds = 1.0
    done = deliver_notices(repositories)
    assert (done.delivered, done.failed) == (5, 3)  # five files; three tries, then nobody is there
    waiting = repositories.outbox.list(DeliveryState.WAITING)
    assert {one.problem for one in waiting} == {"", "no answer (ReadTimeout)"}


def test_a_receiver_whose_certificate_nobody_vouches_for_is_told_nothing(
    tmp_path, database, decided, repositories
):
    decided()
    with receiving(self_signed(tmp_path)) as impostor:
        url = impostor.url.replace("http:", "https:")
        chosen = repositories.settings.model_copy(
            update={"webhook_url": url, "outcome_folder": None}
        )
        with open_for_a_block(chosen) as other:
            assert deliver_notices(other) == (0, 1, 0)
            assert other.outbox.list()[0].problem == "no answer (ConnectError)"
        assert impostor.asked == []


def self_signed(folder):
    """A server's TLS with a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now() - DAY)
        .not_valid_after(now() + DAY)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"webhook_url": "https://office.example/hook"}, "KINBIND_WEBHOOK_SECRET"),
        ({"webhook_url": "ftp://office.example/hook", "webhook_secret": SECRET}, "WEBHOOK_URL"),
        ({"webhook_url": "file:///etc/passwd", "webhook_secret": SECRET}, "WEBHOOK_URL"),
        ({"webhook_url": "https://u:hunter2@h/", "webhook_secret": SECRET}, "WEBHOOK_URL"),
        ({"webhook_secret": "hunter2"}, "WEBHOOK_SECRET"),
        ({"webhook_secret": "whsec_aHVudGVyMg=="}, "WEBHOOK_SECRET"),
    ],
)
def test_a_wrong_way_out_is_refused_at_the_start_without_quoting_it(changes, named, monkeypatch):
    for name, value in changes.items():
        monkeypatch.setenv(f"KINBIND_{name.upper()}", value)
    with pytest.raises(SettingError, match=named) as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_a_folder_that_is_away_does_not_hold_up_the_webhook(
    repositories, decided, receiver, tmp_path
):
    decided()
    (tmp_path / "outcomes").write_text("a file where the folder should be")
    done = deliver_notices(repositories)
    assert (done.delivered, done.failed, len(receiver.taken)) == (1, 1, 1)
    assert repositories.outbox.list(DeliveryState.WAITING)[0].problem.startswith("the folder")
    (tmp_path / "outcomes").unlink()
    deliver_notices(repositories, now=now() + DAY)
    assert len(list((tmp_path / "outcomes").rglob("msg_*.json"))) == 1


def test_the_lines_of_the_manual_that_verify_a_notice_do(repositories, decided, receiver):
    """Whoever receives copies them from there."""
    page = Path("docs/intake-and-notices.md").read_text("utf-8")
    lines = page.split("```python\n")[1].split("```")[0]
    space: dict[str, Any] = {}
    exec(lines, space)  # noqa: S102  (our own page)
    decided()
    deliver_notices(repositories)
    ((headers, body),) = receiver.taken
    assert space["verified"](SECRET, headers, body)["type"] == "application.decided"
    old = headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) - 3600)}
    for wrong in ((SECRET, headers, body + b" "), (SECRET, old, body), (OTHER, headers, body)):
        with pytest.raises(ValueError, match="not from kinbind"):
            space["verified"](*wrong)
