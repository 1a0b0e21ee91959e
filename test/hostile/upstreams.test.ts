import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { startSett } from "../support/sett.ts";
import { inMemory } from "./memory.ts";

const ok = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/** Writes as fast as it is read, until the connection is over. */
function pour(socket: Socket, text: string, most = Infinity): void {
  let poured = 0;
  const go = () => {
    while (!socket.destroyed && poured < most) {
      poured += text.length;
      if (!socket.write(text)) return void socket.once("drain", go);
    }
  };
  go();
}

const hundredKilobytes = "1,".repeat(50_000);
const chunk = `${hundredKilobytes.length.toString(16)}\r\n${hundredKilobytes}\r\n`;
const bomb = gzipSync(Buffer.alloc(80_000_000, " "));

/** What stands where a project's service should, in ways that a plain client waits for, or fills the memory with. */
const answers: readonly [string, (socket: Socket) => void][] = [
  ["takes the request and never answers", () => undefined],
  ["begins its head and never ends it", (socket) => void socket.write(ok)],
  [
    "says headers without end",
    (socket) => {
      socket.write(ok);
      pour(socket, `x-a: ${"b".repeat(1000)}\r\n`);
    },
  ],
  ["says interim answers without end", (socket) => pour(socket, "HTTP/1.1 102 Processing\r\n\r\n")],
  ["begins its body and never ends it", (socket) => void socket.write(`${ok}content-length: 1000\r\n\r\n[`)],
  [
    "answers five hundred megabytes",
    (socket) => {
      socket.write(`${ok}content-length: 500000000\r\n\r\n[`);
      pour(socket, hundredKilobytes, 500_000_000);
    },
  ],
  [
    "answers in parts without end",
    (socket) => {
      socket.write(`${ok}transfer-encoding: chunked\r\n\r\n1\r\n[\r\n`);
      pour(socket, chunk);
    },
  ],
  [
    "answers without end, until it closes",
    (socket) => {
      socket.write(`${ok}connection: close\r\n\r\n[`);
      pour(socket, hundredKilobytes);
    },
  ],
  [
    "answers a part that says much of itself",
    (socket) => {
      socket.write(`${ok}transfer-encoding: chunked\r\n\r\n1;`);
      pour(socket, "a".repeat(10_000));
    },
  ],
  [
    "says that more is to come than comes",
    (socket) => void socket.end(`${ok}content-length: 1000\r\n\r\n[]`),
  ],
  ["says that less is to come than comes", (socket) => void socket.end(`${ok}content-length: 1\r\n\r\n[]`)],
  ["says two lengths", (socket) => void socket.end(`${ok}content-length: 1\r\ncontent-length: 2\r\n\r\n[]`)],
  [
    "answers a small thing that unpacks to a large one",
    (socket) => {
      socket.write(`${ok}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.end(bomb);
    },
  ],
  [
    "answers brackets within brackets",
    (socket) => {
      socket.end(`${ok}connection: close\r\n\r\n${"[".repeat(5_000_000)}`);
    },
  ],
  ["speaks no HTTP", (socket) => void socket.end("220 smtp ready\r\n")],
];

async function standIn(answer: (socket: Socket) => void) {
  const open = new Set<Socket>();
  let asked = 0;
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
    socket.once("data", () => {
      asked += 1;
      answer(socket);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open, asked: () => asked };
}

test.each(answers)(
  "a service that %s is an outage of the field that needs it: in time, in little memory, and no connection stays",
  async (_what, answer) => {
    const service = await standIn(answer);
    const sett = await startSett({
      env: { WORKSPACE_TIMEOUT: "300ms" },
      addresses: { projectApi: `${service.url}/$PRODUCER/$ENV` },
    });
    expect((await sett.as("al").askText("{ viewer { login } }")).codes).toEqual([]);
    const query = '{ viewer { login } project(producer: "demo") { env document } }';
    const { data, errors } = await inMemory(60, async () => {
      const asked = sett.as("demo").askText(query);
      await vi.waitFor(() => expect(service.asked()).toBeGreaterThan(0), { timeout: 10_000 });
      expect((await sett.as("al").askText("{ viewer { login } }")).codes).toEqual([]);
      return asked;
    });
    expect(data).toEqual({ viewer: { login: "customer-demo" }, project: { env: "dev", document: null } });
    expect(errors).toMatchObject([
      {
        path: ["project", "document"],
        extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "project-api" },
      },
    ]);
    await vi.waitFor(() => expect(service.open.size).toBe(0), { timeout: 10_000 });
  },
  60_000,
);
