import type { Fault, SandboxServer } from "../../src/sandbox/http.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** One way for a service to fail, and how it ends. */
export interface Failing {
  readonly begin: (server: SandboxServer, path?: RegExp) => Promise<void> | void;
  readonly end: (server: SandboxServer) => Promise<void> | void;
}

const page = "<html><body>502 Bad Gateway at internal-7c21.svc</body></html>";

const by = (fault: Fault, turns?: number): Failing => ({
  begin: ({ faults }, path) =>
    faults.set(fault, { ...(path ? { path } : {}), ...(turns === undefined ? {} : { turns }) }),
  end: ({ faults }) => faults.clear(),
});

/** Who never answers goes on asking nothing of anybody: somebody has to start it anew. */
const silentlyBy = (fault: Fault): Failing => ({
  ...by(fault),
  end: async (server) => {
    server.faults.clear();
    await server.stop();
    await server.resume();
  },
});

/** Nothing that needs the service can be answered, and that takes as long as one is patient. */
export const silences: Readonly<Record<string, Failing>> = {
  "takes connections and never answers": silentlyBy({ mode: "hang" }),
  "sends the head of an answer and never its body": silentlyBy({ mode: "stall" }),
};

/** Nothing that needs the service can be answered, and that is soon known. */
export const outages: Readonly<Record<string, Failing>> = {
  "refuses connections": {
    begin: (server, path) => (path ? by({ mode: "drop" }).begin(server, path) : server.stop()),
    end: async (server) => {
      server.faults.clear();
      await server.stop();
      await server.resume();
    },
  },
  "cuts every connection": by({ mode: "drop" }),
  "breaks off half way through each answer": by({ mode: "overstate" }),
  "answers half of its JSON": by({ mode: "truncate" }),
  "answers JSON of another shape": by({ mode: "answer", status: 200, body: '"internal-7c21.svc"' }),
  "answers a page with status 200": by({
    mode: "answer",
    status: 200,
    headers: { "content-type": "text/html" },
    body: page,
  }),
  "answers 503": by({ mode: "answer", status: 503, body: page }),
};

/** It answers now and then. */
export const comingAndGoing = by({ mode: "drop" }, 3);

/** It takes its time, but answers. */
export const takingItsTime = by({ mode: "slow", ms: 60 });

/** The services behind the gateway, by the names that errors have for them. */
export function servicesOf({
  gitea,
  gitApi,
  configstore,
  workspaces,
  gateways,
  functions,
  kubernetes,
}: Sandbox): Readonly<Record<string, SandboxServer>> {
  return {
    gitea,
    "git-api": gitApi,
    configstore,
    "project-api": workspaces.projectApi,
    "workspace-api": workspaces.workspaceApi,
    "running-project": workspaces.runningProjects,
    "gateway-admin": gateways.server,
    "sls-api": functions.server,
    kubernetes: kubernetes.server,
  };
}
