import { createServer, type AddressInfo } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as after } from "node:timers/promises";
import { parseEnv } from "node:util";
import { memoryOf, startedBy, startRuntime, type Runtime, type RuntimeProcess } from "./runtime.process.ts";

type Words = Readonly<Record<string, string>>;

/** What was measured of the gateway, in milliseconds and MiB. */
export interface Measured {
  readonly aliveMs: number;
  readonly readyMs: number;
  readonly idleMemory: number | undefined;
}

/** Longer than anything here takes on a machine that is busy. */
const longestMs = 60_000;

function check(isRight: boolean, what: string, said = ""): void {
  if (!isRight) throw new Error(said === "" ? what : `${what}:\n${said.slice(-4000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until it is so, and throws when it does not come to be, or the process ends first. */
async function until(
  what: string,
  of: RuntimeProcess,
  isSo: () => boolean | Promise<boolean>,
): Promise<number> {
  const startedAt = performance.now();
  const ending: { code?: unknown } = {};
  void of.ended.then((code) => (ending.code = code));
  while (!(await isSo())) {
    const isTooLate = performance.now() - startedAt > longestMs;
    const said = of.stdout() + of.stderr();
    check(!isTooLate && !("code" in ending), `${what} did not come to be`, said);
    await after(5);
  }
  return performance.now() - startedAt;
}

const answers = async (url: string, status = 200) =>
  (await fetch(url).catch(() => undefined))?.status === status;

/** What nobody who is not let in is told. */
async function checkQuery(url: string): Promise<void> {
  const ask = async (authorization?: string) => {
    const query = '{ project(producer: "demo") { models { name } } }';
    const headers = { "content-type": "application/json", ...(authorization ? { authorization } : {}) };
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query }),
    });
    return response.text();
  };
  const [reader, nobody] = [await ask("token zu-token"), await ask()];
  check(reader.includes('"models":[{"name":'), "zu, who may read it, is told of demo's models", reader);
  check(nobody.includes('"UNAUTHENTICATED"') && !nobody.includes('"name"'), "nobody is told of them", nobody);
}

async function checkHealth(runtime: Runtime, variables: Words, expected: number): Promise<void> {
  const [program = "", ...command] = runtime.running.healthcheck;
  const checking = startRuntime(runtime, { entrypoint: [program], command, variables });
  const code = await checking.ended;
  check(code === expected, `the health check ends with ${expected}, not with ${code}`, checking.stderr());
}

async function checkEnd(process: RuntimeProcess): Promise<void> {
  check(startedBy(process.pid).length === 0, "it has started no process");
  process.kill("SIGTERM");
  const code = await process.ended;
  check(code === 0, `SIGTERM ends it with 0, not with ${code}`, process.stdout() + process.stderr());
}

/** The sandbox of the image, as a process of its own, and the variables of a gateway in front of it. */
async function startPlatform(runtime: Runtime) {
  // Its services stay on this machine, wherever a gateway of the image listens.
  const variables = { HOST: "127.0.0.1", SANDBOX_PORT: "0" };
  const process = startRuntime(runtime, { command: ["dist/sandbox/main.js"], variables });
  await until("the sandbox alone", process, () => process.stdout().includes("FUNCTIONS_REPOSITORY="));
  return { process, variables: parseEnv(process.stdout()) as Words };
}

/** What it tells of itself is what its labels say. */
async function checkVersion({ running }: Runtime, url: string): Promise<void> {
  const told = (await (await fetch(`${url}/version`)).json()) as Words;
  const labels = { version: "version", commit: "revision", builtAt: "created" };
  for (const [name, label] of Object.entries(labels)) {
    const labelled = running.labels[`org.opencontainers.image.${label}`];
    check(told[name] === labelled, `/version tells ${name} ${told[name]}, the image's label ${labelled}`);
  }
}

/** The image's own command in front of a platform: the figures are of this one. */
export async function checkGateway(runtime: Runtime): Promise<Measured> {
  const platform = await startPlatform(runtime);
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const variables = { ...platform.variables, PORT: port };
  try {
    const gateway = startRuntime(runtime, { variables });
    const startedAt = performance.now();
    await until("/livez", gateway, () => answers(`${url}/livez`));
    const aliveMs = performance.now() - startedAt;
    await until("/readyz", gateway, () => answers(`${url}/readyz`));
    const readyMs = performance.now() - startedAt;
    await checkQuery(url);
    const idleMemory = memoryOf(gateway.pid);
    await checkHealth(runtime, variables, 0);
    check(await answers(`${url}/board`), "the live board is served");
    await checkVersion(runtime, url);
    await checkEnd(gateway);
    await checkHealth(runtime, variables, 1);
    return { aliveMs: Math.round(aliveMs), readyMs: Math.round(readyMs), idleMemory };
  } finally {
    platform.process.kill("SIGKILL");
  }
}

/** With nothing configured: the sandbox is not shown to other machines unasked; asked, it is, and writes nothing. */
export async function checkSandboxed(runtime: Runtime): Promise<void> {
  const port = String(await freePort());
  const hidden = startRuntime(runtime, { variables: { PORT: port } });
  const code = await hidden.ended;
  check(
    code === 78 && hidden.stderr().includes("SANDBOX_EXPOSED"),
    "it refuses to show the sandbox",
    hidden.stderr(),
  );
  const url = `http://127.0.0.1:${port}`;
  const variables = { PORT: port, SANDBOX_EXPOSED: "true" };
  const shown = startRuntime(runtime, { variables, isConfined: true });
  await until("/readyz of the sandbox", shown, () => answers(`${url}/readyz`));
  await checkQuery(url);
  check(!shown.stdout().includes("ERR_ACCESS_DENIED"), "nothing was refused to it", shown.stdout());
  await checkEnd(shown);
}

/** The other commands: the actualizer, and which build it is. */
export async function checkOtherCommands(runtime: Runtime): Promise<void> {
  const platform = await startPlatform(runtime);
  const port = String(await freePort());
  const variables = { ...platform.variables, ACTUALIZER_PORT: port };
  try {
    const command = ["dist/actualizer/main.js"];
    const actualizer = startRuntime(runtime, { command, variables, isConfined: true });
    await until("the actualizer", actualizer, () => answers(`http://127.0.0.1:${port}/healthz`));
    const running = { ...runtime.running, healthcheck: [...runtime.running.healthcheck, "actualizer"] };
    await checkHealth({ ...runtime, running }, variables, 0);
    await checkEnd(actualizer);
  } finally {
    platform.process.kill("SIGKILL");
  }
  const telling = startRuntime(runtime, { command: ["dist/sett.js", "version"], isConfined: true });
  check(
    (await telling.ended) === 0 && telling.stdout().includes('"schema"'),
    "sett version",
    telling.stderr(),
  );
}
