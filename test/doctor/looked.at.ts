import { afterAll, beforeAll, expect } from "vitest";
import { readConfig } from "../../src/config.ts";
import { examinePlatform, type DoctorOptions } from "../../src/doctor/doctor.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { jsonReport, textReport } from "../../src/doctor/report.ts";
import type { SandboxAddresses } from "../../src/sandbox/sandbox.addresses.ts";
import { startSett, type Sett, type SettOptions } from "../support/sett.ts";

export const webhookSecret = "what-hooks-are-signed-with";

/** What is different from a platform on which all is well. */
export interface Different {
  readonly env?: Readonly<Record<string, string>>;
  readonly addresses?: Partial<SandboxAddresses>;
  readonly patienceMs?: number;
  readonly producer?: string;
}

/** A gateway on a sandbox that all is well with, and the doctor. */
export interface Looked {
  readonly sett: Sett;
  readonly look: (different?: Different) => Promise<readonly Finding[]>;
}

/** Words that a finding must never hold. */
function secretsOf({ giteaToken, oauth, kubernetes }: SandboxAddresses): readonly string[] {
  return [giteaToken, oauth.clientSecret, kubernetes.token, webhookSecret, environmentSecret];
}

const environmentSecret = "what-environments-are-marked-with";

/** Starts one for all tests of a file. */
export function lookedAt(options: SettOptions = {}): Looked {
  let started: Sett | undefined;
  let stop: (() => Promise<void>) | undefined;
  const sett = () => {
    if (!started) throw new Error("nothing is started yet");
    return started;
  };
  beforeAll(async () => {
    started = await startSett({
      ...options,
      env: { GITEA_WEBHOOK_SECRET: webhookSecret, ...options.env },
      until: (given) => (stop = given),
    });
    const { platform } = started.sandbox.gitea;
    platform.addHook("customer-demo", "dev", {
      url: `${started.url}/webhooks/gitea`,
      events: ["push"],
    });
  });
  afterAll(() => stop?.());

  return {
    get sett() {
      return sett();
    },
    look: async ({ env = {}, addresses, patienceMs = 20_000, producer } = {}) => {
      const environment = {
        NODE_ENV: "production",
        ACTUALIZER: "false",
        PUBLIC_URL: sett().url,
        GITEA_WEBHOOK_SECRET: webhookSecret,
        ENVIRONMENT_SECRET: environmentSecret,
        ...env,
      };
      const asked: DoctorOptions = {
        config: readConfig(environment),
        addresses: { ...sett().sandbox.addresses, ...addresses },
        ...{ environment, patienceMs, producer },
      };
      const findings = await examinePlatform(asked);
      const shown = textReport(findings) + jsonReport(findings);
      expect(secretsOf(sett().sandbox.addresses).filter((secret) => shown.includes(secret))).toEqual([]);
      return findings;
    },
  };
}

/** What is not as it is to be, by its name. */
export const amiss = (findings: readonly Finding[]): readonly string[] =>
  findings
    .filter(({ standing }) => standing === "wrong" || standing === "warning")
    .map(({ check, standing }) => `${standing} ${check}`);

/** What is said of something, and what is to be done about it. */
export function told(findings: readonly Finding[], check: string): string {
  const found = findings.filter((each) => each.check === check);
  expect(found).toHaveLength(1);
  return `${found[0]?.says ?? ""} ${found[0]?.mend ?? ""}`;
}
