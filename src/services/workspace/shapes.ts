import { z } from "zod";
import type { Json, JsonObject } from "./json.ts";

/** The workspace's answers as recorded. Whatever else is in them is kept: canvases put things of their own there. */

/** What JSON.parse gives is JSON: looking through all of it again would take longer than reading it. */
const anyJson = z.custom<Json>((value) => value !== undefined);

export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

const named = z.object({ name: z.string() }).catchall(anyJson);

/** A model with what belongs to it. */
export const modelShape = z
  .object({
    id: z.string(),
    name: z.string(),
    configFile: z.string(),
    properties: z.array(named),
    relations: z.array(named),
    methods: z.array(named),
    validations: z.array(jsonObject),
    accessControls: z.array(jsonObject),
  })
  .catchall(anyJson);

export const modelConfigShape = z.object({ id: z.string(), name: z.string() }).catchall(anyJson);

export const dataSourceShape = z
  .object({ id: z.string(), name: z.string(), connector: z.string() })
  .catchall(anyJson);
