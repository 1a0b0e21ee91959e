import { textOf } from "../workspace/document/document.reader.ts";
import type { JsonObject } from "../workspace/json.ts";
import { proxyTargets } from "./pipeline.reader.ts";
import { isPlatforms, type RunningConfig } from "./running.config.ts";

/** Whether the caller may read the functions of the project. */
export type SeesFunctions = () => Promise<boolean>;

/** A running configuration as far as its reader may know of it. */
export interface ShownConfig extends RunningConfig {
  /** What running pipelines lead to, where some of what is there is not shown: it may be there all the same. */
  readonly ledTo: ReadonlySet<string>;
}

/**
 * Leaves out what the platform put there for functions, unless the caller may read these. A model is known by its
 * address, which the platform chooses, and not by its id: whoever makes a model could give it that of a function.
 */
export async function shownConfig(
  running: RunningConfig,
  modelBase: string,
  seesFunctions: SeesFunctions,
): Promise<ShownConfig> {
  if (await seesFunctions()) return { ...running, ledTo: new Set() };
  const isShown = (entry: JsonObject) =>
    !isPlatforms("serviceEndpoint", entry) || (textOf(entry["url"]) ?? "").startsWith(`${modelBase}/`);
  const targets = [...running.pipeline.values()].flatMap(proxyTargets);
  return {
    ...running,
    serviceEndpoint: new Map([...running.serviceEndpoint].filter(([, entry]) => isShown(entry))),
    ledTo: new Set(targets.map(({ target }) => target)),
  };
}
