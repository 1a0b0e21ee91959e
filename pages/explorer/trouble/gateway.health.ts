import { shared } from "../value.store.ts";

/** What is known of the gateway and of what it rests on. */
export interface Health {
  readonly isReached: boolean;
  /** The services that do not answer, without which nothing works; and those with less. */
  readonly notReady: readonly string[];
  readonly degraded: readonly string[];
}

const well: Health = { isReached: true, notReady: [], degraded: [] };

/** How the gateway does, as far as it was asked. */
export const health = shared<Health>(well);

/** While something is wrong it is asked soon again, else hardly ever. */
const soonMs = 5_000;
const seldomMs = 5 * 60_000;

let next: ReturnType<typeof setTimeout> | undefined;
let isAsked = false;

const isWell = ({ isReached, notReady, degraded }: Health) =>
  isReached && notReady.length === 0 && degraded.length === 0;

async function look(): Promise<Health> {
  try {
    const response = await fetch("./readyz", { cache: "no-store" });
    const told = (await response.json()) as Partial<Health>;
    return { isReached: true, notReady: told.notReady ?? [], degraded: told.degraded ?? [] };
  } catch {
    return { ...well, isReached: false };
  }
}

/** Asks how the gateway does, now. */
export async function checkHealth(): Promise<void> {
  if (isAsked) return;
  isAsked = true;
  clearTimeout(next);
  const found = await look();
  isAsked = false;
  // As long as all is well, that is the same to everybody.
  health.set(isWell(found) ? well : found);
  next = setTimeout(checkWhenSeen, isWell(found) ? seldomMs : soonMs);
}

/** Nobody looks at a page in the background; it is asked when somebody does. */
function checkWhenSeen(): void {
  if (document.visibilityState === "visible") void checkHealth();
  else document.addEventListener("visibilitychange", () => void checkHealth(), { once: true });
}

/** Looks into what an answer tells of: services that cannot be asked. */
export function noteAnswer(answer: unknown): void {
  const { errors } = (answer ?? {}) as { errors?: readonly { extensions?: { code?: string } }[] };
  if (errors?.some(({ extensions }) => extensions?.code === "UPSTREAM_UNAVAILABLE")) void checkHealth();
}
