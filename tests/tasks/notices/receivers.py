"""A receiver of webhooks on a real port, in every mood that receivers have."""

import base64
import contextlib
import http.server
import threading
import time

KEY = b"a key of the receiver and ours"
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps what it was sent; answers with `status`, after `seconds`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.seconds = 204, 0.0
        self.headers: dict[str, str] = {}
        self.asked: list[tuple[dict[str, str], bytes]] = []
        self.taken: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/hook"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        time.sleep(self.server.seconds)
        sent = ({name.lower(): value for name, value in self.headers.items()}, body)
        self.server.asked.append(sent)
        if 200 <= self.server.status < 300:
            self.server.taken.append(sent)
        with contextlib.suppress(OSError):
            self.send_response(self.server.status)
            for name, value in self.server.headers.items():
                self.send_header(name, value)
            self.end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def receiving(context=None):
    """A receiver, over TLS where a context is given."""
    server = Receiver()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
