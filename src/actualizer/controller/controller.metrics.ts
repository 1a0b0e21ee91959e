import { Gauge, type Registry } from "prom-client";
import type { Controller } from "./controller.ts";

/** Lets the metrics say, when they are read, how busy each controller is and whether this process leads. */
export function measureControllers(
  registry: Registry,
  controllers: readonly (readonly [string, Pick<Controller, "counts">])[],
  isLeading: () => boolean,
): void {
  const registers = [registry];
  new Gauge({
    name: "sett_actualizer_leading",
    help: "Whether this process is the one that works.",
    registers,
    collect() {
      this.set(isLeading() ? 1 : 0);
    },
  });
  new Gauge({
    name: "sett_actualizer_queue",
    help: "Resources by what they are up to: waiting for their turn, being worked on, or delayed after a failure.",
    labelNames: ["controller", "state"],
    registers,
    collect() {
      for (const [controller, { counts }] of controllers) {
        const { waiting, running, delayed } = counts() ?? { waiting: 0, running: 0, delayed: 0 };
        for (const [state, count] of Object.entries({ waiting, running, delayed })) {
          this.set({ controller, state }, count);
        }
      }
    },
  });
  new Gauge({
    name: "sett_actualizer_queue_oldest_seconds",
    help: "For how long the resource that waits longest for its turn has waited.",
    labelNames: ["controller"],
    registers,
    collect() {
      for (const [controller, { counts }] of controllers) {
        this.set({ controller }, (counts()?.oldestMs ?? 0) / 1000);
      }
    },
  });
  new Gauge({
    name: "sett_actualizer_retries",
    help: "Tries after a failure since this process leads.",
    labelNames: ["controller"],
    registers,
    collect() {
      for (const [controller, { counts }] of controllers) this.set({ controller }, counts()?.retries ?? 0);
    },
  });
}
