import { parseEnv } from "node:util";
import { expect, test, vi } from "vitest";
import { fromPort, type SandboxService } from "../../src/sandbox/listening.ts";
import { startChild } from "../server/child-gateway.ts";
import { personAt } from "../support/sett.ts";

const patiently = { timeout: 30_000, interval: 100 };
const program = "sandbox/main.js";

/** A sandbox in a process of its own, once it has said all that a gateway needs. */
async function startSandboxProcess(env: Readonly<Record<string, string>> = {}) {
  const child = startChild(env, [], { program });
  await vi.waitFor(() => expect(child.stdout()).toMatch(/^FUNCTIONS_REPOSITORY=.*\n$/m), patiently);
  return { child, variables: parseEnv(child.stdout()) as Record<string, string> };
}

const statusOf = (url: string) =>
  personAt(url, "token demo-token").askText(
    '{ viewer { login } project(producer: "demo") { models { name } status { workspace { ready } } } }',
  );

const running = {
  viewer: { login: "customer-demo" },
  project: {
    models: [{ name: "Car" }, { name: "Wheel" }, { name: "Driver" }],
    status: { workspace: { ready: true } },
  },
};

test(
  "a gateway that is given what the sandbox prints runs in front of it as before a real platform",
  { timeout: 60_000 },
  async () => {
    const { child, variables } = await startSandboxProcess();
    expect(child.stderr()).toContain("demo-token");
    expect(variables["GITEA_TOKEN"]).toBeTruthy();
    const gateway = startChild({ ...variables, PORT: "0" });
    const url = await gateway.listening();
    await vi.waitFor(async () => expect((await statusOf(url)).data).toEqual(running), patiently);
    expect(gateway.stdout()).toContain(`Sign in   ${url}/login`);
    expect(gateway.stdout()).not.toContain("sandbox");
    child.signal("SIGTERM");
    expect(await child.ended).toEqual({ code: 0, signal: null });
  },
);

test(
  "with ACTUALIZER=true nothing runs on it until an actualizer beside it has seen to that",
  { timeout: 60_000 },
  async () => {
    const { child, variables } = await startSandboxProcess({ ACTUALIZER: "true" });
    const gateway = startChild({ ...variables, PORT: "0" });
    const url = await gateway.listening();
    await vi.waitFor(async () => {
      const { codes, data } = await statusOf(url);
      expect(codes).toEqual([]);
      expect(data).not.toEqual(running);
    }, patiently);
    await vi.waitFor(() => expect(child.stderr()).toContain("ACTUALIZER_APPLY_CRDS="), patiently);
    const told = child.stderr().matchAll(/^ {2}([A-Z_]+)=(\S+)$/gm);
    const own = Object.fromEntries([...told].map(([, name = "", value = ""]) => [name, value]));
    const actualizer = { ...variables, ...own, ACTUALIZER_PORT: "0" };
    startChild(actualizer, [], { program: "actualizer/main.js" });
    await vi.waitFor(async () => expect((await statusOf(url)).data).toEqual(running), patiently);
  },
);

test("its services take ports that follow each other", () => {
  expect(
    ["gitea", "gitApi", "issuer"].map((service) => fromPort(4600)(service as SandboxService).port),
  ).toEqual([4600, 4601, 4609]);
  expect(fromPort(0)("issuer").port).toBe(0);
});

test("it is reached from other machines only where that is meant", async () => {
  const exposed = startChild({ SANDBOX_NAME: "sandbox.example" }, [], { program });
  expect(await exposed.ended).toEqual({ code: 78, signal: null });
  expect(exposed.stderr()).toContain("SANDBOX_EXPOSED=true");
  expect(exposed.stdout()).toBe("");
});
