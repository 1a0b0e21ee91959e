import type { IncomingMessage, ServerResponse } from "node:http";
import type { Fault } from "./faults.ts";
import type { Reply } from "./http.ts";

type Half = Extract<Fault, { mode: "truncate" | "overstate" | "stall" }>;

/** Whether a fault lets an answer begin that does not come whole. */
export const isHalf = (fault: Fault): fault is Half =>
  ["truncate", "overstate", "stall"].includes(fault.mode);

/** Has a request answered in full first: half of the word that nothing has changed would be all of it. */
export function halfOf(fault: Half, { headers }: IncomingMessage): Half {
  delete headers["if-none-match"];
  return fault;
}

/** Sends no more than half of an answer; a stream is left where it would have begun. */
export function sendHalf(
  response: ServerResponse,
  { status, headers, body = "" }: Reply,
  { mode }: Half,
): void {
  const whole = Buffer.from(body as string);
  const half = whole.subarray(0, whole.length / 2);
  const length = mode === "truncate" ? half.length : Math.max(whole.length, 1);
  response.writeHead(status, { ...headers, "Content-Length": length });
  if (mode === "truncate") response.end(half);
  else if (mode === "stall") response.flushHeaders();
  else response.write(half, () => response.destroy());
}
