import { autoGatewayInstance } from "../../services/auto-gateway/auto-gateway.names.ts";
import { hashOf } from "./object.names.ts";

export { autoGatewayInstance };

const longestInstance = 15;

/** Beginnings that hosts of other things have. */
const taken: ReadonlySet<string> = new Set(["admin", "internal", "sls"]);

/** What is to be named. */
export interface NamedGateway {
  readonly id: string;
  readonly name: string;
}

function slugOf(name: string, dash: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, dash)
    .replace(/^-+|-+$/g, "");
}

/**
 * Whether nothing else can be called like a gateway of this instance. Producers' names and instances both have dashes,
 * so an environment's name in the middle could be read as the end of another producer's.
 */
function isUnmistakable(instance: string, environments: readonly string[]): boolean {
  const parts = instance.split("-");
  return !taken.has(parts[0] ?? "") && parts.every((part) => !environments.includes(part));
}

/**
 * What the gateways of a project are called in names of hosts and objects, in their order: their names, as far as hosts
 * can be called that, or their ids. Of several that would be called the same the first is. In environments that only some
 * producers have they have no dashes: what the others are called cannot be avoided, since it is not known here.
 */
export function instancesOf(
  gateways: readonly NamedGateway[],
  environments: readonly string[],
  env = environments[0] ?? "",
): readonly string[] {
  const isStatic = environments.includes(env);
  const avoided = isStatic ? environments : [...environments, env];
  const given = new Set([autoGatewayInstance]);
  const isFree = (instance: string) =>
    instance !== "" &&
    instance.length <= longestInstance &&
    !given.has(instance) &&
    isUnmistakable(instance, avoided);
  return gateways.map(({ id, name }) => {
    const byName = name.length <= longestInstance ? slugOf(name, isStatic ? "-" : "") : "";
    const byId = id
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "")
      .slice(0, longestInstance);
    const instance = [byName, byId].find(isFree) ?? `g${hashOf(id, longestInstance - 1)}`;
    given.add(instance);
    return instance;
  });
}
