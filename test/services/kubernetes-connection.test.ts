import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { openCluster } from "../../src/services/kubernetes/cluster.connection.ts";
import { ClusterRefusal, ClusterUnreachable } from "../../src/services/kubernetes/cluster.errors.ts";
import type { ClusterSource } from "../../src/services/kubernetes/cluster.source.ts";
import recorded from "./kubernetes.recorded.json" with { type: "json" };
import { startStandIn, type Exchange } from "./kubernetes.stand-in.ts";
import { watchOf } from "./kubernetes.watching.ts";

const call = { path: ["api", "v1", "namespaces", "customer", "pods"], timeoutMs: 10_000 };

async function standIn() {
  const cluster = await startStandIn();
  onTestFinished(cluster.close);
  return cluster;
}

function connect(source: ClusterSource) {
  const connection = openCluster(source);
  onTestFinished(connection.close);
  return connection;
}

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "sett-cluster-"));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

/** Accepts the tokens that a test says at the moment. */
const accepting =
  (accepted: Set<string>) =>
  ({ request, response }: Exchange) => {
    if (accepted.has(request.headers.authorization ?? "")) return false;
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify(recorded.unauthorized.body));
    return true;
  };

test("however many calls come one after the other, they share a connection or two", async () => {
  const cluster = await standIn();
  const connection = connect({ from: "address", url: cluster.url });
  for (const _call of Array.from({ length: 50 })) await connection.ask(call);
  expect(cluster.requests).toHaveLength(50);
  // The next call may begin in the moment before the connection of the last one is free.
  expect(cluster.state.connections).toBeLessThanOrEqual(2);
});

test("a token that was replaced is read again once, and the call that met the old one succeeds", async () => {
  const cluster = await standIn();
  const tokenFile = join(await folder(), "token");
  await writeFile(tokenFile, "first\n");
  const accepted = new Set(["Bearer first"]);
  cluster.answerInstead(accepting(accepted));
  const connection = connect({ from: "address", url: cluster.url, tokenFile });
  await connection.ask(call);
  accepted.clear();
  accepted.add("Bearer second");
  await writeFile(tokenFile, "second\n");
  await Promise.all([connection.ask(call), connection.ask(call), connection.ask(call)]);
  await connection.ask(call);
  expect(cluster.requests.at(-1)?.request.headers.authorization).toBe("Bearer second");
});

test("a credential that is not accepted after that either is a refusal after two requests", async () => {
  const cluster = await standIn();
  cluster.answerInstead(accepting(new Set()));
  const connection = connect({ from: "address", url: cluster.url, token: "revoked" });
  const refusal = await connection.ask(call).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(ClusterRefusal);
  expect(refusal).toMatchObject({ status: 401, reason: "Unauthorized" });
  expect(cluster.requests).toHaveLength(2);
});

test("a watch whose token is replaced goes on with the new one, and never says that it is unsure", async () => {
  const cluster = await standIn();
  cluster.put("a", 1);
  const tokenFile = join(await folder(), "token");
  await writeFile(tokenFile, "first");
  const accepted = new Set(["Bearer first"]);
  cluster.answerInstead(accepting(accepted));
  const { watch, states, untilRight } = watchOf(
    cluster,
    {},
    { from: "address", url: cluster.url, tokenFile },
  );
  watch.start();
  await untilRight();
  accepted.clear();
  accepted.add("Bearer second");
  await writeFile(tokenFile, "second");
  cluster.end();
  cluster.put("a", 2);
  await untilRight();
  expect(states).toEqual([{ phase: "live" }]);
});

test("a watch whose credential is taken away says so", async () => {
  const cluster = await standIn();
  cluster.answerInstead(accepting(new Set()));
  const { watch, states, untilPhase } = watchOf(cluster);
  watch.start();
  await untilPhase("stale");
  expect(states).toMatchObject([{ phase: "stale", reason: "UNAUTHORIZED" }]);
});

test("a kubeconfig file says where the cluster is and as whom to ask, by the context that is named", async () => {
  const cluster = await standIn();
  const path = join(await folder(), "config");
  const config = {
    "current-context": "nowhere",
    clusters: [
      { name: "here", cluster: { server: `${cluster.url}/prefix/`, "insecure-skip-tls-verify": true } },
      { name: "nowhere", cluster: { server: "https://127.0.0.1:1" } },
    ],
    users: [
      {
        name: "commanded",
        user: {
          exec: {
            command: process.execPath,
            args: ["-e", `console.log(JSON.stringify({ status: { token: "made" } }))`],
          },
        },
      },
      { name: "nobody", user: {} },
    ],
    contexts: [
      { name: "right", context: { cluster: "here", user: "commanded" } },
      { name: "nowhere", context: { cluster: "nowhere", user: "nobody" } },
    ],
  };
  await writeFile(path, JSON.stringify(config));
  const connection = connect({ from: "file", path, context: "right" });
  await connection.ask(call);
  expect(cluster.requests[0]?.url.pathname).toBe("/prefix/api/v1/namespaces/customer/pods");
  expect(cluster.requests[0]?.request.headers.authorization).toBe("Bearer made");
});

test("a command for a credential that fails is an outage that tells nothing of what it said", async () => {
  const cluster = await standIn();
  const path = join(await folder(), "config");
  const exec = { command: process.execPath, args: ["-e", `console.error("hunter2"); process.exit(1)`] };
  const config = {
    "current-context": "it",
    clusters: [{ name: "it", cluster: { server: cluster.url, "insecure-skip-tls-verify": true } }],
    users: [{ name: "it", user: { exec } }],
    contexts: [{ name: "it", context: { cluster: "it", user: "it" } }],
  };
  await writeFile(path, JSON.stringify(config));
  const error = await connect({ from: "file", path })
    .ask(call)
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: "NO_CREDENTIAL" });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("hunter2");
});

test("a configuration that does not exist is an outage, told without the file's name", async () => {
  const error = await connect({ from: "file", path: "/nowhere/at/all" })
    .ask(call)
    .catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: "NO_CLUSTER" });
  expect(String(error)).not.toContain("nowhere");
});

test("an answer that does not come, or not to its end, is an outage when its time is over", async () => {
  const cluster = await standIn();
  const connection = connect({ from: "address", url: cluster.url });
  cluster.answerInstead(() => true);
  await expect(connection.ask({ ...call, timeoutMs: 30 })).rejects.toMatchObject({ code: "ETIMEDOUT" });
  cluster.answerInstead(({ response }) => {
    response.writeHead(200);
    return response.write("{");
  });
  await expect(connection.ask({ ...call, timeoutMs: 30 })).rejects.toMatchObject({ code: "ETIMEDOUT" });
});

test("a server that cannot be reached is an outage, and no address is told", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const connection = connect({ from: "address", url: `http://127.0.0.1:${port}` });
  const error = await connection.ask(call).catch((failure: unknown) => failure);
  expect(error).toBeInstanceOf(ClusterUnreachable);
  expect(error).toMatchObject({ code: "ECONNREFUSED" });
  expect(String(error)).not.toContain(String(port));
});

test("an answer may come compressed, but may not grow past its limit as it is unpacked", async () => {
  const cluster = await standIn();
  const connection = connect({ from: "address", url: cluster.url });
  const long = "x".repeat(100_000);
  cluster.answerInstead(({ request, response }) => {
    expect(request.headers["accept-encoding"]).toBe("gzip");
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync(long));
    return true;
  });
  expect(await connection.ask(call)).toBe(long);
  await expect(connection.ask({ ...call, bytesLimit: 50_000 })).rejects.toBeInstanceOf(ClusterUnreachable);
});
