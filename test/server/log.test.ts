import { expect, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { LogLines } from "../support/log-lines.ts";

test.each(["authorization", "cookie", "token", "password", "secret", "sudo", "x-api-key"])(
  "what goes by the name of %s is blotted out of a log line, at the top and two levels down",
  (name) => {
    const lines = new LogLines();
    const log = createLog("info", lines);
    log.info(
      { [name]: "hunter2", headers: { [name]: "hunter2" }, request: { headers: { [name]: "hunter2" } } },
      "seen",
    );
    expect(lines.text.join()).not.toContain("hunter2");
    expect(lines.entries).toMatchObject([{ msg: "seen", service: "sett", [name]: "[redacted]" }]);
  },
);

test("a line below the level is not written", () => {
  const lines = new LogLines();
  const log = createLog("warn", lines);
  log.info("quiet");
  log.warn("loud");
  expect(lines.entries.map(({ msg }) => msg)).toEqual(["loud"]);
});
