import type { ClusterObject, Labels } from "./kubernetes.object.ts";
import type { Resource } from "./resource.kinds.ts";
import { badRequest } from "./status.error.ts";

/** Whether an object is meant. */
export type Selector = (object: ClusterObject) => boolean;

type Requirement = (labels: Labels) => boolean;

/** Whether labels are all that a service or a deployment looks for. */
export function carries(labels: Labels | undefined, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels?.[key] === value);
}

/** Reads a label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a` and `!a`, with commas between. */
export function labelSelector(text: string): Selector {
  const requirements = [...pieces(text)].map(requirementOf);
  return ({ metadata }) => requirements.every((met) => met(metadata.labels ?? {}));
}

/** Reads a field selector, of what a kind can be selected by. */
export function fieldSelector(resource: Resource, text: string): Selector {
  const wanted = text
    .split(",")
    .filter((each) => each !== "")
    .map((each) => {
      const [, key = "", operator, value = ""] = /^([^=!]+)(!=|==?)(.*)$/s.exec(each) ?? [];
      if (operator === undefined) {
        throw badRequest(`invalid selector: '${each}'; can't understand '${each}'`);
      }
      return { key, isNot: operator === "!=", value };
    });
  const known = new Set(Object.keys(fieldsOf(resource, undefined)));
  for (const { key } of wanted) if (!known.has(key)) throw badRequest(`field label not supported: ${key}`);
  if (wanted.length === 0) return () => true;
  return (object) => {
    const fields = fieldsOf(resource, object);
    return wanted.every(({ key, isNot, value }) => (fields[key] === value) !== isNot);
  };
}

function fieldsOf(resource: Resource, object: ClusterObject | undefined): Readonly<Record<string, string>> {
  const blank = {
    metadata: { name: "", namespace: "" },
    ...resource.blank,
    involvedObject: {},
    reason: "",
    type: "",
  };
  const { metadata } = object ?? blank;
  const own = resource.fields(object ?? (blank as unknown as ClusterObject));
  return { "metadata.name": metadata.name, "metadata.namespace": metadata.namespace, ...own };
}

/** The parts between those commas that are not inside of brackets. */
function pieces(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/).filter((each) => each.trim() !== "");
}

function requirementOf(piece: string): Requirement {
  const set = /^\s*([^\s!=(),]+)\s+(in|notin)\s*\(([^()]*)\)\s*$/.exec(piece);
  if (set !== null) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((each) => each.trim());
    return (labels) => values.includes(labels[key] ?? "\0") === (operator === "in");
  }
  const [, isAbsent, key = "", operator, value = ""] =
    /^\s*(!?)\s*([^\s!=(),]+)\s*(?:(!=|==?)\s*([^\s!=(),]*)\s*)?$/.exec(piece) ?? [];
  if (isAbsent === undefined) throw badRequest(problemOf(piece));
  if (operator === undefined) return (labels) => key in labels !== (isAbsent === "!");
  return (labels) => (labels[key] === value) !== (operator === "!=");
}

function problemOf(piece: string): string {
  const rest = /\(([^)]*)$/.exec(piece)?.[1];
  return rest === undefined
    ? `unable to parse requirement: found '${piece}', expected: identifier`
    : `unable to parse requirement: found '${rest.trim()}', expected: ',', ')' or identifier`;
}
