import type { Json, JsonObject } from "../workspace/json.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import { textOf, textsOf } from "../workspace/document/document.reader.ts";
import { policiesOf } from "./pipeline.reader.ts";

/** What a gateway's configuration is made of. */
export const entryKinds = ["serviceEndpoint", "apiEndpoint", "pipeline"] as const;

export type EntryKind = (typeof entryKinds)[number];

/** Entries of a kind, by the names that they have at the gateway: the canvas' ids. */
export type Entries = ReadonlyMap<string, JsonObject>;

/** A gateway's configuration, without what the platform itself keeps in it. */
export type GatewayConfig = Readonly<Record<EntryKind, Entries>>;

/** A configuration as a gateway runs it. */
export interface RunningConfig extends GatewayConfig {
  /** The host that the gateway is reached under from outside; `*` where that is not told. */
  readonly ownHost: string;
}

/** The platform's own entry of each kind, through which its administration is reached: never shown, never touched. */
export const platformEntry = "admin";

/**
 * Entries with one address are the platform's own: it puts every model and function there for any pipeline to lead to.
 * What a canvas draws has a list of addresses.
 */
export const isPlatforms = (kind: EntryKind, entry: JsonObject) =>
  kind === "serviceEndpoint" && entry["url"] !== undefined;

const always: JsonObject = { name: "always" };

const withoutEmpty = (fields: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );

const asList = (value: Json | undefined): Json => (typeof value === "string" ? [value] : (value ?? []));

/** Entries in one spelling, whatever the spelling that a canvas, the platform and the gateway have for the same. */
const spelt: Record<EntryKind, (entry: JsonObject, ownHost: string) => JsonObject> = {
  pipeline: ({ policies: _policies, apiEndpoints, ...rest }, _ownHost) => ({
    ...rest,
    apiEndpoints: [...(textsOf(apiEndpoints) ?? [])].sort(),
    policies: [],
  }),
  apiEndpoint: ({ host, paths, methods, ...rest }, ownHost) => ({
    ...rest,
    host: host === ownHost ? "*" : (host ?? "*"),
    paths: asList(paths),
    methods: asList(methods),
  }),
  serviceEndpoint: ({ url, ...rest }) => (textOf(url) === undefined ? rest : { ...rest, urls: [url ?? ""] }),
};

function comparable(kind: EntryKind, entry: JsonObject, ownHost: string): JsonObject {
  const one = withoutEmpty(spelt[kind](entry, ownHost));
  if (kind !== "pipeline") return one;
  const policies = policiesOf(entry).map(({ name, steps }) => ({
    name,
    steps: steps.map(({ condition, action }) => ({
      condition: isObject(condition) ? condition : always,
      action: isObject(action) ? action : {},
    })),
  }));
  return { ...one, policies };
}

/** Whether two entries mean the same to the gateway. */
export function isSameEntry(
  kind: EntryKind,
  one: JsonObject | undefined,
  other: JsonObject | undefined,
  ownHost: string,
): boolean {
  if (!one || !other) return one === other;
  return isSame(comparable(kind, one, ownHost), comparable(kind, other, ownHost));
}
