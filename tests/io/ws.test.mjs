// The WebSocket server against another implementation of RFC 6455: npm's `ws`.
//
// Needs build/tests/io/io-peer (ninja -C build tests/io/io-peer); LIAISON_BUILD names
// another build folder.  Run it alone with: node --test tests/io/
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import WebSocket from "ws";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const program = path.join(root, process.env.LIAISON_BUILD ?? "build", "tests/io/io-peer");
let peer, port;

before(async () => {
	peer = spawn(program, ["0", "2"], { stdio: ["ignore", "pipe", "inherit"] });
	const [line] = await once(peer.stdout, "data");
	port = Number(line.toString());
});

after(async () => {
	peer.kill("SIGTERM");
	const [status] = await once(peer, "exit");
	assert.equal(status, 0);
});

async function open(options = {}) {
	const ws = new WebSocket(`ws://127.0.0.1:${port}/ws`, options.protocols ?? [], {
		perMessageDeflate: options.deflate ?? false,
	});
	await once(ws, "open");
	return ws;
}

async function hear(ws) {
	const [data, isBinary] = await once(ws, "message");
	assert.equal(isBinary, false);
	return data.toString();
}

async function closed(ws) {
	const [code, reason] = await once(ws, "close");
	return [code, reason.toString()];
}

test("texts of every form of length come back", async () => {
	const ws = await open();
	for (const n of [0, 1, 125, 126, 127, 65535, 65536, 131072]) {
		const text = "é".repeat(n >> 1) + "x".repeat(n & 1);
		ws.send(text);
		assert.equal(await hear(ws), text);
	}
	ws.close();
	assert.deepEqual(await closed(ws), [1005, ""]);
});

test("a message beyond the limit is refused", async () => {
	const ws = await open();
	ws.send("x".repeat(131073));
	assert.equal((await closed(ws))[0], 1009);
});

test("fragments make one message, with pings in between", async () => {
	const ws = await open();
	const pong = once(ws, "pong");
	ws.send("one ", { fin: false });
	ws.ping("in between");
	ws.send("two ", { fin: false });
	ws.send("三 ".repeat(30000), { fin: false });
	ws.send("four", { fin: true });
	assert.equal((await pong)[0].toString(), "in between");
	assert.equal(await hear(ws), "one two " + "三 ".repeat(30000) + "four");
	ws.terminate();
});

test("a character may be cut in two by fragments", async () => {
	const ws = await open();
	const bytes = Buffer.from("你好😀");
	for (let i = 0; i < bytes.length; i++)
		ws.send(bytes.subarray(i, i + 1), { binary: false, fin: i === bytes.length - 1 });
	assert.equal(await hear(ws), "你好😀");
	ws.terminate();
});

test("compression is not negotiated, the protocol is", async () => {
	const ws = await open({ deflate: true, protocols: ["other", "echo"] });
	assert.equal(ws.extensions, "");
	assert.equal(ws.protocol, "echo");
	ws.send("plain");
	assert.equal(await hear(ws), "plain");
	ws.terminate();
});

test("close codes and reasons go both ways", async () => {
	for (const [code, reason] of [[1000, ""], [1001, "away"], [3000, "三千"], [4999, "x".repeat(123)]]) {
		const mine = await open();
		mine.close(code, reason);
		assert.equal((await closed(mine))[0], code);
		const theirs = await open();
		theirs.send(`!close ${code} ${reason}`);
		assert.deepEqual(await closed(theirs), [code, reason]);
	}
});

test("a dropped socket ends without a handshake", async () => {
	const ws = await open();
	ws.send("!drop");
	assert.equal((await closed(ws))[0], 1006);
});

test("binary is refused with 1003", async () => {
	const ws = await open();
	ws.send(Buffer.from([1, 2, 3]));
	assert.deepEqual(await closed(ws), [1003, "text only"]);
});

test("200 sockets on two loops get every message of a broadcast, in order", async () => {
	const sockets = await Promise.all(Array.from({ length: 200 }, () => open()));
	const all = sockets.map((ws) => new Promise((resolve) => {
		const got = [];
		ws.on("message", (data) => {
			got.push(data.toString());
			if (got.length === 50)
				resolve(got);
		});
	}));
	for (let i = 0; i < 50; i++)
		sockets[0].send(`!all message ${i} ${"x".repeat(i * 100)}`);
	for (const got of await Promise.all(all)) {
		for (let i = 0; i < 50; i++)
			assert.equal(got[i], `message ${i} ${"x".repeat(i * 100)}`);
	}
	sockets.forEach((ws) => ws.terminate());
});

test("who reads slowly falls behind and hears of it", async () => {
	const ws = await open();
	let frames = 0;
	ws.pause();
	ws.send("!flood 20000");
	ws.send("still here");
	const told = new Promise((resolve) => {
		ws.on("message", (data) => {
			if (data.length === 1000)
				frames++;
			else
				resolve(data.toString());
		});
	});
	ws.resume();
	assert.equal(await told, "caught up");
	assert.ok(frames > 1000 && frames < 20000, `${frames} frames`);
	ws.terminate();
});

test("what is not a handshake gets an HTTP answer", async () => {
	const plain = await fetch(`http://127.0.0.1:${port}/ws`);
	assert.equal(plain.status, 426);
	assert.equal(plain.headers.get("sec-websocket-version"), "13");
	const ws = new WebSocket(`ws://127.0.0.1:${port}/nowhere`);
	const [, response] = await once(ws, "unexpected-response");
	assert.equal(response.statusCode, 404);
	ws.on("error", () => {}); // that it was not opened
	ws.terminate();
});

test("fetch, keep-alive and large bodies", async () => {
	const body = "你好".repeat(500000);
	for (let i = 0; i < 3; i++) {
		const reply = await fetch(`http://127.0.0.1:${port}/echo`, { method: "POST", body });
		assert.equal(await reply.text(), body);
	}
	const stream = new ReadableStream({
		start(controller) {
			for (let i = 0; i < 10; i++)
				controller.enqueue(new TextEncoder().encode(`part ${i} `));
			controller.close();
		},
	});
	const chunked = await fetch(`http://127.0.0.1:${port}/echo`, {
		method: "POST", body: stream, duplex: "half",
	});
	assert.match(await chunked.text(), /^part 0 .*part 9 $/);
});

test("an unmasked frame is refused", async () => {
	const socket = net.connect(port, "127.0.0.1");
	socket.write("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
	await once(socket, "data");
	socket.write(Buffer.from([0x81, 1, 0x78]));
	const chunks = [];
	for await (const chunk of socket)
		chunks.push(chunk);
	assert.deepEqual(Buffer.concat(chunks), Buffer.from([0x88, 2, 0x03, 0xea]));
});
