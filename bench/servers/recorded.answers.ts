import { readConfig } from "../../src/config.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { shareProjects } from "../projects.seed.ts";

/** What Gitea is asked in the measured operations, as the gateway spells it. */
export const paths = {
  viewer: "/api/v1/user",
  repository: "/api/v1/repos/customer-demo/dev",
  branches: "/api/v1/repos/customer-demo/dev/branches?page=1&limit=20",
  repositories: "/api/v1/user/repos?page=1&limit=50",
};

/** How many repositories al reaches: a full page. */
const fullPage = 50;
const seeded = 4;

/** An answer as it goes over the wire, made ready once. */
export interface RecordedAnswer {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Lets the sandbox answer each question once, as al, so that the bodies are of Gitea's shape and size. */
export async function recordAnswers(): Promise<ReadonlyMap<string, RecordedAnswer>> {
  const sandbox = await startSandbox({ ...readConfig({}), timing: { branchLagMs: 0, hookDelayMs: 0 } });
  shareProjects(sandbox.gitea.platform, "customer-al", fullPage - seeded);
  const answers = new Map<string, RecordedAnswer>();
  for (const path of Object.values(paths)) {
    const headers = { authorization: "token al-token" };
    const response = await fetch(`${sandbox.gitea.url}${path}`, { headers });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}.`);
    const body = Buffer.from(await response.arrayBuffer());
    const total = response.headers.get("x-total-count");
    answers.set(path, {
      body,
      headers: {
        "content-type": "application/json;charset=utf-8",
        "content-length": String(body.length),
        ...(total === null ? {} : { "x-total-count": total }),
      },
    });
  }
  await sandbox.stop();
  return answers;
}
