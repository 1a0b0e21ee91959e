import {
  buildClientSchema,
  getIntrospectionQuery,
  type GraphQLSchema,
  type IntrospectionQuery,
} from "graphql";
import { authorization } from "../../identity/identity.store.ts";
import type { PagesConfiguration } from "../../identity/pages.configuration.ts";
import { describedSchema } from "./described.schema.ts";

/** Introspection knows nothing of permissions, but of all else. */
async function introspected(endpoint: string): Promise<GraphQLSchema> {
  const shown = authorization();
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(shown === undefined ? {} : { authorization: shown }),
    },
    body: JSON.stringify({ query: getIntrospectionQuery() }),
  });
  const { data, errors } = (await response.json()) as {
    data?: IntrospectionQuery;
    errors?: readonly { message: string }[];
  };
  if (!data) throw new Error(errors?.[0]?.message ?? `The gateway answers ${response.status}.`);
  return buildClientSchema(data);
}

/** The schema with its permissions, or without where only that is to be had; throws where none is. */
export async function loadSchema({ schema, endpoint }: PagesConfiguration): Promise<GraphQLSchema> {
  if (schema !== undefined) {
    const response = await fetch(new URL(`.${schema}`, location.href));
    if (response.ok) return describedSchema(await response.text());
  }
  return introspected(endpoint);
}
