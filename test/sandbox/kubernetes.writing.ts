import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { ask, type AskOptions } from "./kubernetes.harness.ts";

/** Anything as JSON has it, to be looked into by tests. */
export interface Answered {
  metadata: {
    name: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    labels?: Record<string, string>;
    deletionTimestamp?: string;
    finalizers?: string[];
    ownerReferences?: { uid: string }[];
    managedFields?: { manager: string; operation: string; subresource?: string; fieldsV1: object }[];
  };
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** An answer: its code, and what it says. */
export interface Told {
  code: number;
  body: Answered & { message?: string; reason?: string; details?: { causes?: object[] } };
  warning: string | null;
}

/** Sends something: `METHOD /path`. */
export async function send(request: string, body?: unknown, options: AskOptions = {}): Promise<Told> {
  const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const response = await ask(request, { contentType: "application/json", ...content, ...options });
  const text = await response.text();
  const warning = response.headers.get("warning");
  return { code: response.status, body: JSON.parse(text) as Told["body"], warning };
}

/** Applies an object in somebody's name. */
export async function applied(
  path: string,
  manager: string,
  body: unknown,
  options: AskOptions & { query?: string } = {},
): Promise<Told> {
  const { query = "", ...rest } = options;
  const contentType = "application/apply-patch+yaml";
  return send(`PATCH ${path}?fieldManager=${manager}${query}`, body, { contentType, ...rest });
}

/** Changes an object by a merge patch. */
export async function merged(path: string, body: unknown, options: AskOptions = {}): Promise<Told> {
  return send(`PATCH ${path}`, body, { contentType: "application/merge-patch+json", ...options });
}

const definitionsPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const folder = new URL("../../deploy/chart/crds/", import.meta.url);

/** Tells the cluster of the platform's own kinds of custom objects, as whoever installs it does. */
export async function installDefinitions(): Promise<void> {
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), "utf8");
    const { metadata } = parse(text) as Answered;
    const { code, body } = await applied(`${definitionsPath}/${metadata.name}`, "installer", text);
    if (code !== 201) throw new Error(body.message ?? `${code}`);
  }
}

/** Where the platform's custom objects are. */
export const customPath = (plural: string, name?: string): string =>
  ["/apis/sett.lunchbadger.io/v1/namespaces/customer", plural, ...(name === undefined ? [] : [name])].join(
    "/",
  );

/** A gateway as it is sent. */
export const gatewayBody = (spec: object = {}, metadata: object = {}) => ({
  apiVersion: "sett.lunchbadger.io/v1",
  kind: "Gateway",
  metadata: { name: "demo-dev-edge", ...metadata },
  spec: { producer: "demo", env: "dev", id: "1", name: "Edge", instance: "edge", configuration: {}, ...spec },
});
