import { expect, it } from "vitest";
import type { ChangeSubscriber } from "./change.subscriber.ts";
import {
  ask,
  eachTestHasWorkspaces,
  file,
  listenToPod,
  listenToPushes,
  rewriteProject,
  sandbox,
  savedProject,
} from "./workspaces.harness.ts";

eachTestHasWorkspaces();

it("a project that is disabled in its repository is gone with its streams, and comes back as it is there", async () => {
  const stream = await listenToPod("demo");
  await stream.next();
  const { instance } = sandbox.workspaces.pod("demo", "dev").state.status.current;
  await ask("workspaceApi", "demo", "POST /ModelConfigs", {
    facetName: "server",
    name: "Last",
    dataSource: null,
  });
  await rewriteProject("demo", { ...savedProject("demo"), disabled: true });
  await expect(heardUntilCut(stream)).resolves.not.toContain("installing");
  await expect(ask("projectApi", "demo", "GET /Projects")).rejects.toThrow("fetch failed");

  const { disabled: _disabled, ...enabled } = savedProject("demo");
  await rewriteProject("demo", { ...enabled, renamed: true });
  expect((await ask("projectApi", "demo", "GET /Projects/demo-dev")).body).toMatchObject({ renamed: true });
  const { state } = sandbox.workspaces.pod("demo", "dev");
  expect(state.status.current.instance).not.toBe(instance);
  expect(state.modelConfigs().map(({ name }) => name)).toContain("Last");
});

it("what a pod saves is pushed as its owner's, and told on the change stream as no push from outside", async () => {
  const changes = await listenToPushes("demo");
  const { instance } = sandbox.workspaces.pod("demo", "dev").state.status.current;
  await ask("workspaceApi", "demo", "POST /ModelDefinitions", { facetName: "server", name: "Bike" });
  expect((await changes.next()).data).toMatchObject({ username: "demo", repoName: "dev", isExternal: false });
  expect(file("demo", "server/models/bike.json")).toContain('"Bike"');
  await ask("workspaceApi", "demo", "DELETE /ModelDefinitions/server.Bike");
  await ask("projectApi", "demo", "PATCH /Projects", { id: "demo-dev", name: "main", touched: 1 });
  await expect.poll(() => file("demo", "server/models/bike.json")).toBeUndefined();
  expect(savedProject("demo")).toMatchObject({ touched: 1 });
  expect(sandbox.workspaces.pod("demo", "dev").state.status.current.instance).toBe(instance);
});

it("a save that changes nothing is no push", async () => {
  const pod = sandbox.workspaces.pod("demo", "dev");
  const { git } = sandbox.gitea.platform.repository("customer-demo", "dev");
  const { name, ...config } = pod.state.modelConfigs()[0] ?? {};
  await ask("workspaceApi", "demo", "POST /ModelConfigs", { ...config, name });
  pod.push();
  expect(git.commits).toBe(1);
});

it("hundreds of writes make few pushes, and the repository ends equal to the pod", async () => {
  for (let index = 0; index < 200; index += 1) {
    const config = { facetName: "server", name: `M${index}`, dataSource: null };
    await ask("workspaceApi", "demo", "POST /ModelConfigs", config);
  }
  const pod = sandbox.workspaces.pod("demo", "dev");
  pod.push();
  const { git, defaultBranch } = sandbox.gitea.platform.repository("customer-demo", "dev");
  expect(git.commits).toBeLessThan(100);
  const paths = [...(git.branches.get(defaultBranch)?.head.files.keys() ?? [])];
  expect(Object.fromEntries(paths.map((path) => [path, file("demo", path)]))).toEqual(pod.state.files());
});

it("a push by somebody else resets the files, in another instance, and leaves the document until the next save", async () => {
  const { state } = sandbox.workspaces.pod("demo", "dev");
  const { instance } = state.status.current;
  const document = state.project();
  await ask("workspaceApi", "demo", "POST /ModelConfigs", {
    facetName: "server",
    name: "Kept",
    dataSource: null,
  });
  const files = {
    "server/boot/root.js": "// theirs",
    "server/models/wheel.json": null,
    "lunchbadger.json": "{}",
  };
  const { id } = sandbox.gitea.platform.push("customer-demo", "dev", {
    by: "customer-al",
    commits: [{ message: "m", files }],
  });

  expect(state.status.current).toMatchObject({ status: "installing", ws_git: id });
  expect(state.status.current.instance).not.toBe(instance);
  expect(state.models().map(({ name }) => name)).toEqual(["Car", "Driver"]);
  expect(state.files()).toMatchObject({ "server/boot/root.js": "// theirs" });
  expect(state.project()).toEqual(document);
  await expect.poll(() => file("demo", "server/model-config.json")).toContain('"Kept"');
  expect(file("demo", "lunchbadger.json")).toBe("{}");

  await ask("projectApi", "demo", "PATCH /Projects", { id: "demo-dev", name: "main", touched: 1 });
  await expect.poll(() => savedProject("demo")).toEqual({ ...document, touched: 1 });
});

it("a push to another branch is nothing to the pod", async () => {
  const { state } = sandbox.workspaces.pod("demo", "dev");
  const { instance } = state.status.current;
  const commits = [{ message: "m", files: { "a.txt": "a" } }];
  sandbox.gitea.platform.push("customer-demo", "dev", { branch: "feature/one", commits });
  expect(state.status.current.instance).toBe(instance);
});

/** The statuses that a stream tells until it is cut. */
async function heardUntilCut(stream: ChangeSubscriber): Promise<unknown[]> {
  const heard: unknown[] = [];
  for (;;) {
    const told = await stream.next().catch(() => undefined);
    if (told === undefined) return heard;
    heard.push((told.data["data"] as Record<string, unknown>)["status"]);
  }
}
