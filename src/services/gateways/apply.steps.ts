import { setTimeout as sleep } from "node:timers/promises";
import { UpstreamRejected } from "../../errors.ts";
import type { JsonObject } from "../workspace/json.ts";
import type { Step } from "../workspace/steps.ts";
import type { GatewayAdmin } from "./admin.client.ts";
import type { Unmaking } from "./apply.undo.ts";
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
  /** What is there, whoever may know of it: what is written over is put back from here. */
  readonly running: RunningConfig;
  readonly unmaking: Unmaking;
}

/** The write that a difference asks for. */
export function applyStep(
  { gateway, admin, running, unmaking }: Applying,
  { action, kind, name, title, saved }: Difference,
): Step<RunningConfig> {
  const live = running[kind].get(name);
  const entry = { kind, name };
  const put = (what: JsonObject) => admin.put(gateway, kind, name, writable(what));
  return {
    title: `${verbs[action]} the ${nouns[kind]} ${title}`,
    apply: async () => {
      if (!saved) {
        await admin.remove(gateway, kind, name);
        return;
      }
      const sent = () => {
        if (!live) unmaking.sent(entry);
      };
      await put(saved).then(sent, (error: unknown) => {
        // Only what the gateway has refused in so many words was certainly not stored.
        if (!(error instanceof UpstreamRejected)) sent();
        throw error;
      });
    },
    isDone: (config) => isSameEntry(kind, saved, config[kind].get(name), running.ownHost),
    undo: () => (live ? put(live) : unmaking.undo(entry)),
  };
}
