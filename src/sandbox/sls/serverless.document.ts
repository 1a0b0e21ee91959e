import { parse, stringify } from "yaml";
import type { Fields } from "./request.body.ts";
import { SlsError } from "./sls.error.ts";

/** What a new service is made of. */
export interface NewService {
  name: string;
  /** The language, of which `node` is another name for `nodejs`. */
  env: string;
  version: string;
  lunchbadger?: Fields | undefined;
}

/** Whose functions they are, and where they run. */
export interface FunctionPlace {
  readonly producer: string;
  readonly env: string;
  readonly namespace: string;
}

/** A function as its document describes it, for whoever runs it. */
export interface DescribedFunction {
  /** What the cluster calls it. */
  readonly name: string;
  /** The folder that it comes from. */
  readonly service: string;
  readonly runtime: string;
  readonly handler: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The language as the templates call it. */
export function languageOf(env: string): string {
  return env === "node" ? "nodejs" : env;
}

/** What the cluster calls the function of a service. */
export function functionName({ producer, env }: FunctionPlace, service: string): string {
  return `fn-${producer}-${env}-${service}`;
}

/** The document of a new service. */
export function newDocument(
  place: FunctionPlace,
  { name, env, version, lunchbadger = {} }: NewService,
): Fields {
  const id = lunchbadger["id"] ?? "lunchbadger-id-not-provided";
  const labels = { producer: place.producer, id, env: place.env, app: "kubeless-fn" };
  return {
    service: name,
    provider: {
      name: "kubeless",
      runtime: `${languageOf(env)}:${version}`,
      namespace: place.namespace,
    },
    plugins: ["serverless-kubeless"],
    functions: { [functionName(place, name)]: { labels, handler: "handler.fn" } },
    lunchbadger,
  };
}

/** A document as it stands in a file. */
export function writtenDocument(document: Fields): string {
  return stringify(document, { lineWidth: 0 });
}

/** The document in a file; where there is none it is empty. */
export function readDocument(text: string | undefined): Fields {
  try {
    return fieldsOf(parse(text ?? ""));
  } catch (error) {
    const { message } = error as Error;
    throw new SlsError(400, { name: "YAMLException", reason: message, message });
  }
}

/** The functions that a document describes. */
export function functionsIn(document: Fields, service: string): DescribedFunction[] {
  const runtime = textOf(fieldsOf(document["provider"])["runtime"]);
  return Object.entries(fieldsOf(document["functions"])).map(([name, value]) => {
    const { handler, labels } = fieldsOf(value);
    const told = Object.entries(fieldsOf(labels)).map(([key, label]) => [key, textOf(label)] as const);
    return { name, service, runtime, handler: textOf(handler), labels: Object.fromEntries(told) };
  });
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value ?? "");
}
