import { listOf, textOf } from "../../services/workspace/document/document.reader.ts";
import type { Json, JsonObject } from "../../services/workspace/json.ts";
import { isList, isObject } from "../../services/workspace/merge/json.kinds.ts";

/** Paths that are served for the same methods; undefined where for all. */
export interface ServedPaths {
  readonly methods: readonly string[] | undefined;
  readonly paths: readonly string[];
}

const knownMethods = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS"];

/** Without the signs by which a gateway would read a path as a pattern, except for what stands for anything. */
const form = /^\/[\w.~%!&',;=@*/-]{0,500}$/;

/** What a path is described to do; undefined where nothing is said. Browsers ask before they call, and for heads. */
function methodsOf(item: Json): ReadonlySet<string> | undefined {
  const said = isObject(item) ? Object.keys(item).map((method) => method.toUpperCase()) : [];
  const known = said.filter((method) => knownMethods.includes(method));
  if (known.length === 0) return undefined;
  return new Set([...known, "OPTIONS", ...(known.includes("GET") ? ["HEAD"] : [])]);
}

/** The paths that an OpenAPI document describes, as gateways know paths, by what they do; empty where it describes none. */
export function servedPaths(openApi: JsonObject): readonly ServedPaths[] {
  const { paths } = openApi;
  const byPath = new Map<string, ReadonlySet<string>>();
  for (const [described, item] of isObject(paths) ? Object.entries(paths) : []) {
    const path = described.replace(/\{[^{}]*\}/g, "*");
    if (!form.test(path)) continue;
    const methods = methodsOf(item) ?? new Set(knownMethods);
    byPath.set(path, new Set([...(byPath.get(path) ?? []), ...methods]));
  }
  const groups = new Map<string, string[]>();
  for (const path of [...byPath.keys()].sort()) {
    const key = knownMethods.filter((method) => byPath.get(path)?.has(method)).join(" ");
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  return [...groups].map(([key, group]) => {
    const methods = key.split(" ");
    return { methods: methods.length === knownMethods.length ? undefined : methods, paths: group };
  });
}

/** No segment begins with a dot: there is no way up. */
const plainBase = /^(?:\/[\w~-][\w.~-]*)*\/?$/;

/** Where the described paths begin, below the address that the platform itself knows the project by. */
export function describedBase(openApi: JsonObject, usual: string): string {
  const [server] = listOf(openApi, "servers");
  const url = textOf(server?.["url"]);
  const served = url !== undefined && URL.canParse(url, usual) ? new URL(url, usual).pathname : undefined;
  const said = textOf(openApi["basePath"]) ?? served;
  if (said === undefined || said.length > 200 || !plainBase.test(said)) return usual;
  return new URL(usual).origin + said.replace(/\/$/, "");
}

const heavyFormats: ReadonlySet<Json | undefined> = new Set(["byte", "binary"]);

/** Whether anything described is of a heavy format; the running project, which anybody may have written, describes it. */
export function hasHeavyParts(openApi: JsonObject): boolean {
  const open: Json[] = [openApi["definitions"] ?? {}, openApi["components"] ?? {}];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (isList(part)) {
      for (const each of part) open.push(each);
    } else if (isObject(part)) {
      if (heavyFormats.has(part["format"])) return true;
      for (const each of Object.values(part)) open.push(each);
    }
  }
  return false;
}
