import { useSyncExternalStore } from "react";

/** A project as the page's address names it: `#/demo/dev`, so that it can be linked and reloaded. */
export interface Place {
  readonly producer: string;
  readonly env: string;
}

function listen(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The part of an address behind the page that leads to a project. */
export function addressOf({ producer, env }: Place): string {
  return `#/${encodeURIComponent(producer)}/${encodeURIComponent(env)}`;
}

/** The project that an address leads to, if it does to one. */
export function placeIn(hash: string): Place | undefined {
  const [, producer, env = "dev"] = /^#\/([a-z0-9-]+)(?:\/([a-z0-9]+))?\/?$/.exec(hash) ?? [];
  return producer === undefined ? undefined : { producer, env };
}

/** The project that the page is at, told anew as the address changes. */
export function usePlace(): Place | undefined {
  return placeIn(useSyncExternalStore(listen, () => window.location.hash));
}

/** Goes from the project to the list of all. */
export function leavePlace(): void {
  window.location.hash = "";
}
