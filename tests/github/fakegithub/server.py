"""The HTTP port of a fake GitHub: parses, records, answers."""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fakegithub.dispatch import Answer, answer
from fakegithub.faults import Fault
from fakegithub.web import Request

if TYPE_CHECKING:
    from fakegithub.fake import FakeGitHub


class Server:
    """A server in a thread of its own."""

    def __init__(self, github: FakeGitHub) -> None:
        handler = type("Handler", (_Handler,), {"github": github})
        self._http = _Http(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and let go of the port."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of an asker that hung up: what it says of that itself is what tests look at."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    github: FakeGitHub
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        """Say nothing: exchanges are recorded."""

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        request = self._request(raw)
        fault = self._fault(request, raw)
        if fault is None:
            self._send(answer(request))
            return
        if fault.action:
            fault.action()
        if fault.delay:
            time.sleep(fault.delay)
        fails = fault.lost or fault.silent or fault.status is not None
        reply = None if fails and not fault.performed else answer(request)
        if fault.silent:
            self.rfile.read(1)  # until the asker hangs up
        if fault.lost or fault.silent:
            self.close_connection = True
        elif fault.status is not None:
            self._send(_failure(fault))
        elif reply is not None:
            self._send(reply, fault.cut)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _serve  # noqa: N815 (the library's names)

    def _request(self, raw: bytes) -> Request:
        target = urlsplit(self.path)
        path = unquote(target.path)
        if self.github.enterprise:
            path = re.sub(r"^/api/v3(?=/)", "", path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Request(self.github, self.command, path, dict(parse_qsl(target.query)), headers, _json(raw))

    def _fault(self, request: Request, raw: bytes) -> Fault | None:
        with self.github.lock:
            text = raw.decode(errors="replace")
            return next((f for f in self.github.faults if f.takes(request.method, request.path, text)), None)

    def _send(self, reply: Answer, cut: int | None = None) -> None:
        self.send_response(reply.status, HTTPStatus(reply.status).phrase)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content[:cut])
        if cut is not None:
            self.close_connection = True


def _failure(fault: Fault) -> Answer:
    content = json.dumps(fault.answer or {"message": fault.message}).encode()
    return Answer(fault.status or 500, content, {"Content-Type": "application/json; charset=utf-8", **fault.headers})


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode(errors="replace")
