import { BadUserInput, UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { missingFrom, treeOf } from "../workspace/files/file.tree.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import type { Step } from "../workspace/steps.ts";
import { fileChanges, type Content } from "./function.change.ts";
import type { ReadFunction } from "./function.reader.ts";
import type { FunctionSeed, SlsApi } from "./sls-api.client.ts";

/** A function as it is there, or undefined where there is none. */
export type FunctionState = ReadFunction | undefined;

/** What the steps of a write to one function are done with. */
export interface Writing {
  readonly grant: FunctionsGrant<"write">;
  readonly slsApi: SlsApi;
  readonly look: (name: string) => Promise<FunctionState>;
}

const isThere = (content: Content, state: FunctionState) =>
  state !== undefined &&
  isSame(state.serverless, content.serverless) &&
  fileChanges(state.files, content.files).size === 0;

/** Writes a function over what is there: of the files only those that differ, since a deletion sent twice fails. */
async function write(
  { grant, slsApi }: Writing,
  name: string,
  wanted: Content,
  there: Content,
): Promise<void> {
  const changes = missingFrom(there.files, fileChanges(there.files, wanted.files));
  await slsApi.write(grant, name, { serverless: wanted.serverless, files: treeOf(changes) });
}

/** Saves a function, and never makes one: what is gone meanwhile is not written to. */
export function writing(means: Writing, before: ReadFunction, wanted: Content): Step<FunctionState> {
  const { name } = before;
  let known: ReadFunction | undefined = before;
  const writeOver = async (content: Content) => {
    const there = known ?? (await means.look(name));
    known = undefined;
    if (there && !isThere(content, there)) await write(means, name, content, there);
  };
  return {
    title: `Save ${name}`,
    apply: () => writeOver(wanted),
    isDone: (state) => isThere(wanted, state),
    undo: () => writeOver(before),
  };
}

const taken = (name: string) =>
  new BadUserInput([{ field: "input.name", message: `something called ${name} is there already` }]);

/** Makes a function out of its runtime's template. Nothing of the name was there when the turn began. */
export function creating({ grant, slsApi, look }: Writing, seed: FunctionSeed): Step<FunctionState> {
  let isAgain = false;
  let mayBeOurs = false;
  return {
    title: `Make ${seed.name}`,
    apply: async () => {
      const wasAsked = isAgain;
      isAgain = true;
      try {
        const made = await slsApi.create(grant, seed);
        // The second time it is there because the first was done after all.
        if (!made && !wasAsked) throw taken(seed.name);
        mayBeOurs = true;
      } catch (error) {
        mayBeOurs ||= error instanceof UpstreamUnavailable;
        throw error;
      }
    },
    isDone: (state) => state !== undefined,
    undo: async () => {
      if (mayBeOurs && (await look(seed.name))) await slsApi.remove(grant, seed.name);
    },
  };
}

/** Gives a function that has just been made what its template does not say. */
export function completing(
  means: Writing,
  name: string,
  complete: (made: ReadFunction) => Content,
): Step<FunctionState> {
  let wanted: Content | undefined;
  return {
    title: `Write the files of ${name}`,
    apply: async () => {
      const made = await means.look(name);
      if (!made) return;
      wanted ??= complete(made);
      if (!isThere(wanted, made)) await write(means, name, wanted, made);
    },
    isDone: (state) => wanted !== undefined && isThere(wanted, state),
    // The function goes as a whole.
    undo: async () => undefined,
  };
}

/** Takes a function back from the cluster and deletes it; the service does the second only after the first. */
export function removing({ grant, slsApi, look }: Writing, { name }: ReadFunction): Step<FunctionState> {
  return {
    title: `Undeploy and delete ${name}`,
    apply: () => slsApi.remove(grant, name),
    isDone: (state) => state === undefined,
    undo: async () => {
      if (!(await look(name))) throw new Error("What was deleted cannot be put back.");
    },
  };
}

/** Gives a function its place on the canvas. */
export function placing(
  { grant, slsApi }: Writing,
  before: ReadFunction,
  wanted: Content,
): Step<ReadonlyMap<string, ReadFunction>> {
  const { name } = before;
  const put = ({ serverless }: Content) => slsApi.write(grant, name, { serverless, files: {} });
  return {
    title: `Write the place of ${name}`,
    apply: () => put(wanted),
    isDone: (all) => isThere(wanted, all.get(name)),
    undo: () => put(before),
  };
}
