import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "../workspace/json.ts";
import type { Step } from "../workspace/steps.ts";
import type { GatewayAdmin } from "./admin.client.ts";
import type { WritableGateway } from "./gateway.address.ts";
import type { Difference } from "./gateway.difference.ts";
import { isSameEntry, type EntryKind, type RunningConfig } from "./running.config.ts";

/** How long a gateway may take to serve what was written, and how often it is asked. */
export interface SettleOptions {
  readonly settleMs: number;
  readonly intervalMs: number;
}

/** Reads until what is wanted is served, or until no more time is left for it; what was read last. */
export async function settled(
  read: () => Promise<RunningConfig>,
  isWanted: (config: RunningConfig) => boolean,
  { settleMs, intervalMs }: SettleOptions,
): Promise<RunningConfig> {
  const end = performance.now() + settleMs;
  for (;;) {
    const config = await read();
    if (isWanted(config) || performance.now() >= end) return config;
    await sleep(intervalMs);
  }
}

const nouns: Record<EntryKind, string> = {
  pipeline: "pipeline",
  apiEndpoint: "API endpoint",
  serviceEndpoint: "service endpoint",
};

const verbs = { CREATE: "Make", UPDATE: "Change", DELETE: "Take away" } as const;

/** An entry as it is written back: a gateway tells of a pipeline without API endpoints that it has one, null. */
function writable({ apiEndpoints, ...entry }: JsonObject): JsonObject {
  if (!Array.isArray(apiEndpoints)) return apiEndpoints === undefined ? entry : { ...entry, apiEndpoints };
  const named = (apiEndpoints as readonly unknown[]).filter(
    (each): each is string => typeof each === "string",
  );
  return named.length > 0 ? { ...entry, apiEndpoints: named } : entry;
}

interface Applying {
  readonly gateway: WritableGateway;
  readonly admin: GatewayAdmin;
  readonly ownHost: string;
  readonly settle: SettleOptions;
}

/** The write that a difference asks for. */
export function applyStep(
  { gateway, admin, ownHost, settle }: Applying,
  { action, kind, name, title, saved, live }: Difference,
): Step<RunningConfig> {
  const write = (entry: JsonObject | undefined) =>
    entry ? admin.put(gateway, kind, name, writable(entry)) : admin.remove(gateway, kind, name);
  return {
    title: `${verbs[action]} the ${nouns[kind]} ${title}`,
    apply: () => write(saved),
    isDone: (config) => isSameEntry(kind, saved, config[kind].get(name), ownHost),
    undo: async () => {
      // What is not served yet cannot be taken away.
      if (!live)
        await settled(
          () => admin.config(gateway),
          (config) => config[kind].has(name),
          settle,
        );
      await write(live);
    },
  };
}
