import { pathToFileURL } from "node:url";
import { serveMeasured, type Serving } from "../process/measured.ts";
import type { Settings } from "./settings.ts";

/** A server that is not ours: a module that knows nothing of how it is measured, with libraries of its own. */
interface Peer {
  readonly start: (settings: Settings) => Promise<Serving>;
}

/** Starts the server that it is told to. */
serveMeasured(async (settings) => {
  if (settings.peer === undefined) throw new Error("There is no peer to start.");
  const { start } = (await import(pathToFileURL(settings.peer).href)) as Peer;
  return start(settings);
});
