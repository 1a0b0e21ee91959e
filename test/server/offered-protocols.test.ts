import { once } from "node:events";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { startSett } from "../support/sett.ts";

const body = JSON.stringify({ query: "{ __typename }" });

test.each(["h2c", "TLS/1.3"])(
  "a request that offers %s is answered as if it offered nothing, its body read, and the connection serves the next one",
  async (offer) => {
    const sett = await startSett();
    const socket = connect(sett.gateway.port, "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    await once(socket, "connect");
    let heard = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      heard += text;
    });
    for (let answers = 1; answers <= 2; answers += 1) {
      socket.write(
        [
          "POST /graphql HTTP/1.1",
          "host: sett",
          "connection: Upgrade, HTTP2-Settings",
          `upgrade: ${offer}`,
          "http2-settings: AAMAAABkAAQAAP__",
          "content-type: application/json",
          `content-length: ${body.length}`,
          "",
          body,
        ].join("\r\n"),
      );
      await expect.poll(() => heard.match(/\{"data":\{"__typename":"Query"\}\}/g)?.length).toBe(answers);
    }
    expect(heard).toMatch(/^HTTP\/1\.1 200 /);
  },
);
