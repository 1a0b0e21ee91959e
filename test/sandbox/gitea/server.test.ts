import { expect, test } from "vitest";
import { call, eachTestHasAGitea, gitea } from "./gitea.harness.ts";

eachTestHasAGitea();

test("an unknown path is plain text, a wrong method says which is right", async () => {
  const unknown = await call(undefined, "/nosuch");
  expect(unknown).toMatchObject({ status: 404, text: "404 page not found\n" });
  expect(unknown.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  const wrong = await call("al", "/version", { method: "POST" });
  expect(wrong).toMatchObject({ status: 405, text: "" });
  expect(wrong.headers.get("allow")).toBe("GET");
});

test("every request is on record until the record is cleared", async () => {
  await call("al", "/user/keys", { method: "POST", body: { title: "x" } });
  expect(gitea.requests).toMatchObject([
    { method: "POST", path: "/api/v1/user/keys", body: { title: "x" }, status: 422 },
  ]);
  gitea.clearRequests();
  expect(gitea.requests).toHaveLength(0);
});

test("a fault hits the requests it names, as often as told, and until it is cleared", async () => {
  gitea.faults.set({ mode: "answer", status: 502, body: "<html>" }, { path: /\/user$/, times: 1 });
  expect(await call("al", "/version")).toMatchObject({ status: 200 });
  expect(await call("al", "/user")).toMatchObject({ status: 502, text: "<html>" });
  expect(await call("al", "/user")).toMatchObject({ status: 200 });
  gitea.faults.set({ mode: "drop" }, { method: "GET" });
  await expect(call("al", "/user")).rejects.toThrow();
  gitea.faults.clear();
  gitea.faults.set({ mode: "hang" });
  await expect(fetch(gitea.url, { signal: AbortSignal.timeout(30) })).rejects.toThrow();
  gitea.faults.clear();
  gitea.faults.set({ mode: "slow", ms: 1 });
  expect(await call("al", "/user")).toMatchObject({ status: 200 });
});

test("a stopped server refuses connections, and resumed on its old port knows what it knew", async () => {
  await gitea.stop();
  await expect(call("al", "/user")).rejects.toThrow();
  await gitea.resume();
  expect(await call("al", "/user")).toMatchObject({ status: 200 });
});

test("ten thousand users with two repositories each are there in a moment, and one's list does not slow down", async () => {
  const { platform } = gitea;
  for (let number = 0; number < 10_000; number += 1) {
    const login = `many-${number}`;
    platform.addUser({ login, email: `${login}@example.com` });
    platform.addRepository(login, "dev", { files: { "lunchbadger.json": "{}" } });
    platform.addRepository(login, "functions");
    if (number % 10 === 0) platform.setCollaborator(login, "dev", "customer-stranger", "read");
  }
  const { headers, body } = await call("stranger", "/user/repos?limit=50&page=20");
  expect(headers.get("x-total-count")).toBe("1000");
  expect(body).toHaveLength(50);
});
