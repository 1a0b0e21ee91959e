import type { Json, JsonObject } from "../json.ts";
import { revisionOf } from "../merge/canonical.ts";
import { madeOnce } from "../merge/made.once.ts";
import type { Entities } from "../merge/merge.ts";
import type { StoredDataSource } from "../workspace-api.client.ts";
import { shownField, withoutSecrets, type Shown } from "./secrets.ts";

/** A data source as anybody who reads the project may see it: nothing in here is a secret. */
export interface ReadDataSource extends Shown {
  readonly name: string;
  /** One of the fields that data sources of all kinds may have, as it is shown. */
  readonly field: (field: OwnField) => Json | undefined;
  /** Everything that is no field of its own. */
  readonly settings: JsonObject;
  readonly revision: string;
}

/** The fields that data sources of all kinds may have. */
const fieldsOfAll = [
  "connector",
  "lunchbadgerId",
  "itemOrder",
  "host",
  "port",
  "database",
  "username",
  "url",
] as const;
export const ownFields: readonly string[] = fieldsOfAll;

type OwnField = (typeof fieldsOfAll)[number];

/** What the workspace and old canvases put beside what somebody has set. */
export const platformFields: readonly string[] = ["id", "facetName", "name", "configFile", "error"];

const pick = (object: JsonObject, isWanted: (field: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([field]) => isWanted(field)));

/** What somebody has set of a data source, secrets included. */
export function contentOf(stored: JsonObject): JsonObject {
  return pick(stored, (field) => field !== "__proto__" && !platformFields.includes(field));
}

/** What is shown of a data source, once: an answer that still holds is the same when it is asked for again. */
const shownOf = madeOnce((stored: StoredDataSource) => withoutSecrets(contentOf(stored)));
const revisionOfShown = madeOnce((stored: StoredDataSource) => {
  const { shown, secrets } = shownOf(stored);
  return revisionOf([stored.name, shown, secrets]);
});

/** Is told of a revision, and of what it is one of, when somebody asks for it. */
export type Tell = (revision: string, read: ReadDataSource) => void;

/**
 * A data source without its secrets. They are no part of the revision, for a hash of a weak password gives it away; so
 * a changed one changes no revision. Nobody's work is lost by that: a write that says nothing of a secret keeps what is
 * stored when it comes.
 */
export function readDataSource(stored: StoredDataSource, tell: Tell = () => undefined): ReadDataSource {
  return {
    name: stored.name,
    field: (field) => shownField(stored, field),
    get shown() {
      return shownOf(stored).shown;
    },
    get settings() {
      return pick(shownOf(stored).shown, (field) => !ownFields.includes(field));
    },
    get secrets() {
      return shownOf(stored).secrets;
    },
    get revision() {
      tell(revisionOfShown(stored), this);
      return revisionOfShown(stored);
    },
  };
}

/** The order in which canvases show them. */
export function inOrder(one: ReadDataSource, other: ReadDataSource): number {
  const place = ({ field }: ReadDataSource) => Number(field("itemOrder") ?? 0) || 0;
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
