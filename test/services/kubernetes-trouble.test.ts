import { expect, onTestFinished, test } from "vitest";
import { createLog } from "../../src/log.ts";
import { createTroubleLog } from "../../src/services/kubernetes/trouble.log.ts";
import { startStandIn } from "./kubernetes.stand-in.ts";
import { watchOf } from "./kubernetes.watching.ts";

/** A log, and what is written there. */
function openedLog() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog("info", {
    write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  const said = () => lines.map(({ msg, times }) => [msg, times]);
  return { log, lines, said };
}

test("what breaks again and again is said at first and then ever more seldom, and once when it goes well", () => {
  const { log, said } = openedLog();
  const trouble = createTroubleLog(log, "a thing");
  trouble.isWell();
  for (let time = 1; time <= 1000; time += 1) trouble.broke("AWAY", {});
  expect(said()).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((times) => ["a thing broke", times]));
  trouble.isWell();
  trouble.isWell();
  trouble.broke("AWAY", {});
  expect(said().slice(10)).toEqual([
    ["a thing goes well again", 1000],
    ["a thing broke", 1],
  ]);
});

test("another reason is said at once, and a mistake of ours as an error", () => {
  const { log, lines } = openedLog();
  const trouble = createTroubleLog(log, "a thing");
  for (let time = 1; time <= 100; time += 1) trouble.broke("AWAY", {});
  trouble.broke("FORBIDDEN", { status: 403 });
  expect(lines.at(-1)).toMatchObject({ reason: "FORBIDDEN", status: 403, level: 40 });
  trouble.broke("BROKEN", { err: new TypeError("of ours") });
  expect(lines.at(-1)).toMatchObject({ level: 50, err: { message: "of ours" } });
});

test("a cluster that stays away costs a watch few lines in the log, and one says that it is back", async () => {
  const { log, lines, said } = openedLog();
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  let refused = 0;
  cluster.answerInstead(({ response }) => {
    refused += 1;
    response.writeHead(503).end();
    return true;
  });
  const { watch, until, untilPhase } = watchOf(cluster, { longestDelayMs: 4 }, undefined, log);
  watch.start();
  await until(() => refused >= 40);
  expect(lines.length).toBeLessThanOrEqual(7);
  expect(lines[0]).toMatchObject({
    watch: "things",
    reason: "UNREACHABLE",
    status: 503,
    msg: "a watch broke",
  });
  cluster.answerInstead(() => false);
  await untilPhase("live");
  expect(said().at(-1)?.[0]).toBe("a watch goes well again");
});
