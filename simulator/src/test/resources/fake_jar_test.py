"""Clients in Python of the program that is shipped: FAKE is the command that starts it."""
import json
import os
import resource
import select
import signal
import socket
import subprocess
import tempfile
import time
import unittest

FAKE = os.environ["FAKE"].split()


class Client:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(20)
        self.socket.connect(path)
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")

    def negotiate(self):
        self.lines.readline()
        return self.ask("qmp_capabilities")

    def ask(self, command, files=(), **arguments):
        line = json.dumps({"execute": command, "arguments": arguments}).encode()
        socket.send_fds(self.socket, [line], [file.fileno() for file in files])
        message = json.loads(self.lines.readline())
        while "event" in message:
            message = json.loads(self.lines.readline())
        return message

    def close(self):
        self.lines.close()
        self.socket.close()


class FakeJarTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def options(self, *names):
        options = []
        for name in names:
            options += ["-qmp", f"unix:{self.folder}/{name},server=on,wait=off"]
        return options

    def start(self, *names):
        ready = self.folder + "/ready"
        os.mkfifo(ready)
        fake = subprocess.Popen(FAKE + self.options(*names) + ["--ready-file", ready])
        self.addCleanup(fake.wait)
        self.addCleanup(fake.terminate)
        with open(ready) as file:
            self.assertEqual(file.read(), "ready\n")
        return fake

    def client(self, name):
        client = Client(f"{self.folder}/{name}")
        self.addCleanup(client.close)
        return client

    def test_open_files_come_through(self):
        self.start("a")
        client = self.client("a")
        client.negotiate()
        with tempfile.TemporaryFile() as file:
            self.assertEqual(client.ask("getfd", [file], fdname="one"), {"return": {}})
            added = client.ask("add-fd", [file], opaque="two")["return"]
        self.assertEqual(client.ask("closefd", fdname="one"), {"return": {}})
        self.assertEqual(
            client.ask("query-fdsets")["return"],
            [{"fdset-id": added["fdset-id"], "fds": [{"fd": added["fd"], "opaque": "two"}]}])
        self.assertEqual(
            client.ask("getfd", fdname="one")["error"]["desc"], "No file descriptor supplied via SCM_RIGHTS")

    def test_a_fake_that_has_no_descriptor_left_serves_on(self):
        names = [f"m{i}" for i in range(30)]
        fake = self.start(*names)
        limit = len(os.listdir(f"/proc/{fake.pid}/fd")) + 10
        resource.prlimit(fake.pid, resource.RLIMIT_NOFILE, (limit, limit))
        waiting = [self.client(name) for name in names]
        first = self.greeted(waiting)[0]
        first.negotiate()
        for _ in range(20):
            self.assertIn("return", first.ask("query-status"))
        self.assertLess(len(self.greeted(waiting)), len(names) - 1)
        first.close()
        waiting.remove(first)
        while waiting:
            for client in self.greeted(waiting):
                self.assertEqual(client.negotiate(), {"return": {}})
                client.close()
                waiting.remove(client)

    def greeted(self, clients):
        readable, _, _ = select.select([client.socket for client in clients], [], [], 20)
        self.assertTrue(readable, "nobody is greeted")
        return [client for client in clients if client.socket in readable]

    def test_in_the_background(self):
        pid_file = self.folder + "/pid"
        began = subprocess.run(
            FAKE + self.options("a") + ["-daemonize", "-pidfile", pid_file],
            capture_output=True, text=True, timeout=60)
        self.assertEqual((began.returncode, began.stdout, began.stderr), (0, "", ""))
        with open(pid_file) as file:
            pid = int(file.read())
        self.assertNotEqual(os.getsid(pid), os.getsid(0))
        self.assertEqual(self.client("a").negotiate(), {"return": {}})
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + 20
        while os.path.exists(pid_file):
            self.assertLess(time.monotonic(), deadline, "the fake goes on")
            time.sleep(0.01)

    def test_what_can_not_start_in_the_background_says_so(self):
        began = subprocess.run(
            FAKE + self.options("a") + ["-daemonize", "-drive", "if=none,id=x,file=/no/file,format=raw"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(began.returncode, 2)
        self.assertRegex(began.stderr, r"\Aqemu-fake: Could not open '/no/file': No such file or directory.*\n\Z")


if __name__ == "__main__":
    unittest.main()
