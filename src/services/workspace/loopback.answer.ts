import { z } from "zod";
import {
  BadUserInput,
  UpstreamRejected,
  UpstreamUnavailable,
  type SettError,
  type UpstreamName,
} from "../../errors.ts";
import type { Answer } from "../http/upstream.ts";
import type { JsonObject } from "./json.ts";

/** Largest body that a workspace reads: it answers 413 to more. */
export const largestBody = 100 * 1024;

const errorShape = z.object({ error: z.object({ message: z.string(), details: z.unknown().optional() }) });

/** Reasons may quote the places on the workspace's disk that they are about. */
const diskPath = /(?:\/[\w.@-]+){2,}/g;

/** What a workspace says, without places on its disk and no longer than anybody reads. */
export const reasonOf = (message: string) => message.replaceAll(diskPath, "…").trim().slice(0, 300);

/** One of several items was refused; the others were stored. */
const isPartly = (details: unknown) => Array.isArray(details);

/**
 * The error for an answer that is not what was asked for. A 500 says nothing of what was done, unless it names the
 * items that were refused: then it is a refusal.
 */
export function refusalOf(upstream: UpstreamName, answer: Answer, what: string): SettError {
  if (answer.status === 413) return tooLarge(what);
  if (![400, 404, 422, 500].includes(answer.status)) {
    return new UpstreamUnavailable(upstream, `${what} answered ${answer.status}`);
  }
  const { message, details } = answer.as(errorShape).error;
  if (answer.status === 500 && !isPartly(details)) {
    return new UpstreamUnavailable(upstream, `${what} answered 500: ${reasonOf(message)}`);
  }
  return new UpstreamRejected(upstream, `The workspace refuses: ${reasonOf(message)}`);
}

/** What an error says in full: it may quote passwords, and places on the workspace's disk. */
export function messageOf(answer: Answer): string {
  return answer.as(errorShape).error.message;
}

const tooLarge = (what: string) =>
  new BadUserInput([{ field: "input", message: `${what}: more than ${largestBody} bytes cannot be saved` }]);

/** Refuses, before it is sent, what the workspace would not read. */
export function checkSize(body: JsonObject | readonly JsonObject[], what: string): void {
  if (Buffer.byteLength(JSON.stringify(body)) > largestBody) throw tooLarge(what);
}
