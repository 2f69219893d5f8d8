"""Mail servers that want encryption and a name: real ones, with certificates of our own."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from post import Post

from dashboard.i18n import Language
from dashboard.schedules.mail import LaterError, Letter, RefusedError, send, written
from dashboard.settings import Settings

# It cannot know that implicit TLS is encrypted, too.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
NOW = datetime.now(UTC)
LETTER = Letter(
    to="ann@example.com",
    name="Devices report",
    mark="slot.user",
    owner="bob@example.com",
    link="",
    file_name="Devices report.csv",
    content=b"Device\n",
    at=NOW,
)
SIGNED_IN = {"smtp_user": "partnerlens", "smtp_password": "a secret"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return the file of a certificate that this address made for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server of a test")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path_factory.mktemp("certificate") / "own.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


def knows(_, __, ___, ____, who):
    """Tell whether who signs in is the one we know."""
    known = (SIGNED_IN["smtp_user"].encode(), SIGNED_IN["smtp_password"].encode())
    return AuthResult(success=(who.login, who.password) == known)


@pytest.fixture(params=["starttls", "ssl"])
def post(request, certificate):
    """Return a server that talks encrypted only, and only to whom it knows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    if request.param == "ssl":
        encrypted = {"ssl_context": context, "auth_require_tls": False}
    else:
        encrypted = {"tls_context": context, "require_starttls": True}
    server = Post(authenticator=knows, auth_required=True, **encrypted).start()
    server.security = request.param
    yield server
    server.stop()


def settings(post, **more):
    return Settings(**post.settings() | {"smtp_security": post.security} | SIGNED_IN | more)


def hand_over(chosen):
    send(written(LETTER, Language("en"), chosen.mail_from), chosen)


def test_a_mail_goes_encrypted_to_a_server_that_is_trusted(post, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    hand_over(settings(post))
    assert post.to() == ["ann@example.com"]


def test_a_server_that_is_not_who_it_says_gets_neither_password_nor_mail(post):
    with pytest.raises(RefusedError, match="SSLCertVerificationError") as refused:
        hand_over(settings(post))
    assert not isinstance(refused.value, LaterError)
    assert post.to() == []


def test_a_wrong_password_is_said_without_the_password(post, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with pytest.raises(RefusedError, match="SMTP") as refused:
        hand_over(settings(post, smtp_password="another", smtp_seconds=1))
    assert "another" not in str(refused.value)
    assert post.to() == []
