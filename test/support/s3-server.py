"""
OpenStack Swift with its S3 API, all of its servers in one process: a store that really checks signatures, for tests.
Objects live in memory, the lists of accounts and containers below the folder that is given. Writes one line of JSON with
the port when it is ready, and ends when standard input closes.

Usage: /usr/bin/python3 s3-server.py FOLDER KEY SECRET, the key as ACCOUNT:USER
"""
import eventlet

eventlet.monkey_patch()

import json
import logging
import os
import sys
from array import array

from eventlet import listen, wsgi
from swift.common import utils

folder, key, secret = sys.argv[1:]
utils.HASH_PATH_PREFIX = b"qafila"
utils.HASH_PATH_SUFFIX = b"tests"
utils.SWIFT_CONF_FILE = os.path.join(folder, "swift.conf")
with open(utils.SWIFT_CONF_FILE, "w") as conf:
    conf.write("[swift-hash]\nswift_hash_path_prefix = qafila\nswift_hash_path_suffix = tests\n")

from swift.account import server as account_server
from swift.common.middleware import tempauth
from swift.common.middleware.s3api import s3api
from swift.common.ring import RingData
from swift.container import server as container_server
from swift.obj import mem_server as object_server
from swift.proxy import server as proxy_server

logging.disable(logging.CRITICAL)


class Memory:
    """What a memcached would keep for one process."""

    def __init__(self):
        self.kept = {}

    def get(self, key, **_):
        return self.kept.get(key)

    def set(self, key, value, **_):
        self.kept[key] = value

    def delete(self, key, **_):
        self.kept.pop(key, None)


class Quiet:
    def write(self, *_):
        pass


sockets = {name: listen(("127.0.0.1", 0)) for name in ("account", "container", "object", "proxy")}
devices = os.path.join(folder, "devices")
os.makedirs(os.path.join(devices, "sda"))
for name in ("account", "container", "object"):
    port = sockets[name].getsockname()[1]
    device = {"id": 0, "zone": 0, "region": 1, "device": "sda", "ip": "127.0.0.1", "port": port}
    device.update({"replication_ip": "127.0.0.1", "replication_port": port, "weight": 1.0})
    RingData([array("H", [0] * 4)], [device], 30).save(os.path.join(folder, name + ".ring.gz"))

conf = {
    "devices": devices,
    "swift_dir": folder,
    "mount_check": "false",
    "account_autocreate": "true",
    "allow_account_management": "true",
    "node_timeout": "10",
    "conn_timeout": "5",
    "log_level": "CRITICAL",
    "allow_versions": "false",
}
name, part = key.split(":")
auth = {f"user_{name}_{part}": f"{secret} .admin", "allow_overrides": "true"}
proxy = proxy_server.Application(conf)
proxy_app = s3api.filter_factory(conf, s3_acl="false", location="us-east-1", auth_pipeline_check="false")(
    tempauth.filter_factory(conf, **auth)(proxy)
)
memory = Memory()


def with_memory(environ, start_response):
    environ["swift.cache"] = memory
    return proxy_app(environ, start_response)


apps = {
    "account": account_server.AccountController(conf),
    "container": container_server.ContainerController(conf),
    "object": object_server.ObjectController(conf),
    "proxy": with_memory,
}
for name, app in apps.items():
    eventlet.spawn(wsgi.server, sockets[name], app, log=Quiet(), log_output=False)
print(json.dumps({"port": sockets["proxy"].getsockname()[1]}), flush=True)
eventlet.tpool.execute(sys.stdin.read)
os._exit(0)
