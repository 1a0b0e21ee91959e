/** Whose the session of this browser is, as far as this tab knows: null is nobody's, and undefined not known yet. */
let login: string | null | undefined;

/** By this the tabs of a browser tell each other whose their session is. */
const tabs = new BroadcastChannel("sett:session");

/** Whose session there is, or was when that could be asked last. */
export const sessionLogin = (): string | undefined => login ?? undefined;

/** Keeps whose session there is; the other tabs are told when it was another's before. */
export function noteSession(now: string | undefined): void {
  const next = now ?? null;
  if (next === login) return;
  login = next;
  tabs.postMessage(next);
}

/** Calls the listener when another tab knows otherwise than this one. */
export function onOtherSession(listener: (told: string | undefined) => void): void {
  tabs.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const told = typeof data === "string" ? data : null;
    if (told !== login) listener(told ?? undefined);
  });
}
