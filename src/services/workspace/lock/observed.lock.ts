import type { Registry } from "prom-client";
import { withinSpan, type Tracing } from "../../../tracing/tracing.ts";
import { measureLockWaits } from "./lock.metrics.ts";
import type { Hold, WorkspaceLock } from "./workspace.lock.ts";

/** The same lock, whose waits are measured, and seen in traces. */
export function observeLock(
  lock: WorkspaceLock,
  { registry, tracing }: { readonly registry: Registry; readonly tracing: Tracing | undefined },
): WorkspaceLock {
  const waits = measureLockWaits(registry);

  const observed =
    (access: "read" | "write", take: (workspace: string) => Promise<Hold>) => async (workspace: string) => {
      const startedAt = performance.now();
      const observe = (outcome: string) =>
        waits.observe({ access, outcome }, (performance.now() - startedAt) / 1000);
      try {
        const hold = await withinSpan(tracing, `wait for a turn to ${access}`, () => take(workspace));
        observe("taken");
        return hold;
      } catch (error) {
        observe("refused");
        throw error;
      }
    };

  return { ...lock, read: observed("read", lock.read), write: observed("write", lock.write) };
}
