import { parseJson, type Reply, type SandboxRequest } from "../http.ts";
import type { Account, AccessRule, CallerAccess } from "./caller.access.ts";
import { stamp, type Fields } from "./kubernetes.object.ts";
import { answer, badRequest, unknownResource } from "./status.error.ts";

const authorization = "authorization.k8s.io";
const authentication = "authentication.k8s.io";

const ownRules: readonly AccessRule[] = [
  {
    verbs: ["create"],
    apiGroups: [authorization],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"],
  },
  { verbs: ["create"], apiGroups: [authentication], resources: ["selfsubjectreviews"] },
];

const openPaths = [
  "/api",
  "/api/*",
  "/apis",
  "/apis/*",
  "/healthz",
  "/livez",
  "/openapi",
  "/openapi/*",
  "/readyz",
];
const publicPaths = ["/healthz", "/livez", "/readyz", "/version", "/version/"];

/** The groups that questions about oneself belong to. */
export const reviewGroups: readonly string[] = [authorization, authentication];

/** Answers what somebody asks about himself: may he do something, what may he do, who is he. */
export function answerReview(
  access: CallerAccess,
  account: Account,
  plural: string,
  request: SandboxRequest,
): Reply {
  const body = parseJson(request.body);
  if (typeof body !== "object" || body === null) throw badRequest("the object provided is unrecognized");
  const { spec = {} } = body as { spec?: Fields };
  switch (plural) {
    case "selfsubjectaccessreviews":
      return reviewed("SelfSubjectAccessReview", authorization, {
        spec,
        status: decision(access, account, spec),
      });
    case "selfsubjectrulesreviews":
      return reviewed("SelfSubjectRulesReview", authorization, { spec: {}, status: rulesOf(account) });
    case "selfsubjectreviews": {
      const { username, uid, groups } = account;
      const metadata = { creationTimestamp: stamp() };
      const status = { userInfo: { username, uid, groups } };
      return reviewed("SelfSubjectReview", authentication, { metadata, status });
    }
    default:
      throw unknownResource();
  }
}

function reviewed(kind: string, group: string, fields: Fields): Reply {
  return answer(201, { kind, apiVersion: `${group}/v1`, metadata: {}, ...fields });
}

function decision(access: CallerAccess, account: Account, spec: Fields): Fields {
  const {
    verb = "",
    group = "",
    resource = "",
    ...rest
  } = (spec["resourceAttributes"] ?? {}) as Record<string, string>;
  const reason = access.reasonFor(account, { verb, group, resource, ...rest });
  if (reason === undefined) return { allowed: false };
  return { allowed: true, ...(reason === "" ? {} : { reason }) };
}

function rulesOf({ role, isAdmin }: Account): Fields {
  const all = [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }];
  const own = isAdmin === true ? all : (role?.rules ?? []);
  const nonResourceRules = [
    [...openPaths, "/version", "/version/"],
    publicPaths,
    ["/.well-known", "/.well-known/*"],
  ].map((nonResourceURLs) => ({ verbs: ["get"], nonResourceURLs }));
  return { resourceRules: [...ownRules, ...own], nonResourceRules, incomplete: false };
}
