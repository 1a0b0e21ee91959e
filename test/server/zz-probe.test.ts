import { test } from "vitest";
import { connect } from "node:net";
import { request as httpRequest } from "node:http";
import { startSett } from "../support/sett.ts";
test("probe", async () => {
  const sett = await startSett({env:{BODY_LIMIT:"1000"}});
  for (const chunked of [false, true]) {
    const out: Record<string, number> = {};
    for (let i = 0; i < 30; i++) {
      const r = await new Promise<string>((done) => {
        const q = httpRequest(`${sett.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", ...(chunked ? {} : { "content-length": 8_000_000 }) } }, (res) => { res.resume(); res.on("end", () => done(`ok ${res.statusCode}`)); });
        q.on("error", (e) => done(String(e)));
        const c = Buffer.alloc(100_000, "x"); let n = 0;
        const go = () => { if (n++ < 80) q.write(c, () => go()); else q.end(); }; go();
      });
      out[r] = (out[r] ?? 0) + 1;
    }
    console.log(chunked, out);
  }
  const s = connect(sett.gateway.port, "127.0.0.1");
  await new Promise((r) => s.once("connect", r));
  const t = performance.now();
  await sett.gateway.stop();
  console.log("stop with a silent connection", performance.now() - t);
});
