import { textOf } from "../workspace/document/document.reader.ts";
import type { JsonObject } from "../workspace/json.ts";
import {
  entryKinds,
  isPlatforms,
  isSameEntry,
  type EntryKind,
  type GatewayConfig,
  type RunningConfig,
} from "./running.config.ts";

/** What is to be done with an entry of a gateway, so that it runs as it is saved. */
export type DifferenceAction = "CREATE" | "UPDATE" | "DELETE";

/** One entry that is not the same where it is saved and where it runs. */
export interface Difference {
  readonly action: DifferenceAction;
  readonly kind: EntryKind;
  /** The name it has at the gateway: the canvas' id. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  readonly saved: JsonObject | undefined;
  readonly live: JsonObject | undefined;
}

function differencesOf(kind: EntryKind, saved: GatewayConfig, live: RunningConfig): Difference[] {
  const names = new Set([...saved[kind].keys(), ...live[kind].keys()]);
  return [...names].flatMap((name) => {
    const [wanted, there] = [saved[kind].get(name), live[kind].get(name)];
    if (isSameEntry(kind, wanted, there, live.ownHost)) return [];
    if (!wanted && there && isPlatforms(kind, there)) return [];
    const action = !there ? "CREATE" : !wanted ? "DELETE" : "UPDATE";
    const title = textOf((wanted ?? there)?.["friendlyName"]) ?? name;
    return [{ action, kind, name, title, saved: wanted, live: there }];
  });
}

/**
 * What is to be done, one by one, in an order in which no pipeline ever leads to or from what is not there: endpoints
 * before the pipelines that use them, and what goes last, pipelines first.
 */
export function differences(saved: GatewayConfig, live: RunningConfig): readonly Difference[] {
  const all = entryKinds.flatMap((kind) => differencesOf(kind, saved, live));
  const goes = all.filter(({ action }) => action === "DELETE");
  return [...all.filter(({ action }) => action !== "DELETE"), ...goes.toReversed()];
}
