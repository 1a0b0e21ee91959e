import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { startSett } from "../support/sett.ts";

const password = "a-password-of-redis";

/** Something that speaks as Redis does and repeats in its errors what it was sent. */
async function startRepeater(): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      const commands = String(data).match(/^\*\d+\r$/gm) ?? [];
      for (const _ of commands) {
        socket.write(`-ERR unknown command 'AUTH', with args beginning with: '${password}' \r\n`);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `redis://:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("a Redis that repeats what it was sent has its password in no log line, metric or answer", async () => {
  const sett = await startSett({ env: { REDIS_URL: await startRepeater(), LOG_LEVEL: "trace" } });
  const { text } = await sett
    .as("demo")
    .askText('mutation { restartWorkspace(input: { project: { producer: "demo" } }) { project { env } } }');
  await vi.waitFor(() => {
    const said = sett.log.entries.filter(({ upstream }) => upstream === "redis");
    expect(said.map(({ reason }) => reason)).toContain("ERR");
  }, 10_000);
  const pages = await Promise.all(
    ["readyz", "metrics"].map(async (page) => (await fetch(`${sett.url}/${page}`)).text()),
  );
  for (const each of [text, ...pages, ...sett.log.text]) expect(each).not.toContain(password);
});
