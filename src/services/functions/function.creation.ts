import { randomUUID } from "node:crypto";
import { UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { PlacedFile } from "../workspace/files/file.places.ts";
import type { JsonObject } from "../workspace/json.ts";
import { carryOut, type Step } from "../workspace/steps.ts";
import { changedContent } from "./function.change.ts";
import type { FunctionLook, FunctionsMeans } from "./function.look.ts";
import type { ReadFunction } from "./function.reader.ts";
import { deployableProblems, fieldProblems, fileProblems, refuse } from "./function.rule.ts";
import { documentProblems } from "./serverless.rule.ts";
import { completing, creating, type FunctionState } from "./function.steps.ts";
import { upstreamName } from "./sls-api.answer.ts";
import { runtimeOf } from "./runtimes.ts";

/** A function that is to be made, with what is to differ from its runtime's template. */
export interface NewFunction {
  readonly name: string;
  readonly runtime: string;
  readonly handler?: string | undefined;
  readonly labels?: JsonObject | undefined;
  readonly lunchbadgerId?: string | undefined;
  readonly itemOrder?: number | undefined;
  readonly files: readonly PlacedFile[];
  /** Whether it is to be deployed next: then the cluster must take its name. */
  readonly isDeployed: boolean;
}

/** The place behind all others. */
function nextPlace(all: readonly ReadFunction[]): number {
  return Math.max(-1, ...all.map(({ itemOrder }) => itemOrder ?? -1)) + 1;
}

/** Two names that differ in case only would be taken for one another, by people and by the cluster. */
function likenessProblems(all: readonly ReadFunction[], name: string) {
  const like = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!like) return [];
  const message =
    like.name === name
      ? `there is a function ${name} already`
      : `differs from ${like.name}, which is there already, in upper and lower case only`;
  return [{ field: "input.name", message }];
}

/** Makes a function out of its runtime's template, with what is to differ from that. */
export function createFunctionCreation(
  { slsApi, access }: FunctionsMeans,
  look: FunctionLook,
): (grant: FunctionsGrant<"write">, wanted: NewFunction) => Promise<ReadFunction> {
  return async (grant, wanted) => {
    const { name, lunchbadgerId: id = randomUUID() } = wanted;
    const runtime = runtimeOf(wanted.runtime);
    const change = { ...wanted, runtime: undefined, lunchbadgerId: undefined, itemOrder: undefined };
    refuse([
      ...fieldProblems({ ...change, runtime: wanted.runtime }),
      ...fileProblems(change, new Map(change.files.map(({ path }) => [path, ""]))),
      ...(wanted.isDeployed ? deployableProblems(grant, name) : []),
    ]);
    if (!runtime) throw new TypeError("A runtime that there is none of is refused.");

    return access.write(grant, async (lost) => {
      const all = await look.list(grant);
      refuse(likenessProblems(all, name));
      const looking = (of: string) => look.read(grant, of);
      const means = { grant, slsApi, look: looking };
      const lunchbadger = { id, itemOrder: wanted.itemOrder ?? nextPlace(all) };
      const complete = (made: ReadFunction) => {
        refuse(fileProblems(change, made.files));
        const content = changedContent(grant, name, made, change);
        refuse(documentProblems(grant, name, content, made));
        return content;
      };
      const isTemplate =
        change.files.length === 0 && wanted.handler === undefined && wanted.labels === undefined;
      const steps: readonly Step<FunctionState>[] = [
        creating(means, { name, runtime, lunchbadger }),
        ...(isTemplate ? [] : [completing(means, name, complete)]),
      ];
      const { state } = await carryOut(steps, { look: () => looking(name), lost, upstream: upstreamName });
      if (!state) throw new UpstreamUnavailable(upstreamName, "a function that was made is not there");
      return state;
    });
  };
}
