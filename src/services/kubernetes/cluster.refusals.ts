import { z } from "zod";
import type { RefusalParticulars } from "./cluster.errors.ts";

const text = z.string().optional().catch(undefined);

const cause = z.object({ reason: text, field: text, message: text });

const statusShape = z.object({
  reason: text,
  message: text,
  details: z
    .object({ name: text, kind: text, causes: z.array(cause).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** What a refusal says, as far as it can be read: it may be a page for people, or nothing. */
export function readRefusal(answer: string): {
  readonly reason: string | undefined;
  readonly particulars: RefusalParticulars | undefined;
} {
  let status: z.output<typeof statusShape>;
  try {
    status = statusShape.parse(JSON.parse(answer));
  } catch {
    return { reason: undefined, particulars: undefined };
  }
  const { reason, message, details } = status;
  const causes = (details?.causes ?? []).map((each) => ({
    reason: each.reason ?? "",
    field: each.field,
    message: each.message ?? "",
  }));
  return { reason, particulars: { message, name: details?.name, kind: details?.kind, causes } };
}
