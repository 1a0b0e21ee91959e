import type { JSX } from "react";
import { useShared } from "../value.store.ts";
import { checkHealth, health, type Health } from "./gateway.health.ts";

const names: Readonly<Record<string, string>> = {
  gitea: "Gitea",
  redis: "Redis",
  kubernetes: "The cluster",
};

const listed = (services: readonly string[]) =>
  services.map((service) => names[service] ?? service).join(" and ");

const verb = (services: readonly string[]) => (services.length > 1 ? "do" : "does");

/** What is wrong and what comes of it, in a sentence; nothing where all is well. */
function sentence({ isReached, notReady, degraded }: Health): string | undefined {
  if (!isReached)
    return "The gateway does not answer. What is written here stays; it is tried again by itself.";
  if (notReady.length > 0) {
    return `${listed(notReady)} ${verb(notReady)} not answer: what needs it is UPSTREAM_UNAVAILABLE until it does.`;
  }
  if (degraded.length > 0) {
    return `${listed(degraded)} ${verb(degraded)} not answer: what it tells may be old or missing.`;
  }
  return undefined;
}

/** Tells when the gateway, or a service behind it, does not answer; takes no place else. */
export function TroubleBanner(): JSX.Element {
  const said = sentence(useShared(health));
  return (
    <div role="status" className={said === undefined ? undefined : "sett-trouble"}>
      {said !== undefined && (
        <>
          <span>{said}</span>{" "}
          <button type="button" onClick={() => void checkHealth()}>
            Try now
          </button>
        </>
      )}
    </div>
  );
}
