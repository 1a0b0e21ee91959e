import { BadUserInput, type Problem } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import { contentOf, ownFields, platformFields } from "./data-source.reader.ts";
import { withSecrets } from "./secrets.keeper.ts";
import { withoutSecrets } from "./secrets.ts";

/** What somebody wants a data source to be: what is left out stays as it is, what is null is removed. */
export interface DataSourceChange {
  readonly name: string;
  /** Fields of all kinds of data sources. */
  readonly fields: JsonObject;
  readonly settings: JsonObject;
}

/** A change put to what is stored. */
export interface Changed {
  /** What is to be stored, secrets included. */
  readonly content: JsonObject;
  /** The fields that the change says something of. */
  readonly given: readonly string[];
  /** Those of them that it sets a secret in. */
  readonly sealed: readonly string[];
}

const connectorForm = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;
const largestPort = 65_535;
const inputFields = [...ownFields, "password"];

/** What is wrong with a change whatever is stored. */
function problemsOf({ fields, settings }: DataSourceChange): readonly Problem[] {
  const problems: Problem[] = [];
  const { connector, port } = fields;
  if (connector !== undefined && (typeof connector !== "string" || !connectorForm.test(connector))) {
    const message = "must be the name of a connector: 1 to 100 letters, digits and inner dashes";
    problems.push({ field: "input.connector", message });
  }
  if (typeof port === "number" && (port < 0 || port > largestPort)) {
    problems.push({ field: "input.port", message: `must be a whole number from 0 to ${largestPort}` });
  }
  for (const field of Object.keys(settings)) {
    if (inputFields.includes(field)) {
      problems.push({ field: `input.settings.${field}`, message: `must be said in input.${field}` });
    } else if (platformFields.includes(field)) {
      problems.push({ field: `input.settings.${field}`, message: "is the platform's own" });
    }
  }
  return problems;
}

/** What a change really changes of what it started from: who sends back all that they read has not changed all. */
export function since(base: JsonObject, { name, fields, settings }: DataSourceChange): DataSourceChange {
  const differing = (given: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(given).filter(([field, value]) => !isSame(base[field], value)));
  return { name, fields: differing(fields), settings: differing(settings) };
}

/** The place in the input that a place in a data source was said at. */
const inputPlace = (path: string) =>
  inputFields.includes(path.split(".")[0] ?? "") ? `input.${path}` : `input.settings.${path}`;

/** What a stored data source, or a new one, becomes by a change to what is shown of it. Refuses what makes no sense. */
export function changed(stored: JsonObject, shown: JsonObject, change: DataSourceChange): Changed {
  const problems = [...problemsOf(change)];
  const before = contentOf(stored);
  const wanted: JsonObject = { ...change.fields, ...change.settings };
  const { value, unknown } = withSecrets({ ...shown, ...wanted }, before);
  for (const path of unknown) {
    const message = "*** stands for a secret, and there is none here that was shown like this: write it out";
    problems.push({ field: inputPlace(path), message });
  }
  if (before["connector"] === undefined && wanted["connector"] === undefined) {
    problems.push({ field: "input.connector", message: "must be said of a new data source" });
  }
  if (problems.length > 0) throw new BadUserInput(problems);
  const content = Object.entries(value).filter(([field]) => wanted[field] !== null);
  const set = Object.fromEntries(Object.entries(wanted).filter(([, each]) => each !== null));
  const sealed = new Set(withoutSecrets(set).secrets.map((path) => path.split(".")[0] ?? ""));
  return { content: Object.fromEntries(content), given: Object.keys(wanted), sealed: [...sealed] };
}
