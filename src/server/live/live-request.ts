import { z } from "zod";
import { UnreadableRequest } from "../json-body.ts";
import type { LiveRequest } from "./operation.runner.ts";

const requestShape = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Reads what is asked for from a body. */
export function readLiveRequest(body: unknown): LiveRequest {
  const read = requestShape.safeParse(body);
  if (read.success) return read.data;
  throw new UnreadableRequest(
    400,
    "The body is to hold a query, and may hold variables and an operationName.",
  );
}
