import type { z } from "zod";
import { Problem } from "./problem.error.ts";
import type { Call } from "./route.table.ts";

/** What a field was found lacking, in the words Gitea's binding uses. */
export function refuseField(field: string, reason = "Required"): Problem {
  return new Problem(422, `[${field}]: ${reason}`);
}

/** Reads the body of a call; fields of the wrong type are refused as Go's decoder refuses them. */
export function formOf<T extends z.ZodType>(call: Call, schema: T): z.output<T> {
  const parsed = schema.safeParse(bodyOf(call));
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new Problem(422, `[]: json: cannot unmarshal value into Go struct field ${field}`);
}

function bodyOf(call: Call): unknown {
  const { headers, body } = call.request;
  const contentType = headers["content-type"] ?? "";
  if (contentType === "") throw new Problem(422, "[]: Empty Content-Type");
  if (!contentType.includes("json")) throw new Problem(422, "[]: Unsupported Content-Type");
  const source = body.toString("utf8").trim();
  if (source === "") return {};
  try {
    return (JSON.parse(source) as unknown) ?? {};
  } catch (error) {
    throw new Problem(422, `[]: ${complaintAbout(source, error)}`);
  }
}

function complaintAbout(source: string, error: unknown): string {
  const at = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  const character = at === undefined ? undefined : source[Number(at)];
  if (character === undefined) return "unexpected end of JSON input";
  return `invalid character '${character}' looking for beginning of value`;
}
