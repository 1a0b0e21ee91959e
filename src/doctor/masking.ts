import type { Config, UpstreamAddresses } from "../config.ts";
import type { Finding } from "./finding.ts";

/** What must not be shown, of all that is configured. */
export function secretsOf(
  config: Config,
  { giteaToken, kubernetes, oauth }: UpstreamAddresses,
): readonly string[] {
  const redis = config.REDIS_URL === undefined ? "" : new URL(config.REDIS_URL).password;
  const all = [
    ...[giteaToken, redis, decodeURIComponent(redis), oauth?.clientSecret],
    kubernetes?.from === "address" ? kubernetes.token : undefined,
    ...[...config.GITEA_WEBHOOK_SECRET, ...config.ENVIRONMENT_SECRET, ...config.SESSION_SECRET],
  ];
  return all.filter((secret): secret is string => secret !== undefined && secret !== "");
}

/** Findings quote what services say, and those may quote what they were sent. */
export function masked(findings: readonly Finding[], secrets: readonly string[]): readonly Finding[] {
  const mask = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, "•••"), text);
  return findings.map((finding) => ({
    ...finding,
    says: mask(finding.says),
    ...(finding.mend === undefined ? {} : { mend: mask(finding.mend) }),
  }));
}
