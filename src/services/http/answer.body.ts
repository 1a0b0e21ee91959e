import type { z } from "zod";

/** A body that may be read by several, as several things: its JSON is parsed once, and each shape looked for once. */
export interface AnswerBody {
  readonly text: string;
  readonly parse: <Shape>(shape: z.ZodType<Shape>) => z.ZodSafeParseResult<Shape>;
  /** Whether it was not what somebody took it for. */
  readonly isMisread: () => boolean;
}

/** What several share nobody may change. */
function freeze(value: unknown): void {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const each of Object.values(value)) freeze(each);
}

/** The body of an answer that one request has to itself, or that several share. */
export function createAnswerBody(text: string, isShared: boolean): AnswerBody {
  let isRead = false;
  let isMisread = false;
  let json: unknown;
  let shaped: WeakMap<z.ZodType, z.ZodSafeParseResult<unknown>> | undefined;

  const read = (): unknown => {
    if (isRead) return json;
    isRead = true;
    try {
      const parsed: unknown = JSON.parse(text);
      // What nests too deep for this is nothing that anybody could use.
      if (isShared) freeze(parsed);
      json = parsed;
    } catch {
      json = undefined;
    }
    return json;
  };

  return {
    text,
    parse: <Shape>(shape: z.ZodType<Shape>) => {
      if (!isShared) return shape.safeParse(read());
      shaped ??= new WeakMap();
      const known = shaped.get(shape) as z.ZodSafeParseResult<Shape> | undefined;
      if (known) return known;
      const result = shape.safeParse(read());
      isMisread ||= !result.success;
      freeze(result.data);
      shaped.set(shape, result);
      return result;
    },
    isMisread: () => isMisread,
  };
}
