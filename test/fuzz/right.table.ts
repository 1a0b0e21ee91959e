import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { PersonName } from "../support/sett.ts";

/** The ladder, lowest first. */
const ladder = ["none", "read", "write", "admin"] as const;
type Level = (typeof ladder)[number];

/** What a thing is called where somebody asks for it, read by its keys whatever else it is. */
type Named = Readonly<Record<string, unknown>>;

/** Of whom a permission is, and the least that gives it: written down here a second time, from what the docs say. */
const leastOf: Readonly<Record<string, readonly [of: string, level: Level]>> = {
  "platform:admin": ["platform", "admin"],
  "producer:admin": ["producer", "admin"],
  "producer:create": ["producer", "admin"],
  "repo:write": ["repo", "write"],
  "repo:admin": ["repo", "admin"],
  "project:read": ["project", "read"],
  "project:write": ["project", "write"],
  "project:admin": ["project", "admin"],
  "functions:read": ["functions", "read"],
  "functions:write": ["functions", "write"],
  "functions:admin": ["functions", "admin"],
  "pod:write": ["pod", "write"],
};

const accountOf = (person: PersonName) => (person === "admin" ? "lbadmin" : `customer-${person}`);

/** How far somebody gets in a repository, by Gitea's own rule and not by the gateway's. */
export function levelIn(
  { gitea: { platform } }: Sandbox,
  person: PersonName,
  owner: string,
  name: string,
): Level {
  const repository = person === "nobody" ? undefined : platform.findRepository(owner, name);
  if (!repository) return "none";
  const access = platform.accessOf(accountOf(person), owner, repository.name);
  return access === "owner" ? "admin" : access;
}

export const reaches = (level: Level, wanted: Level) => ladder.indexOf(level) >= ladder.indexOf(wanted);

const functionsOf = (env: string) => (env === "dev" ? "functions" : `functions-${env}`);

/** A name as it counts: what is none names nothing. */
const wordOf = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";

/** The producer, environment and repository that decide, of a thing that is named in one of the graph's ways. */
function keeperOf(
  of: string,
  subject: unknown,
): { readonly owner: string; readonly name: string } | undefined {
  if (of === "pod") {
    const [, producer = "", env = "", kind = ""] = Buffer.from(wordOf(subject), "base64url")
      .toString()
      .split(":");
    const isOfFunctions = kind === "FUNCTION" || kind === "SLS_API";
    return { owner: `customer-${producer}`, name: isOfFunctions ? functionsOf(env) : env };
  }
  const named = (typeof subject === "object" && subject !== null ? subject : {}) as Named;
  if (of === "repo") return { owner: wordOf(named["owner"]), name: wordOf(named["name"]) };
  const env = wordOf(named["env"]);
  return { owner: `customer-${wordOf(named["producer"])}`, name: of === "project" ? env : functionsOf(env) };
}

/** Whether somebody has a permission over a thing as things stand at Gitea. */
export function mayDo(sandbox: Sandbox, person: PersonName, permission: string, subject: unknown): boolean {
  const least = leastOf[permission];
  if (!least) throw new Error(`nothing is written down of ${permission}`);
  const [of, level] = least;
  if (person === "nobody") return false;
  if (person === "admin") return true;
  if (of === "platform") return false;
  if (of === "producer") {
    const name = typeof subject === "string" ? subject : wordOf((subject as Named | undefined)?.["producer"]);
    return name.toLowerCase() === person;
  }
  const keeper = keeperOf(of, subject);
  return keeper !== undefined && reaches(levelIn(sandbox, person, keeper.owner, keeper.name), level);
}
