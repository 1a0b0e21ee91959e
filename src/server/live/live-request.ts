import { z } from "zod";
import { UnreadableRequest } from "../json-body.ts";
import type { LiveRequest } from "./operation.runner.ts";

const requestShape = z
  .object({
    query: z.string().optional(),
    documentId: z.unknown().optional(),
    extensions: z.record(z.string(), z.unknown()).nullish(),
    operationName: z.string().nullish(),
    variables: z.record(z.string(), z.unknown()).nullish(),
  })
  .refine(
    ({ query, documentId, extensions }) =>
      query !== undefined || documentId != null || extensions?.["persistedQuery"] != null,
  );

/** Reads what is asked for from a body. */
export function readLiveRequest(body: unknown): LiveRequest {
  const read = requestShape.safeParse(body);
  if (read.success) return read.data;
  throw new UnreadableRequest(
    400,
    "The body is to hold a query or a documentId, and may hold variables and an operationName.",
  );
}
