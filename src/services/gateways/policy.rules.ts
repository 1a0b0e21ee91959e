import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Problem } from "../../errors.ts";
import type { Json, JsonObject } from "../workspace/json.ts";
import { listOf, textOf } from "../workspace/document/document.reader.ts";
import { isObject } from "../workspace/merge/json.kinds.ts";
import type { GatewaySchema } from "./admin.client.ts";
import { policiesOf } from "./pipeline.reader.ts";

/** What a gateway's own schemas say of policies. */
export interface PolicyRules {
  /** What is wrong with saved pipelines, each at its place below `field`. */
  readonly problemsOf: (pipelines: readonly JsonObject[], field: string) => readonly Problem[];
}

/** The last part of a schema's id: the name of the policy or condition that it is about. */
const nameOf = ({ schema }: GatewaySchema) => /([^/]+)\.json$/.exec(schema.$id)?.[1] ?? "";

/** Patterns of a gateway's are left to it: an expression can be made to take for ever. */
const anyPattern = Object.assign(() => ({ test: () => true }), { code: "anyPattern" });

/** Reads values as the gateway does: a number in quotes is a number, and what is left out is what it is by default. */
function compiler(schemas: readonly GatewaySchema[]): Ajv {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    coerceTypes: true,
    useDefaults: true,
    logger: false,
    code: { regExp: anyPattern },
  });
  addFormats.default(ajv, { mode: "fast", formats: ["uri", "email", "regex"] });
  // Only something that is no JSON can be an instance of anything.
  ajv.addKeyword({ keyword: "instanceof", validate: () => false });
  for (const { schema } of schemas) ajv.addSchema(schema);
  return ajv;
}

/** Where in a value an error is, in the form of all other places in the input. */
function placeOf({ instancePath, keyword, params }: ErrorObject): string {
  const steps = instancePath.split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  const missing: unknown = keyword === "required" ? params["missingProperty"] : undefined;
  return [...steps, ...(typeof missing === "string" ? [missing] : [])].filter(Boolean).join(".");
}

const messageOf = ({ keyword, message }: ErrorObject) =>
  keyword === "required" ? "must be there" : (message ?? "is not as the gateway wants it");

function problemsOfValue(
  validate: ValidateFunction,
  value: Json | undefined,
  field: string,
): readonly Problem[] {
  if (validate(structuredClone(value ?? {}))) return [];
  const found = new Map<string, Problem>();
  for (const error of validate.errors ?? []) {
    const place = placeOf(error);
    const at = place === "" ? field : `${field}.${place}`;
    // Of several things said of one place the first is the reason, the others follow from it.
    if (!found.has(at)) found.set(at, { field: at, message: messageOf(error) });
  }
  return [...found.values()];
}

/** Makes the rules; throws where the schemas are none. */
export function createPolicyRules(schemas: readonly GatewaySchema[]): PolicyRules {
  const ajv = compiler(schemas);
  const named = (type: string) =>
    new Map(
      schemas
        .filter((each) => each.type === type)
        .map((each) => [nameOf(each), ajv.getSchema(each.schema.$id) ?? ajv.compile(each.schema)]),
    );
  const [policies, conditions] = [named("policy"), named("condition")];

  const problemsOfCondition = (condition: JsonObject, field: string): readonly Problem[] => {
    const name = textOf(condition["name"]) ?? "";
    const validate = conditions.get(name);
    if (!validate)
      return [{ field: `${field}.name`, message: `the gateway knows no condition ${name}`.trim() }];
    const inner = listOf(condition, "conditions").flatMap((each, index) =>
      problemsOfCondition(each, `${field}.conditions.${index}`),
    );
    const { condition: negated } = condition;
    return [
      ...problemsOfValue(validate, condition, field),
      ...inner,
      ...(isObject(negated) ? problemsOfCondition(negated, `${field}.condition`) : []),
    ];
  };

  const problemsOfStep = (validate: ValidateFunction, { condition, action }: JsonObject, field: string) => [
    ...(condition === undefined || condition === null
      ? []
      : isObject(condition)
        ? problemsOfCondition(condition, `${field}.condition`)
        : [{ field: `${field}.condition`, message: "must be object" }]),
    ...problemsOfValue(validate, action, `${field}.action`),
  ];

  const problemsOfPipeline = (pipeline: JsonObject, field: string): readonly Problem[] =>
    policiesOf(pipeline).flatMap(({ name, steps }, index) => {
      const place = `${field}.policies.${index}`;
      const validate = policies.get(name);
      if (!validate) return [{ field: `${place}.name`, message: `the gateway knows no policy ${name}` }];
      return steps.flatMap((step, at) => problemsOfStep(validate, step, `${place}.steps.${at}`));
    });

  return {
    problemsOf: (pipelines, field) =>
      pipelines.flatMap((pipeline, index) => problemsOfPipeline(pipeline, `${field}.${index}`)),
  };
}
