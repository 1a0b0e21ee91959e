import { z } from "zod";
import { BadUserInput } from "../../errors.ts";
import { nameRules } from "../../names.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { FunctionsUpstream } from "../http/upstream.ts";
import type { JsonObject } from "../workspace/json.ts";
import { jsonObject } from "../workspace/shapes.ts";
import type { Runtime } from "./runtimes.ts";
import { checkSize, failureIn, failureShape, refusalOf, type Failure } from "./sls-api.answer.ts";

/** A function as it is kept: its document, and its other files as a tree of names to text. */
export interface StoredFunction {
  readonly serverless: JsonObject;
  readonly files: JsonObject;
}

/** What a function is made from; its files come from the runtime's template. */
export interface FunctionSeed {
  readonly name: string;
  readonly runtime: Runtime;
  readonly lunchbadger: JsonObject;
}

/** What came of a deployment that was answered: what is kept now, or why it failed. */
export type DeployAnswer = { readonly kept: StoredFunction | undefined } | { readonly failure: Failure };

/**
 * The service that keeps and deploys a producer's functions. It asks nobody who they are, and a write that throws
 * UpstreamUnavailable may have been done all the same.
 */
export interface SlsApi {
  readonly list: (grant: FunctionsGrant) => Promise<readonly StoredFunction[]>;
  /** Undefined when there is nothing of that name. */
  readonly read: (grant: FunctionsGrant, name: string) => Promise<StoredFunction | undefined>;
  /** Undefined when the name is taken. */
  readonly create: (
    grant: FunctionsGrant<"write">,
    seed: FunctionSeed,
  ) => Promise<StoredFunction | undefined>;
  /** Replaces the document, and writes a tree over the files, where null deletes. Only what is there may be written. */
  readonly write: (grant: FunctionsGrant<"write">, name: string, wanted: StoredFunction) => Promise<void>;
  /** Takes back what is deployed, and then deletes; when the first fails, the second is not done. */
  readonly remove: (grant: FunctionsGrant<"write">, name: string) => Promise<void>;
  /** The last lines; undefined when there are none to be had, since nothing of that name runs, or for another reason. */
  readonly logs: (grant: FunctionsGrant, name: string) => Promise<string | undefined>;
  readonly deploy: (grant: FunctionsGrant<"write">, name: string) => Promise<DeployAnswer>;
  readonly undeploy: (grant: FunctionsGrant<"write">, name: string) => Promise<DeployAnswer>;
}

const storedShape = z.object({ serverless: jsonObject, files: jsonObject });
const listShape = z.array(storedShape);
const logsShape = z.object({ logs: z.string() });
const processedShape = z.union([
  z.object({ deployed: z.literal(true), result: z.unknown() }),
  z.object({ deployed: z.literal(false), error: failureShape }),
]);

/** The service goes on with a write that nobody waits for any longer: what comes of it is heard of all the same. */
const outlasts = true;

/** A path to a function; no address is made of what is no function's name. */
function pathTo(name: string, ...more: readonly string[]): readonly string[] {
  checkName(name);
  return ["service", name, ...more];
}

function checkName(name: string): void {
  const { accepts, rule } = nameRules.FunctionName;
  if (!accepts(name)) throw new BadUserInput([{ field: "input.name", message: `must be ${rule}` }]);
}

const isEmpty = (object: JsonObject) => Object.keys(object).length === 0;

/** What is kept, if that is what was answered. */
function keptIn(result: unknown): StoredFunction | undefined {
  const read = storedShape.safeParse(result);
  return read.success ? read.data : undefined;
}

export function createSlsApi(
  upstream: FunctionsUpstream,
  { deployTimeoutMs }: { deployTimeoutMs: number },
): SlsApi {
  const get = async (grant: FunctionsGrant, path: readonly string[]) => {
    const answer = await upstream.call(grant, { method: "GET", path });
    if (answer.status !== 200) throw refusalOf(answer, `GET /${path.join("/")}`);
    return answer;
  };
  const command = async (
    grant: FunctionsGrant<"write">,
    call: {
      readonly method: "POST" | "DELETE";
      readonly path: readonly string[];
      readonly body?: JsonObject;
    },
  ): Promise<DeployAnswer> => {
    const answer = await upstream.call(grant, { ...call, timeoutMs: deployTimeoutMs });
    if (answer.status !== 200) throw refusalOf(answer, `${call.method} /deploy`);
    const processed = answer.as(processedShape);
    return processed.deployed ? { kept: keptIn(processed.result) } : { failure: processed.error };
  };

  return {
    list: async (grant) => (await get(grant, ["service"])).as(listShape),
    read: async (grant, name) => {
      // What is not there is answered like what is empty.
      const stored = (await get(grant, pathTo(name))).as(storedShape);
      return isEmpty(stored.serverless) && isEmpty(stored.files) ? undefined : stored;
    },
    create: async (grant, { name, runtime, lunchbadger }) => {
      checkName(name);
      const body = { name, env: runtime.name, version: runtime.version, lunchbadger };
      checkSize(body);
      const answer = await upstream.call(grant, { method: "POST", path: ["service"], body, outlasts });
      if (answer.status === 200) return answer.as(storedShape);
      if (answer.status === 400 && failureIn(answer).code === "EEXIST") return undefined;
      throw refusalOf(answer, "POST /service");
    },
    write: async (grant, name, { serverless, files }) => {
      const body = { serverless, files };
      checkSize(body);
      const answer = await upstream.call(grant, { method: "PUT", path: pathTo(name), body, outlasts });
      if (answer.status !== 200) throw refusalOf(answer, "PUT /service");
    },
    remove: async (grant, name) => {
      const answer = await upstream.call(grant, { method: "DELETE", path: pathTo(name), outlasts });
      if (answer.status !== 200) throw refusalOf(answer, "DELETE /service");
    },
    logs: async (grant, name) => {
      const answer = await upstream.call(grant, { method: "GET", path: pathTo(name, "logs") });
      if (answer.status === 200) return answer.as(logsShape).logs;
      if (answer.status === 400) return undefined;
      throw refusalOf(answer, "GET /logs");
    },
    deploy: async (grant, name) => {
      checkName(name);
      return command(grant, { method: "POST", path: ["deploy"], body: { name } });
    },
    undeploy: async (grant, name) => {
      checkName(name);
      return command(grant, { method: "DELETE", path: ["deploy", name] });
    },
  };
}
