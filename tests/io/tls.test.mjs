// The same server over TLS, with a certificate made for the occasion.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import https from "node:https";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.join(root, process.env.LIAISON_BUILD ?? "build", "tests/io/io-peer");
const agent = new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
let peer, port, folder;

before(async () => {
	folder = fs.mkdtempSync(path.join(os.tmpdir(), "io-tls-"));
	const key = path.join(folder, "key.pem"), cert = path.join(folder, "cert.pem");
	execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
		"-nodes", "-days", "1", "-subj", "/CN=localhost", "-keyout", key, "-out", cert],
	{ stdio: "ignore" });
	peer = spawn(program, ["0", "2", cert, key], { stdio: ["ignore", "pipe", "inherit"] });
	const [line] = await once(peer.stdout, "data");
	port = Number(line.toString());
});

after(async () => {
	agent.destroy();
	peer.kill("SIGTERM");
	const [status] = await once(peer, "exit");
	fs.rmSync(folder, { recursive: true });
	assert.equal(status, 0);
});

function ask(where, body) {
	return new Promise((resolve, reject) => {
		const request = https.request({ host: "127.0.0.1", port, path: where, agent,
			method: body === undefined ? "GET" : "POST" }, async (reply) => {
			const chunks = [];
			for await (const chunk of reply)
				chunks.push(chunk);
			resolve({ status: reply.statusCode, body: Buffer.concat(chunks) });
		});
		request.on("error", reject);
		request.end(body);
	});
}

async function open() {
	const ws = new WebSocket(`wss://127.0.0.1:${port}/ws`, { rejectUnauthorized: false });
	await once(ws, "open");
	return ws;
}

test("requests on one connection, small and large", async () => {
	for (const n of [1, 16383, 16384, 16385, 3000000]) {
		const body = Buffer.alloc(n, "0123456789abcdef");
		const reply = await ask("/echo", body);
		assert.equal(reply.status, 200);
		assert.ok(reply.body.equals(body), `${n} bytes`);
	}
	assert.match((await ask("/hello")).body.toString(), /^Hello/);
});

test("WebSockets: every length, a flood, a broadcast", async () => {
	const sockets = await Promise.all(Array.from({ length: 20 }, open));
	const [ws] = sockets;
	for (const n of [0, 125, 126, 65535, 65536, 131072]) {
		ws.send("x".repeat(n));
		assert.equal((await once(ws, "message"))[0].length, n);
	}
	const all = sockets.map((socket) => once(socket, "message"));
	ws.send("!all hello everybody");
	for (const [data] of await Promise.all(all))
		assert.equal(data.toString(), "hello everybody");
	ws.pause();
	ws.send("!flood 20000");
	const told = new Promise((resolve) => {
		ws.on("message", (data) => data.length === 1000 || resolve(data.toString()));
	});
	ws.resume();
	assert.equal(await told, "caught up");
	ws.close(4000, "enough");
	assert.equal((await once(ws, "close"))[0], 4000);
	sockets.forEach((socket) => socket.terminate());
});

test("old protocols are refused", async () => {
	const socket = tls.connect({ host: "127.0.0.1", port, rejectUnauthorized: false,
		minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" });
	const [error] = await once(socket, "error");
	assert.ok(error);
});

test("who speaks no TLS is closed, and a reset in the handshake does no harm", async () => {
	const plain = net.connect(port, "127.0.0.1");
	const gone = new Promise((resolve) => {
		plain.on("close", resolve);
	});
	plain.on("error", () => {}); // it may be a reset
	plain.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	plain.resume();
	await gone;
	const half = net.connect(port, "127.0.0.1");
	await once(half, "connect");
	half.write(Buffer.from([22, 3, 1, 2, 0]));
	half.resetAndDestroy();
	assert.equal((await ask("/hello")).status, 200);
});
