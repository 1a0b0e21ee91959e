import { cpus, loadavg } from "node:os";

/** What the figures were made on, in a line. */
export function machineLine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? "unknown processor";
  const load = (loadavg()[0] ?? 0).toFixed(2);
  return `${processors.length} cores, ${model}; Node ${process.version} on ${process.platform}; load ${load} at the start`;
}
