import { serverAudits } from "graphql-http";
import { test } from "vitest";
import { startSett } from "../support/sett.ts";
test("probe", async () => {
  const sett = await startSett();
  for (const a of serverAudits({ url: `${sett.url}/graphql`, fetchFn: fetch })) {
    const r = await a.fn();
    if (r.status !== "ok") console.log(r.status, a.name, r.status === "ok" ? "" : r.reason, r.status==="ok"?"": r.response.status);
  }
});
