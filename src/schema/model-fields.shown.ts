import type { Json, JsonObject } from "../services/workspace/json.ts";
import { fieldsOf, isKnown, setFields, type ModelGroup } from "../services/workspace/models/model.fields.ts";

/** Makes what the graph shows of what is stored. */
export type ShownAs<Fields> = new (stored: object) => Fields;

/**
 * A class of things of a group as the graph shows them, with their name, the known fields and, under `other`, the rest of
 * what people and canvases have put there. A field is looked up when it is asked for.
 */
export function shownFields(group: ModelGroup): ShownAs<{ readonly other: JsonObject }> {
  class Shown {
    readonly stored: JsonObject;

    constructor(stored: object) {
      this.stored = stored as JsonObject;
    }

    get name(): Json | undefined {
      return this.stored["name"];
    }

    get other(): JsonObject {
      const others = setFields(group, this.stored).filter(([field, value]) => !isKnown(group, field, value));
      return Object.fromEntries(others);
    }
  }
  for (const field of fieldsOf(group)) {
    Object.defineProperty(Shown.prototype, field, {
      get(this: Shown): Json | undefined {
        const value = this.stored[field];
        return value !== undefined && isKnown(group, field, value) ? value : undefined;
      },
    });
  }
  return Shown;
}
