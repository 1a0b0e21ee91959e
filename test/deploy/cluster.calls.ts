import type { RecordedRequest } from "../../src/sandbox/http.ts";
import type { AccessRule } from "../../src/sandbox/kubernetes/caller.access.ts";

/** What somebody asks of a cluster. */
export interface ClusterCall {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly name: string | undefined;
}

const address =
  /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/[^/]+)?\/(?<plural>[^/?]+)(?:\/(?<name>[^/?]+)(?:\/(?<part>[^/?]+))?)?(?:\?(?<query>.*))?$/;

/** What a request asks of the cluster, in the words of roles. */
export function callOf({ method, path }: Pick<RecordedRequest, "method" | "path">): ClusterCall {
  const { group = "", plural = "", name, part, query = "" } = address.exec(path)?.groups ?? {};
  const reading = query.includes("watch=true") ? "watch" : name === undefined ? "list" : "get";
  const verbs: Readonly<Record<string, string>> = {
    GET: reading,
    POST: "create",
    PATCH: "patch",
    DELETE: "delete",
  };
  const resource = part === undefined ? plural : `${plural}/${part}`;
  return { verb: verbs[method] ?? method, group, resource, name };
}

/** Whether a rule allows a call. */
export const allows =
  ({ verb, group, resource, name }: ClusterCall) =>
  ({ verbs, apiGroups, resources, resourceNames }: AccessRule) =>
    verbs.includes(verb) &&
    apiGroups.includes(group) &&
    resources.includes(resource) &&
    (resourceNames === undefined || resourceNames.includes(name ?? ""));

/** Rules taken apart: one verb and one resource each. */
export const rightsIn = (rules: readonly AccessRule[]): readonly AccessRule[] =>
  rules.flatMap((rule) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.map((verb) => ({ ...rule, resources: [resource], verbs: [verb] })),
    ),
  );
