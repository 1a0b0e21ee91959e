import { AdminError } from "./admin.error.ts";
import { fieldsOf, listOf, type Fields } from "./json.fields.ts";
import { schemaProblem } from "./schema.check.ts";
import { policySchemaOf, schemaOf } from "./schema.catalogue.ts";

const configId = "http://express-gateway.io/models/gateway.config.json";

/** The configuration as it is read from its file: values of a neighbouring type turned into what they should be. */
export function readConfig(text: string): Fields {
  const config = JSON.parse(text) as Fields;
  const problem = schemaProblem(schemaOf(configId) ?? {}, config, schemaOf);
  if (problem !== undefined) throw new AdminError(422, problem);
  return config;
}

/** Refuses a configuration as a write of it would be; endpoints and conditions that do not exist are taken. */
export function checkConfig(text: string): void {
  const { pipelines } = readConfig(text);
  for (const pipeline of Object.values(fieldsOf(pipelines))) {
    for (const policy of listOf(fieldsOf(pipeline)["policies"])) {
      const [name = "", steps] = Object.entries(policy)[0] ?? [];
      for (const step of listOf([steps].flat())) checkAction(name, fieldsOf(step["action"]));
    }
  }
}

function checkAction(policy: string, action: Fields): void {
  const schema = policySchemaOf(policy);
  if (schema === undefined) throw new AdminError(422, "Cannot read property 'schema' of undefined");
  const problem = schemaProblem(schema, action, schemaOf);
  if (problem !== undefined) throw new AdminError(422, problem);
}
