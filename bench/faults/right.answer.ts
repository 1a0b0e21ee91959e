import { isDeepStrictEqual } from "node:util";
import { needing, without } from "../../test/faults/nouns.ts";
import type { Target } from "./failings.ts";
import type { Operation } from "./operations.ts";

interface Answered {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly upstream?: string };
  }[];
}

/** Whether an answer is whole, lacks what it may lack, or is wrong, and why. */
export type Verdict = "whole" | "lacking" | { readonly wrong: string };

/** Whether an operation cannot do without what fails; what Gitea knows is needed by all but what is open. */
export function isRelated({ needs, producers, token }: Operation, target: Target): boolean {
  if (target.services.includes("gitea")) return token !== "";
  if (target.producer !== undefined && !producers.includes(target.producer)) return false;
  return needs.some((name) => target.services.includes(name));
}

/** What is told of an error; with git-api down, configstore fails, and without Gitea both do. */
const mayName = (services: readonly string[]) =>
  ["gitea", "git-api"].some((name) => services.includes(name))
    ? [...services, "git-api", "configstore"]
    : services;

/** Fields for which Gitea is asked once more: with it away they may be null or there. */
const askedOfGitea = ["functions", "pods", "repo"];

/** What is left of an answer where nothing is told that may be lacking. */
function rest(data: Answered["data"], { services, producer }: Target): unknown {
  const lacking = services.flatMap((name) => [
    ...(needing[name] ?? []),
    ...(name === "gitea" ? askedOfGitea : []),
  ]);
  // Another's project lacks nothing where one producer's services fail.
  const { own, ...others } = data ?? {};
  const left = without(producer === undefined ? data : others, lacking).data as object | null;
  return producer === undefined ? left : { ...left, own };
}

/** Permissions are Gitea's to tell: without them a thing at the top lacks altogether. */
const isPartOf = (part: unknown, whole: unknown) =>
  Object.entries(part ?? {}).every(
    ([name, value]) => value === null || isDeepStrictEqual(value, (whole as Record<string, unknown>)[name]),
  );

/** Compares an answer with the one that is given while nothing fails. */
export function judge(
  operation: Operation,
  text: string,
  calm: string | undefined,
  target: Target | undefined,
): Verdict {
  const { data, errors = [] } = JSON.parse(text) as Answered;
  const isQuery = !operation.isMutation;
  if (errors.length === 0 && (!isQuery || text === calm)) return "whole";
  const shown = { wrong: `${operation.name}: ${text.slice(0, 400)}` };
  if (!target || !isRelated(operation, target)) return shown;
  const allowed = mayName(target.services);
  const isTold = errors.every(
    ({ extensions: { code, upstream } }) =>
      (code === "UPSTREAM_UNAVAILABLE" && allowed.includes(upstream ?? "")) ||
      // A write waits its turn behind one of which nobody knows whether it was done.
      (code === "RATE_LIMITED" && operation.isMutation),
  );
  if (!isTold || errors.length === 0) return shown;
  if (!isQuery) return "lacking";
  const before = (JSON.parse(calm ?? "{}") as Answered).data;
  const [is, was] = [rest(data, target), rest(before, target)];
  const isRight = target.services.includes("gitea") ? isPartOf(is, was) : isDeepStrictEqual(is, was);
  return isRight ? "lacking" : shown;
}
