import { Forbidden, RateLimited, SettError, Unauthenticated, UpstreamUnavailable } from "../errors.ts";
import { ClusterRefusal, ClusterUnreachable } from "../services/kubernetes/cluster.errors.ts";
import { wrong, type Told } from "./finding.ts";

/** A service that was asked: what it is called, where it is, and which variable says so. */
export interface Asked {
  readonly check: string;
  readonly service: string;
  /** Without a credential in it. */
  readonly address: string;
  readonly variable: string;
}

/** Whether it was waited for in vain: of these Node has no code of its own, and the client of Redis none at all. */
const isGivenUp = (error: unknown): boolean =>
  error instanceof Error && (error.name === "AbortError" || error.message === "Command timed out");

/** The word for what went wrong, as clients and services have it: a code, or a status. */
export function wordOf(error: unknown): string {
  if (error instanceof RateLimited) return "429";
  if (error instanceof Unauthenticated) return "401";
  if (error instanceof Forbidden) return "403";
  if (error instanceof ClusterUnreachable) return error.code;
  if (error instanceof ClusterRefusal) return String(error.status);
  if (error instanceof UpstreamUnavailable) {
    const found = /(?:failed: |answered |token was answered )(?<word>[A-Z][A-Z0-9_]+|\d{3})\b/.exec(
      error.reason,
    );
    return found?.groups?.["word"] ?? "OTHER_SERVICE";
  }
  if (error instanceof SettError) return "OTHER_SERVICE";
  if (isGivenUp(error)) return "ETIMEDOUT";
  if (error instanceof Error && "code" in error) return String(error.code);
  return "UNKNOWN";
}

const names = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"]);
const unreachable = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL"]);
const late = new Set(["ETIMEDOUT", "ECANCELED", "EDEADLINE", "TimeoutError"]);
const lateBeginnings = /^UND_ERR_(?:CONNECT|HEADERS|BODY)_TIMEOUT$/;
const cut = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET", "BROKEN", "EPROTO", "ECONNABORTED"]);
const untrusted = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_/;

const hostOf = (address: string): string => (URL.canParse(address) ? new URL(address).host : address);

/** What is wrong with a service that did not answer as it should, and what to do about it. */
export function troubleWith({ check, service, address, variable }: Asked, error: unknown): Told {
  const host = hostOf(address);
  const at = `${service} at ${address}`;
  const word = wordOf(error);
  if (names.has(word)) {
    return wrong(
      check,
      `${at}: there is no host of the name ${host}.`,
      `Correct the host in ${variable}; in a cluster it is <service>.<namespace>, and names are looked up where Sett runs.`,
    );
  }
  if (word === "ECONNREFUSED") {
    return wrong(
      check,
      `${at}: nothing listens at ${host}.`,
      `Start ${service}, or correct the port in ${variable}.`,
    );
  }
  if (unreachable.has(word)) {
    return wrong(check, `${at}: there is no way to ${host}.`, `See to the network, or correct ${variable}.`);
  }
  if (late.has(word) || lateBeginnings.test(word)) {
    return wrong(
      check,
      `${at}: no answer came in time.`,
      `See whether it has too much to do, and whether a network policy or a firewall keeps Sett from the host in ${variable}.`,
    );
  }
  if (untrusted.test(word)) {
    return wrong(
      check,
      `${at}: its certificate is not trusted (${word}).`,
      `Have Node trust its authority with NODE_EXTRA_CA_CERTS, or correct ${variable}.`,
    );
  }
  if (cut.has(word)) {
    return wrong(
      check,
      `${at}: the connection is cut.`,
      `See its log; where it speaks TLS, ${variable} begins with https.`,
    );
  }
  return answered({ check, at, service, variable }, word);
}

function answered(
  { check, at, service, variable }: { check: string; at: string; service: string; variable: string },
  word: string,
): Told {
  if (/^3\d\d$/.test(word)) {
    return wrong(
      check,
      `${at}: it redirects (${word}), and redirects are not followed.`,
      `Set ${variable} to where it leads.`,
    );
  }
  if (word === "401" || word === "403") {
    return wrong(
      check,
      `${at}: it asks for a credential (${word}).`,
      `Something stands in front of ${service}, or it is another service: correct ${variable}.`,
    );
  }
  if (word === "429" || /^50[234]$/.test(word)) {
    return wrong(
      check,
      `${at}: it is down, or has too much to do (${word}).`,
      `See the log of ${service} and of what stands in front of it at ${variable}.`,
    );
  }
  if (/^5\d\d$/.test(word)) {
    return wrong(
      check,
      `${at}: it fails (${word}).`,
      `See the log of ${service}; ${variable} says where it is.`,
    );
  }
  const how = /^\d+$/.test(word) ? `it answers ${word}` : "what it answers is not in its words";
  return wrong(
    check,
    `${at}: ${how}, so it is not ${service}.`,
    `Correct ${variable}: another service or a page of a proxy is there.`,
  );
}
