import type { Fault } from "../../src/sandbox/http.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { Choices } from "./choices.ts";

const broken = [
  "",
  "{",
  "[]",
  "null",
  '{"message":"<html>at /srv/app.js:1:1 127.0.0.1:3000</html>"}',
  "<html>",
];

function faultOf(choices: Choices): Fault {
  const body = choices.pick(broken);
  return choices.pick<Fault>([
    { mode: "slow", ms: 20 + choices.below(150) },
    { mode: "hang" },
    { mode: "drop" },
    { mode: "lose" },
    {
      mode: "answer",
      status: choices.pick([200, 200, 301, 400, 401, 403, 404, 409, 429, 500, 502, 503]),
      body,
    },
    { mode: "misreport", status: 500, body },
    { mode: "truncate" },
    { mode: "overstate" },
    { mode: "stall" },
  ]);
}

const serversOf = ({ gitea, gitApi, configstore, workspaces, functions, gateways, kubernetes }: Sandbox) => [
  gitea,
  gitea,
  gitApi,
  configstore,
  workspaces.projectApi,
  workspaces.workspaceApi,
  workspaces.runningProjects,
  functions.server,
  gateways.server,
  kubernetes.server,
];

/** Breaks some of the services behind the gateway; what is returned mends them, and says what was done. */
export function breakSome(
  sandbox: Sandbox,
  choices: Choices,
): { readonly mend: () => void; readonly told: string } {
  const broken = choices.some(serversOf(sandbox), 1 + choices.below(2)).map((server) => {
    const fault = faultOf(choices);
    const times = choices.pick([1, 2, 5, undefined]);
    server.faults.set(fault, times === undefined ? {} : { times });
    return {
      server,
      told: `${String(serversOf(sandbox).indexOf(server))}: ${JSON.stringify({ ...fault, times })}`,
    };
  });
  return {
    told: broken.map(({ told }) => told).join(", "),
    mend: () => {
      for (const { server } of broken) server.faults.clear();
    },
  };
}
