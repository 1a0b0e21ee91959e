import type { Json, JsonObject } from "../json.ts";
import { revisionOf } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import type { StoredDataSource } from "../workspace-api.client.ts";
import { withoutSecrets, type Shown } from "./secrets.ts";

/** A data source as anybody who reads the project may see it: nothing in here is a secret. */
export interface ReadDataSource extends Shown {
  readonly name: string;
  readonly fields: JsonObject;
  /** Everything that is no field of its own. */
  readonly settings: JsonObject;
  readonly revision: string;
}

/** The fields that data sources of all kinds may have. */
export const ownFields: readonly string[] = [
  "connector",
  "lunchbadgerId",
  "itemOrder",
  "host",
  "port",
  "database",
  "username",
  "url",
];

/** What the workspace and old canvases put beside what somebody has set. */
export const platformFields: readonly string[] = ["id", "facetName", "name", "configFile", "error"];

const pick = (object: JsonObject, isWanted: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field]) => isWanted(field)));

/** What somebody has set of a data source, secrets included. */
export function contentOf(stored: JsonObject): JsonObject {
  return pick(stored, (field) => !platformFields.includes(field));
}

/**
 * A data source without its secrets. They are no part of the revision, for a hash of a weak password gives it away; so
 * a changed one changes no revision. Nobody's work is lost by that: a write that says nothing of a secret keeps what is
 * stored when it comes.
 */
export function readDataSource(stored: StoredDataSource): ReadDataSource {
  const { shown, secrets } = withoutSecrets(contentOf(stored));
  return {
    name: stored.name,
    shown,
    fields: pick(shown, (field) => ownFields.includes(field)),
    settings: pick(shown, (field) => !ownFields.includes(field)),
    secrets,
    revision: revisionOf([stored.name, shown, secrets]),
  };
}

/** The order in which canvases show them. */
export function inOrder(one: ReadDataSource, other: ReadDataSource): number {
  const place = ({ fields }: ReadDataSource) => Number(fields["itemOrder"] ?? 0) || 0;
  return place(one) - place(other) || (one.name < other.name ? -1 : 1);
}

/** What a field is called where changes are merged. */
export function entityNameOf(field: string): string {
  return ownFields.includes(field) ? field : `settings/${field}`;
}

/** What is shown of a data source, taken apart for a merge: its order means nothing. */
export function entitiesOf(shown: JsonObject): Entities {
  const keyed = Object.entries(shown).map(([field, value]): [string, Json] => [entityNameOf(field), value]);
  return new Map(keyed.sort(([one], [other]) => (one < other ? -1 : 1)));
}
