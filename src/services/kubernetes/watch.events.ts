import { ClusterRefusal, ClusterUnreachable } from "./cluster.errors.ts";

/** What a watch says of one object: it is there like this, or it is no longer there. */
export type WatchEvent =
  | { readonly type: "PUT"; readonly uid: string; readonly version: string; readonly object: unknown }
  | { readonly type: "REMOVED"; readonly uid: string; readonly version: string }
  | { readonly type: "BOOKMARK"; readonly version: string };

/** One page of a list. */
export interface Page {
  readonly version: string;
  readonly items: readonly { readonly uid: string; readonly object: unknown }[];
  readonly next: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};

function parse(text: string): Fields {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    throw new ClusterUnreachable("MALFORMED");
  }
}

function textOf(value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ClusterUnreachable("MALFORMED");
}

const optionalText = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** One line of a watch. An event of type ERROR is thrown: as the refusal that it is, though it came with a 200. */
export function readEvent(line: string): WatchEvent {
  const { type, object } = parse(line);
  if (type === "ERROR") {
    const { code, reason } = fieldsOf(object);
    throw new ClusterRefusal(typeof code === "number" ? code : 500, optionalText(reason));
  }
  const metadata = fieldsOf(fieldsOf(object)["metadata"]);
  const version = textOf(metadata["resourceVersion"]);
  switch (type) {
    case "BOOKMARK":
      return { type, version };
    case "ADDED":
    case "MODIFIED":
      return { type: "PUT", uid: textOf(metadata["uid"]), version, object };
    case "DELETED":
      return { type: "REMOVED", uid: textOf(metadata["uid"]), version };
    default:
      throw new ClusterUnreachable("MALFORMED");
  }
}

/** One page of a list; a list of nothing may come without items. */
export function readPage(text: string): Page {
  const { metadata, items } = parse(text);
  const { resourceVersion, continue: next } = fieldsOf(metadata);
  if (items !== undefined && items !== null && !Array.isArray(items)) {
    throw new ClusterUnreachable("MALFORMED");
  }
  return {
    version: textOf(resourceVersion),
    items: ((items ?? []) as unknown[]).map((object) => ({
      uid: textOf(fieldsOf(fieldsOf(object)["metadata"])["uid"]),
      object,
    })),
    next: optionalText(next),
  };
}
