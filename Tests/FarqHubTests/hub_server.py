"""A hub of a few repositories, each with a fault of its own; speaks the protocol that huggingface_hub's client speaks.

Prints its port and the port of a second host, where large files lie; every request is a line of JSON in the file LOG.

    python3 hub_server.py LOG [ZIP]
"""
import hashlib
import http.server
import json
import os
import sys
import threading
import time

LOG = open(sys.argv[1], "w", buffering=1)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
WEIGHTS = bytes(range(256)) * 4000  # 1 MB
PLAIN = {
    "config.json": b'{"model_type": "bert"}', "vocab.txt": "[PAD]\n[UNK]\nخبر\n".encode(), "tokenizer_config.json": b"{}",
    "model.safetensors": WEIGHTS, "README.md": b"# Model", "training_args.bin": b"never fetched", "onnx/model.onnx": b"never",
}
SHARDED = {
    "config.json": b"{}", "tokenizer.json": b"{}", "pytorch_model.bin": b"never fetched",
    "model.safetensors.index.json": json.dumps({"weight_map": {
        "a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors", "c": "../../evil"}}).encode(),
    "model-00001-of-00002.safetensors": WEIGHTS[:1000], "model-00002-of-00002.safetensors": WEIGHTS[1000:2000],
}
REPOSITORIES = {name: PLAIN for name in ("plain", "cut", "busy", "broken", "corrupt", "gated", "private", "stalled", "short")}
REPOSITORIES["sharded"] = SHARDED
REPOSITORIES["bin"] = {"config.json": b"{}", "vocab.txt": b"a\n", "pytorch_model.bin": b"pickle"}
REPOSITORIES["evil"] = {**PLAIN, "../outside.json": b"{}", "/absolute": b"", "a/../../b": b""}
REPOSITORIES["empty"] = {"config.json": b"{}", "vocab.txt": b"a\n"}
times = {}
lock = threading.Lock()
cdn_port = 0


def first(key, count):
    """Whether this is among the first `count` times."""
    with lock:
        times[key] = times.get(key, 0) + 1
        return times[key] <= count


def is_large(name):
    return name.endswith((".safetensors", ".bin"))


def etag(name, data):
    return hashlib.sha256(data).hexdigest() if is_large(name) else hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        length = headers.pop("Content_Length", len(body))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        where = "cdn" if self.server.server_address[1] == cdn_port else "hub"
        LOG.write(json.dumps({"where": where, "method": self.command, "path": self.path, "range": self.headers.get("Range"),
                              "token": self.headers.get("Authorization"), "agent": self.headers.get("User-Agent")}) + "\n")
        parts = self.path.split("?")[0].strip("/").split("/")
        if where == "cdn":
            return self.content(parts[0], "/".join(parts[1:]))
        if parts[:2] == ["files", "SANAD_SUBSET.zip"]:
            return self.send_part("sanad", "SANAD_SUBSET.zip", open(sys.argv[2], "rb").read(), {}) if len(sys.argv) > 2 else self.answer(404)
        if parts[:2] == ["api", "models"]:
            return self.listing(parts[3], parts[5])
        owner, name, _, revision = parts[:4]
        file = "/".join(parts[4:])
        if name == "renamed":
            return self.answer(307, Location=f"/{owner}/plain/resolve/{revision}/{file}")
        self.resolve(name, file)

    def refused(self, name):
        if name == "gated" and self.headers.get("Authorization") != "Bearer hf_right":
            self.answer(403, b"{}", X_Error_Code="GatedRepo")
        elif name == "private" and self.headers.get("Authorization") != "Bearer hf_right":
            self.answer(401, b"{}", X_Error_Code="RepoNotFound")
        elif name == "broken":
            self.answer(503, b"")
        elif name == "busy" and first((name, self.path, self.command), 2):
            self.answer(429, b"", Retry_After="0")
        elif name == "stalled":
            time.sleep(3)
        else:
            return False
        return True

    def listing(self, name, revision):
        if self.refused(name):
            return
        if name == "renamed":
            return self.answer(307, Location=f"/api/models/farq/plain/revision/{revision}")
        if name not in REPOSITORIES:
            return self.answer(404, b"{}", X_Error_Code="RepoNotFound")
        if revision not in ("main", "v1", COMMIT):
            return self.answer(404, b"{}", X_Error_Code="RevisionNotFound")
        body = {"id": f"farq/{name}", "modelId": f"farq/{name}", "sha": COMMIT, "private": False, "tags": [], "downloads": 0,
                "siblings": [{"rfilename": file} for file in REPOSITORIES[name]]}
        self.answer(200, json.dumps(body).encode(), Content_Type="application/json")

    def resolve(self, name, file):
        if self.refused(name):
            return
        data = REPOSITORIES.get(name, {}).get(file)
        if data is None:
            return self.answer(404, b"", X_Error_Code="EntryNotFound", X_Repo_Commit=COMMIT)
        headers = {"X_Repo_Commit": COMMIT}
        if is_large(file):
            self.answer(302, b"", Location=f"http://localhost:{cdn_port}/{name}/{file}", X_Linked_Size=len(data),
                        X_Linked_Etag=f'"{etag(file, data)}"', ETag='"other"', **headers)
        else:
            self.send_part(name, file, data, {**headers, "ETag": f'"{etag(file, data)}"'})

    def content(self, name, file):
        data = REPOSITORIES[name][file]
        if name == "corrupt":
            data = data[:-1] + b"!"
        self.send_part(name, file, data, {"ETag": '"cdn"'})

    def send_part(self, name, file, data, headers):
        asked = self.headers.get("Range")
        start = int(asked.split("=")[1].split("-")[0]) if asked else 0
        if asked and start >= len(data):
            return self.answer(416)
        if asked:
            headers["Content_Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        part = data[start:]
        if name in ("cut", "short") and is_large(file) and self.command == "GET" and first((name, file), 3 if name == "cut" else 99):
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            self.wfile.write(part[:300_000])
            self.wfile.flush()
            self.connection.close()
            self.close_connection = True
            return
        self.answer(206 if asked else 200, part, **headers)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass


hub, cdn = Server(("127.0.0.1", 0), Hub), Server(("127.0.0.1", 0), Hub)
cdn_port = cdn.server_address[1]
threading.Thread(target=cdn.serve_forever, daemon=True).start()
print(hub.server_address[1], flush=True)
# It lives as long as whoever holds its standard input.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
hub.serve_forever()
