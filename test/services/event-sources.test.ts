import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent } from "undici";
import { expect, onTestFinished, test, vi } from "vitest";
import { createLog } from "../../src/log.ts";
import { createMetrics } from "../../src/metrics.ts";
import { openEventSource } from "../../src/services/http/event.source.ts";
import { createEventSources, type StreamCall } from "../../src/services/http/event.sources.ts";
import { LogLines } from "../support/log-lines.ts";

/** A server that answers as the test says, and what a source made of it. */
async function listenTo(
  answer: (response: ServerResponse, number: number, request: IncomingMessage) => void,
  call: Pick<StreamCall, "silenceMs" | "lifeMs"> = {},
  connectMs = 5000,
) {
  let asked = 0;
  const server = createServer((request, response) => answer(response, (asked += 1), request));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const log = new LogLines();
  const sources = createEventSources({ connectMs, log: createLog("debug", log), metrics: createMetrics() });
  const heard: string[] = [];
  const source = sources.open(
    { upstream: "configstore", base: `http://127.0.0.1:${port}`, path: ["a b", "stream"], ...call },
    {
      opened: () => heard.push("(opened)"),
      heard: (data) => heard.push(data),
      broke: () => heard.push("(broke)"),
    },
  );
  onTestFinished(async () => {
    await sources.close();
    server.closeAllConnections();
    server.close();
  });
  const hears = (...all: string[]) =>
    vi.waitFor(() => expect(heard.slice(0, all.length)).toEqual(all), { timeout: 10_000, interval: 5 });
  return { source, heard, hears, log, asked: () => asked };
}

const begin = (response: ServerResponse, text = ":ok\n\n") => {
  response.writeHead(200, { "content-type": "text/event-stream;charset=UTF-8" });
  response.write(text);
};

test("events are heard whole, however they are cut up on their way", async () => {
  const { hears } = await listenTo((response) => {
    begin(response);
    const bytes = Buffer.from("event: data\r\ndata: grün\r\ndata: und blau\r\n\r\n:\ndata: x\n\n");
    for (const byte of bytes) response.write(Buffer.from([byte]));
  });
  await hears("(opened)", "grün\nund blau", "x");
});

test("it is asked for as a stream, by an escaped path, and from no page", async () => {
  const seen: IncomingMessage[] = [];
  const { hears } = await listenTo((response, _number, request) => {
    seen.push(request);
    begin(response);
  });
  await hears("(opened)");
  expect(seen[0]?.url).toBe("/a%20b/stream");
  expect(seen[0]?.headers.accept).toBe("text/event-stream");
  expect(seen[0]?.headers).not.toHaveProperty("origin");
});

test("once it is closed the connection is gone, and nothing more is asked", async () => {
  let open: ServerResponse | undefined;
  const { hears, source, heard, asked } = await listenTo((response) => {
    open = response;
    begin(response);
  });
  await hears("(opened)");
  const gone = open && once(open, "close");
  await source.close();
  await gone;
  expect(heard).toEqual(["(opened)"]);
  expect(asked()).toBe(1);
});

test("a stream that ends, is cut, is refused or says nothing is opened again, and each time is told of", async () => {
  const { hears } = await listenTo(
    (response, number) => {
      if (number === 1) {
        begin(response);
        response.end();
      } else if (number === 2) response.destroy();
      else if (number === 3) response.writeHead(500).end();
      else if (number === 4) response.writeHead(200, { "content-type": "text/html" }).end(":ok\n\n");
      else if (number > 5) begin(response, "data: back\n\n");
    },
    {},
    300,
  );
  await hears("(opened)", "(broke)", "(broke)", "(broke)", "(broke)", "(broke)", "(opened)", "back");
});

test("what falls silent is opened again, and signs of life keep it open", async () => {
  const { hears, asked } = await listenTo(
    (response, number) => {
      begin(response);
      if (number === 1) return;
      const beat = setInterval(() => response.write(":\n"), 20);
      setTimeout(() => response.write("data: still there\n\n"), 900);
      response.once("close", () => clearInterval(beat));
    },
    { silenceMs: 300 },
  );
  await hears("(opened)", "(broke)", "(opened)", "still there");
  expect(asked()).toBe(2);
});

/** How often it had broken in a row, each time that was logged. */
const failuresIn = (log: LogLines) => log.entries.map(({ failures }) => failures);

test("a stream that lasts a little over a second and ends, each time, is asked for ever less often", async () => {
  const { log } = await listenTo((response) => {
    begin(response);
    setTimeout(() => response.destroy(), 1100);
  });
  await vi.waitFor(() => expect(failuresIn(log)).toHaveLength(3), { timeout: 15_000 });
  expect(failuresIn(log)).toEqual([1, 2, 3]);
});

test("the longer a stream was waited for, the longer it has to last to count as one", async () => {
  const server = createServer((_request, response) => {
    begin(response);
    setTimeout(() => response.destroy(), 100);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const log = new LogLines();
  const dispatcher = new Agent();
  const patience = { connectMs: 5000, eventLimit: 1000, firstDelayMs: 1500, longestDelayMs: 1500 };
  const source = openEventSource({
    upstream: "configstore",
    address: `http://127.0.0.1:${port}`,
    dispatcher,
    patience: { ...patience, settledMs: 1 },
    listener: { opened: () => {}, heard: () => {}, broke: () => {} },
    log: createLog("debug", log),
  });
  onTestFinished(async () => {
    await source.close();
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  await vi.waitFor(() => expect(failuresIn(log)).toHaveLength(3), { timeout: 15_000 });
  // The first was not waited for: it had settled. Those after it were, for at least 750 milliseconds.
  expect(failuresIn(log)).toEqual([1, 2, 3]);
});

test("a stream that has lasted for its whole life counts as one, however short that is", async () => {
  const { log } = await listenTo(
    (response, number) => {
      begin(response);
      if (number % 2) response.destroy();
    },
    { lifeMs: 50 },
  );
  await vi.waitFor(() => expect(failuresIn(log).length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
  expect(new Set(failuresIn(log))).toEqual(new Set([1]));
});

test("what is opened anew for its age is no break", async () => {
  const { hears, log } = await listenTo((response, number) => begin(response, `data: ${number}\n\n`), {
    lifeMs: 100,
  });
  await hears("(opened)", "1", "(opened)", "2", "(opened)", "3");
  expect(log.text.join("")).not.toContain("broke");
});

test("one that is away for long is logged once, without its address", async () => {
  const { hears, log } = await listenTo((response) => response.destroy());
  await hears("(broke)", "(broke)", "(broke)");
  const levels = log.entries.map(({ level }) => level);
  expect(levels.filter((level) => level === log.entries[0]?.["level"])).toHaveLength(1);
  expect(log.text.join("")).not.toContain("127.0.0.1");
});
