import type { IncomingHttpHeaders } from "node:http";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { onTestFinished, vi } from "vitest";
import { readActualizerConfig } from "../../src/actualizer/actualizer.config.ts";
import type { Actualizer, ActualizerPatience } from "../../src/actualizer/actualizer.ts";
import { startSandboxedActualizer } from "../../src/actualizer/sandboxed.actualizer.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startGateway, type Gateway, type GatewayOptions } from "../../src/server/gateway.ts";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.ts";
import { subscribeAt, type Subscribed } from "./live-client.ts";
import { LogLines } from "./log-lines.ts";

/** The sandbox's people, and nobody. */
export type PersonName = "demo" | "al" | "zu" | "eve" | "admin" | "nobody";

export const everybody: readonly PersonName[] = ["demo", "al", "zu", "eve", "admin", "nobody"];

/** One error of an answer. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

/** A whole answer. */
export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  /** The body to the letter. */
  readonly text: string;
  readonly data: Data | null | undefined;
  readonly errors: readonly AnsweredError[];
  /** The codes of the errors, in their order. */
  readonly codes: readonly string[];
}

/** Somebody with the gateway at hand. */
export interface Person {
  readonly ask: <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    ...variables: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ) => Promise<Answer<Data>>;
  /** The same with a text that the generator does not know. */
  readonly askText: (
    query: string,
    variables?: Record<string, unknown>,
  ) => Promise<Answer<Record<string, unknown>>>;
  /** Subscribes over a WebSocket. */
  readonly subscribe: <Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    ...variables: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ) => Subscribed<Data>;
  /** The same with a text that the generator does not know. */
  readonly subscribeText: (
    query: string,
    variables?: Record<string, unknown>,
  ) => Subscribed<Record<string, unknown>>;
}

/** A gateway on a sandbox of its own, for one test. */
export interface Sett {
  readonly url: string;
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** Where one was asked for; throws where none runs. */
  readonly actualizer: Actualizer;
  readonly log: LogLines;
  readonly as: (name: PersonName) => Person;
  /** Somebody who shows this in the Authorization header, whatever it is. */
  readonly showing: (authorization: string | undefined) => Person;
  /**
   * Every call made to a service behind the gateway since this was last asked, as `gitea GET /api/v1/…`, but for what
   * Gitea tells configstore of pushes when it gets round to it, and for what the gateway watches of the cluster unasked, and who the audit log is told of;
   * or only those that were made for one request.
   */
  readonly upstreamCalls: (requestId?: string | null) => readonly string[];
  /** What the gateway's metrics say of a name, labels included. */
  readonly measured: (name: string) => Promise<number>;
  /** Resolves once so many subscriptions run. */
  readonly subscriptionsRun: (count: number) => Promise<void>;
}

/** What a gateway for tests is started with. */
export interface SettOptions {
  /** Variables of the environment, over the defaults. */
  readonly env?: Readonly<Record<string, string>>;
  readonly strategies?: GatewayOptions["strategies"];
  readonly timing?: Parameters<typeof startSandbox>[0]["timing"];
  readonly workspaceTiming?: Parameters<typeof startSandbox>[0]["workspaceTiming"];
  readonly gatewayTiming?: Parameters<typeof startSandbox>[0]["gatewayTiming"];
  readonly functionTiming?: Parameters<typeof startSandbox>[0]["functionTiming"];
  readonly clusterTiming?: Parameters<typeof startSandbox>[0]["clusterTiming"];
  /**
   * Whether the actualizer runs, on a cluster that is empty before: then what is saved is followed. Otherwise everything
   * runs from the start, and stays as it is.
   */
  readonly actualizer?: boolean | { readonly patience?: ActualizerPatience };
  /** What is done to the sandbox before the gateway starts. */
  readonly prepare?: (sandbox: Sandbox) => void | Promise<void>;
  /** Takes what stops it; without this it is stopped with the test. */
  readonly until?: (stop: () => Promise<void>) => void;
  /** Other addresses than the sandbox's. */
  readonly addresses?: Partial<GatewayOptions["addresses"]>;
}

async function answerOf<Data>(response: Response): Promise<Answer<Data>> {
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: Data | null; errors?: readonly AnsweredError[] };
  const codes = errors.map(({ extensions }) => extensions.code);
  return { status: response.status, headers: response.headers, text, data, errors, codes };
}

/** Somebody at a gateway, by what they show. */
export function personAt(url: string, authorization: string | undefined): Person {
  const send = async <Data>(query: string, variables: object = {}) =>
    answerOf<Data>(
      await fetch(`${url}/graphql`, {
        method: "POST",
        headers: {
          accept: "application/graphql-response+json, application/json",
          "content-type": "application/json",
          ...(authorization === undefined ? {} : { authorization }),
        },
        body: JSON.stringify({ query, variables }),
      }),
    );
  return {
    ask: (document, ...[variables]) => send(print(document), variables),
    askText: (query, variables) => send(query, variables),
    subscribe: (document, ...[variables]) => subscribeAt(url, authorization, print(document), variables),
    subscribeText: (query, variables) => subscribeAt(url, authorization, query, variables),
  };
}

/** A workspace that takes no longer than it must: what overlaps is damaged all the same. */
const quick = { readMs: 0, writeMs: 0, installMs: 0, testConnectionMs: 0, clearMs: 0 };

/** A gateway that serves what was written to it a moment later; what overlaps is lost all the same. */
const quickGateways = { staleMs: 30 };

/** The same of what keeps and deploys functions. */
const quickFunctions = { writeMs: 0, deployMs: 0, undeployMs: 0, logsMs: 0 };

/** Pods that are there in no time, and gone as soon. */
const quickPods = { scheduleMs: 1, createMs: 1, readyMs: 1, terminateMs: 1, tooLargeMs: 50 };

/** A cluster that fails is soon asked again. */
const quickRetries = { KUBERNETES_RETRY: "100ms" };

/** An actualizer that is soon to try again. */
const quickActualizer: ActualizerPatience = {
  watch: { firstDelayMs: 5, settledMs: 30, longestDelayMs: 100 },
  leader: { retryMs: 200 },
  controller: { waitMs: 30, firstDelayMs: 20, longestDelayMs: 500 },
  functions: { settleMs: 300, firstDelayMs: 5_000 },
  projecting: { waitMs: 30, undecidedMs: 50, firstDelayMs: 20, longestDelayMs: 500 },
};

/** What the gateway asks of the cluster by itself. */
const isWatched = (name: string, path: string) =>
  name === "kubernetes" &&
  /\/(?:pods|deployments|endpointslices|producers|workspaces|gateways|functions)(?:\?|$)/.test(path);

/** What is asked of Gitea after the answer, so that the audit log has a name. */
const isForTheAudit = ({ "x-request-id": id }: IncomingHttpHeaders) => String(id).endsWith(".audit");

/**
 * Each save is pushed, and the push comes back by Gitea's hook: a test that waits for pushes sets its own delay, and the
 * actualizer hears of them at once.
 */
const echoesNever = 3_600_000;

/** Stops all in their order, and keeps none: what is to be done after a test is remembered long after it. */
function stopping(...all: readonly { readonly stop: () => Promise<unknown> }[]): () => Promise<void> {
  let left = all;
  return async () => {
    const both = left;
    left = [];
    for (const each of both) await each.stop();
  };
}

/** Starts a gateway on a sandbox, both on free ports, and stops them with the test. */
export async function startSett({
  env = {},
  strategies,
  timing,
  workspaceTiming,
  functionTiming,
  gatewayTiming,
  clusterTiming,
  actualizer: wantedActualizer = false,
  prepare,
  until = onTestFinished,
  addresses,
}: SettOptions = {}): Promise<Sett> {
  const environment = {
    PORT: "0",
    LOG_LEVEL: "info",
    GATEWAY_SETTLE_INTERVAL: "10ms",
    ACTUALIZER: wantedActualizer === false ? "false" : "true",
    // How busy the machine is that runs the tests is no matter of theirs.
    LOOP_DELAY_LIMIT: "0ms",
    ...quickRetries,
    ...env,
  };
  const config = readConfig(environment);
  const log = new LogLines();
  const sandbox = await startSandbox({
    ...config,
    timing: { branchLagMs: 0, hookDelayMs: wantedActualizer === false ? echoesNever : 1, ...timing },
    workspaceTiming: { ...quick, ...workspaceTiming },
    gatewayTiming: { ...quickGateways, ...gatewayTiming },
    functionTiming: { ...quickFunctions, ...functionTiming },
    clusterTiming: { ...quickPods, ...clusterTiming },
    cluster: wantedActualizer === false ? "running" : "empty",
  });
  await prepare?.(sandbox);
  const actualizer =
    wantedActualizer === false
      ? undefined
      : await startSandboxedActualizer({
          config: readActualizerConfig(environment),
          sandbox,
          patience: (wantedActualizer === true ? undefined : wantedActualizer.patience) ?? quickActualizer,
          log: createLog(config.LOG_LEVEL, log),
        });
  const gateway = await startGateway(config, {
    addresses: { ...sandbox.addresses, ...addresses },
    log: createLog(config.LOG_LEVEL, log),
    examples: sandbox.examples,
    people: sandbox.people,
    ...(strategies ? { strategies } : {}),
  });
  until(stopping(gateway, ...(actualizer ? [actualizer] : []), sandbox));
  const { gitea, gitApi, configstore, workspaces, functions, gateways, kubernetes, oidc } = sandbox;
  const servers = {
    gitea,
    "git-api": gitApi,
    configstore,
    "project-api": workspaces.projectApi,
    "workspace-api": workspaces.workspaceApi,
    "running-project": workspaces.runningProjects,
    "sls-api": functions.server,
    "gateway-admin": gateways.server,
    kubernetes: kubernetes.server,
    issuer: oidc,
  };
  const measured = async (name: string) => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  };
  const showing = (authorization: string | undefined) => personAt(gateway.url, authorization);
  return {
    url: gateway.url,
    gateway,
    sandbox,
    get actualizer() {
      if (!actualizer) throw new Error("no actualizer runs");
      return actualizer;
    },
    log,
    showing,
    measured,
    subscriptionsRun: (count) =>
      vi.waitFor(
        async () => {
          const running = await measured("sett_subscriptions_running");
          if (running !== count) throw new Error(`${running} subscriptions run, not ${count}`);
        },
        { timeout: 10_000, interval: 20 },
      ),
    as: (name) => showing(name === "nobody" ? undefined : `token ${name}-token`),
    upstreamCalls: (requestId) =>
      Object.entries(servers).flatMap(([name, server]) => {
        const calls = server.requests.filter(
          ({ path, headers }) =>
            path !== "/hook" &&
            !isForTheAudit(headers) &&
            !isWatched(name, path) &&
            (requestId == null || headers["x-request-id"] === requestId),
        );
        server.clearRequests();
        return calls.map(({ method, path }) => `${name} ${method} ${path}`);
      }),
  };
}
