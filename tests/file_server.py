"""A file server on this machine that fails as it is told to."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Handler(BaseHTTPRequestHandler):
    """Answers each request by the next word of the plan, then by "range"."""

    def do_GET(self):
        server, range_ = self.server, self.headers.get("Range")
        answer = server.plan.pop(0) if server.plan else "range"
        server.asked.append((self.path, range_))
        start = int(range_.removeprefix("bytes=").rstrip("-")) if range_ else 0
        if answer.isdigit():
            return self.send_error(int(answer))
        if answer.startswith("redirect to "):
            self.send_response(302)
            self.send_header("Location", answer.removeprefix("redirect to "))
            self.end_headers()
            return None
        content = server.wrong if answer == "wrong" else server.content
        if range_ and answer != "no range":
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
            start = 0
        kind, _, length = answer.partition(" ")
        if kind == "length":
            self.send_header("Content-Length", length)
        elif answer not in ("no length", "endless"):
            self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        stop = start + (len(content) - start) // 2 if answer == "cut" else len(content)
        server.sent += stop - start  # before the client has it all and looks
        self.wfile.write(content[start:stop])
        with suppress(OSError):  # the client has had enough
            for _ in range(64 if answer == "endless" else 0):
                self.wfile.write(content)
        return None

    def log_message(self, *args):
        pass


class FileServer(ThreadingHTTPServer):
    """Serves one file under every path, from a thread of its own while in its `with` block.

    Attributes:
        plan: how to answer the next requests: a status such as "404", "cut" in the middle,
            "no range", "no length", "length abc", "wrong" content, "endless" content (65 times the
            file), or "redirect to ftp://127.0.0.1:1/file".
        asked: path and Range header of each request so far.
        sent: bytes of content sent so far.
    """

    def __init__(self, content: bytes):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.wrong = content, content[:-1] + b"?"
        self.plan, self.asked, self.sent = [], [], 0

    def __enter__(self):
        self.thread = Thread(target=self.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()
        self.thread.join(timeout=5)
