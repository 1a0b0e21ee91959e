import type { ActualizerSettings } from "../settings.ts";
import { joinedName, longestLabel, type Place } from "./object.names.ts";

type Domain = Pick<ActualizerSettings, "domain">;

const adminPrefix = "admin-";

/** The hosts of a producer's environment. */
export function workspaceHosts({ producer, env }: Place, { domain }: Domain) {
  const host = (...parts: string[]) => `${joinedName([...parts, producer, env])}.${domain}`;
  return { project: host(), internal: host("internal"), slsApi: host("sls") };
}

/** The hosts of a gateway: its own, and that of its administration, which is known by its own behind `admin-`. */
export function gatewayHosts({ producer, env }: Place, instance: string, { domain }: Domain) {
  const label = joinedName([instance, producer, env], longestLabel - adminPrefix.length);
  return { own: `${label}.${domain}`, admin: `${adminPrefix}${label}.${domain}` };
}
