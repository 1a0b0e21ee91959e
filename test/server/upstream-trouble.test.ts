import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import type { Fault } from "../../src/sandbox/http.ts";
import {
  ServerLetInDocument,
  ServerProducersDocument,
  ServerRepoFileDocument,
  ServerViewerDocument,
} from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const repo = { owner: "customer-demo", name: "dev" };
const file = /\/contents\//;
const leak = "internal-7c21.gitea.svc";
const env = { UPSTREAM_TIMEOUT: "1s", UPSTREAM_ANSWER_LIMIT: "20000" };

/** What demo gets who asks for herself, a repository and a file, when the file's answer is troubled. */
async function askedWith(sett: Sett, fault: Fault) {
  sett.sandbox.gitea.faults.set(fault, { path: file });
  return sett.as("demo").ask(ServerRepoFileDocument, { ...repo, path: "README.md" });
}

/** A file of some length, as Gitea answers it. */
function answerWithFile(length: number): string {
  const [name, sha] = [`${leak}.txt`, "0".repeat(40)];
  const content = Buffer.alloc(length, "x").toString("base64");
  const place = { type: "file", name, path: name, sha, last_commit_sha: sha };
  return JSON.stringify({ ...place, size: length, encoding: "base64", content });
}

const html = { "content-type": "text/html" };
const outages: [string, Fault][] = [
  ["comes too late", { mode: "slow", ms: 5000 }],
  ["never comes", { mode: "hang" }],
  ["is a broken connection", { mode: "drop" }],
  ["is a page with status 200", { mode: "answer", status: 200, headers: html, body: `<html>${leak}</html>` }],
  ["is a page with status 502", { mode: "answer", status: 502, headers: html, body: `<html>${leak}</html>` }],
  ["is an internal error", { mode: "answer", status: 500, body: `{"message":"panic at ${leak}"}` }],
  ["is a status nobody expects", { mode: "answer", status: 418, body: leak }],
  ["is empty", { mode: "answer", status: 200 }],
  ["is JSON of another shape", { mode: "answer", status: 200, body: `{"type":"file","leak":"${leak}"}` }],
  ["is JSON's null", { mode: "answer", status: 200, body: "null" }],
  ["is a page with status 404", { mode: "answer", status: 404, headers: html, body: `<html>${leak}</html>` }],
  ["is larger than the limit", { mode: "answer", status: 200, body: answerWithFile(30_000) }],
  [
    "is compressed, so that its size cannot be told",
    {
      mode: "answer",
      status: 200,
      headers: { "content-encoding": "gzip" },
      body: gzipSync(answerWithFile(100)) as unknown as string,
    },
  ],
  ["redirects within the service", { mode: "answer", status: 302, headers: { location: "/api/v1/user" } }],
];

test.each(outages)(
  "an answer that %s is an outage of that field: the others come, and nothing of it is told",
  async (_what, fault) => {
    const sett = await startSett({ env });
    const answer = await askedWith(sett, fault);
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({ viewer: { login: "customer-demo" }, repo: { name: "dev", file: null } });
    expect(answer.errors).toEqual([
      {
        message: "The service gitea is not available; try again later.",
        path: ["repo", "file"],
        locations: expect.anything() as unknown,
        extensions: { code: "UPSTREAM_UNAVAILABLE", upstream: "gitea" },
      },
    ]);
    expect(answer.text).not.toContain(leak);
    expect(answer.text).not.toContain("127.0.0.1");
  },
);

test.each([
  ["says when", { "retry-after": "7" }, 7000],
  ["says a time beyond reason", { "retry-after": "86400" }, 60_000],
  ["says a date", { "retry-after": "Wed, 21 Oct 2065 07:28:00 GMT" }, 1000],
  ["says nonsense", { "retry-after": "-5" }, 1000],
  ["says nothing", {}, 1000],
])(
  "an answer that it is too much and %s tells the caller when to try again",
  async (_what, headers, retryAfterMs) => {
    const sett = await startSett({ env });
    const answer = await askedWith(sett, { mode: "answer", status: 429, headers, body: leak });
    expect(answer.data).toEqual({ viewer: { login: "customer-demo" }, repo: { name: "dev", file: null } });
    expect(answer.errors).toMatchObject([
      { path: ["repo", "file"], extensions: { code: "RATE_LIMITED", retryAfterMs } },
    ]);
    expect(answer.text).not.toContain(leak);
  },
);

test.each([301, 302, 303, 307, 308])(
  "a redirect with status %i is never followed, so that no credential goes where it leads",
  async (status) => {
    const visits: string[] = [];
    const elsewhere = createServer((request, response) => {
      visits.push(String(request.headers.authorization));
      response.end("{}");
    });
    await once(elsewhere.listen(0, "127.0.0.1"), "listening");
    onTestFinished(() => void elsewhere.close());
    const location = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;
    const sett = await startSett({ env: { ...env, PERMISSION_TTL: "0s", VIEWER_TTL: "0s" } });
    sett.sandbox.gitea.faults.set({ mode: "answer", status, headers: { location } });
    const answers = [
      await sett.as("demo").ask(ServerViewerDocument),
      await sett.as("demo").ask(ServerRepoFileDocument, { ...repo, path: "README.md" }),
      await sett
        .as("demo")
        .ask(ServerLetInDocument, { input: { repo, login: "customer-eve", level: "READ" } }),
    ];
    for (const { errors, text } of answers) {
      expect(errors).not.toEqual([]);
      expect(text).not.toContain(location);
    }
    expect(visits).toEqual([]);
  },
);

test("when Gitea refuses the gateway's own token, people with tokens of their own are served all the same", async () => {
  const sett = await startSett();
  sett.sandbox.gitea.platform.revokeToken(sett.sandbox.addresses.giteaToken);
  const { errors, data } = await sett.as("admin").ask(ServerProducersDocument);
  expect(errors).toEqual([]);
  expect(data?.producers?.nodes).toHaveLength(4);
});

test("an answer within the limit is taken", async () => {
  const sett = await startSett({ env });
  const answer = await askedWith(sett, { mode: "answer", status: 200, body: answerWithFile(13_000) });
  expect(answer.errors).toEqual([]);
  expect(answer.data?.repo?.file?.size).toBe(13_000);
});

test("why a service was not available is logged, with the service's name", async () => {
  const sett = await startSett({ env });
  await askedWith(sett, { mode: "hang" });
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({
      level: 40,
      upstream: "gitea",
      reason: expect.stringContaining("ETIMEDOUT") as string,
    }),
  );
});

test.each(["created_at", "clone_url"])(
  "a repository whose %s cannot be read is an outage of Gitea's, not a fault of the gateway's",
  async (property) => {
    const sett = await startSett();
    const path = "/api/v1/repos/customer-demo/dev";
    const authorization = "token demo-token";
    const repository: unknown = await (
      await fetch(sett.sandbox.gitea.url + path, { headers: { authorization } })
    ).json();
    const body = JSON.stringify({ ...(repository as object), [property]: "nonsense" });
    sett.sandbox.gitea.faults.set({ mode: "answer", status: 200, body }, { path: /\/repos\// });
    const { codes } = await sett
      .as("demo")
      .askText('{ repo(owner: "customer-demo", name: "dev") { createdAt cloneUrl } }');
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  },
);
