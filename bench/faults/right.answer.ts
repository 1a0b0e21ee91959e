import { isDeepStrictEqual } from "node:util";
import { needing } from "../../test/faults/nouns.ts";
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

type Path = readonly (string | number)[];

/** Whether an error may be there: what Gitea knows is needed everywhere, what others know in some fields. */
function mayLack(path: Path, { services, producer }: Target): boolean {
  if (services.includes("gitea")) return true;
  // Another's project lacks nothing where one producer's services fail.
  if (producer !== undefined && path[0] === "own") return false;
  const field = path.findLast((part) => typeof part === "string");
  return services.some((name) => needing[name]?.includes(field ?? ""));
}

/** The calm answer with nothing at these places. */
function without(data: unknown, paths: readonly Path[]): unknown {
  const left: unknown = structuredClone(data);
  for (const path of paths) {
    const above = path.slice(0, -1).reduce<unknown>((value, part) => (value as never)[part], left);
    Object.assign(above as object, { [path.at(-1) ?? ""]: null });
  }
  return left;
}

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
  const shown = { wrong: `${operation.name}: ${text.slice(0, 2000)}` };
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
  const paths = errors.map(({ path = [] }) => path);
  if (!paths.every((path) => mayLack(path, target))) return shown;
  const before = (JSON.parse(calm ?? "{}") as Answered).data;
  return isDeepStrictEqual(data, without(before, paths)) ? "lacking" : shown;
}
