import type { SandboxRequest } from "../http.ts";
import { rulesIn } from "./role.files.ts";
import { StatusError } from "./status.error.ts";

/** What may be done with some kinds of objects; a part of them is written like pods/log. */
export interface AccessRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** The only objects that it is about; all if not said. */
  readonly resourceNames?: readonly string[];
}

/** Who a token is of. */
export interface Account {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  /** What is allowed in the namespace of the producers, and which role allows it; an admin needs none. */
  readonly role?: { readonly name: string; readonly rules: readonly AccessRule[] };
  /** What is allowed of what is in no namespace. */
  readonly clusterRules?: readonly AccessRule[];
  readonly isAdmin?: boolean;
}

/** Something that somebody wants to do. */
export interface Attempt {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string | undefined;
  readonly name?: string | undefined;
  readonly namespace?: string | undefined;
}

const reading = ["get", "list", "watch"];

const readingRules: readonly AccessRule[] = [
  { verbs: reading, apiGroups: [""], resources: ["pods", "endpoints", "services"] },
  { verbs: ["get"], apiGroups: [""], resources: ["pods/log"] },
  { verbs: reading, apiGroups: ["apps"], resources: ["deployments", "replicasets"] },
  { verbs: reading, apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"] },
];

/** Somebody who may look at what producers have, and change nothing. */
export const reader: Account = {
  username: "gateway",
  uid: "1003",
  groups: ["gateways", "system:authenticated"],
  role: { name: "gateway", rules: readingRules },
};

/** Somebody who may look at what producers have, delete pods, restart deployments, and say what is wished of custom objects. */
export const operator: Account = {
  username: "operator",
  uid: "1004",
  groups: ["operators", "system:authenticated"],
  role: {
    name: "operator",
    rules: [
      ...readingRules,
      { verbs: reading, apiGroups: [""], resources: ["events"] },
      { verbs: ["delete"], apiGroups: [""], resources: ["pods"] },
      { verbs: ["patch"], apiGroups: ["apps"], resources: ["deployments"] },
      ...rulesIn("gateway-actualizer.yaml"),
    ],
  },
};

/** Somebody who keeps custom objects, and makes what is to run for them: with the rights that the actualizer is given. */
export const controller: Account = {
  username: "system:serviceaccount:sett:sett-actualizer",
  uid: "1005",
  groups: ["system:serviceaccounts", "system:authenticated"],
  role: { name: "sett-actualizer", rules: rulesIn("actualizer.yaml") },
  clusterRules: [
    ...rulesIn("actualizer-definitions.yaml"),
    ...rulesIn("actualizer-applies-definitions.yaml"),
  ],
};

/** Somebody who may do anything anywhere. */
export const admin: Account = {
  username: "admin",
  uid: "1001",
  groups: ["system:masters", "system:authenticated"],
  isAdmin: true,
};

/** Somebody who is known, and may do nothing. */
export const nobody: Account = { username: "nobody", uid: "1002", groups: ["system:authenticated"] };

const anonymous: Account = { username: "system:anonymous", uid: "", groups: ["system:unauthenticated"] };

/** The tokens that the API server knows. */
export class CallerAccess {
  readonly #namespace: string;
  readonly #accounts = new Map<string, Account>();

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  add(token: string, account: Account): void {
    this.#accounts.set(token, account);
  }

  revoke(token: string): void {
    this.#accounts.delete(token);
  }

  /** Who asks; throws when a token is shown that is nobody's. */
  callerOf({ headers }: Pick<SandboxRequest, "headers">): Account {
    const token = /^bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
    if (token === undefined) return anonymous;
    const account = this.#accounts.get(token);
    if (account === undefined) throw new StatusError(401, "Unauthorized", { reason: "Unauthorized" });
    return account;
  }

  /** Why somebody may do something; undefined when he may not. */
  reasonFor({ role, clusterRules = [], groups, isAdmin }: Account, attempt: Attempt): string | undefined {
    if (isAdmin === true) return "";
    const { verb, group, namespace, name = "" } = attempt;
    const { subresource = "" } = attempt;
    const resource = subresource === "" ? attempt.resource : `${attempt.resource}/${subresource}`;
    const isOfOneself = verb === "create" && /^selfsubject/.test(resource);
    if (isOfOneself && groups.includes("system:authenticated")) return "";
    const isAllowing = ({ verbs, apiGroups, resources, resourceNames }: AccessRule) =>
      verbs.includes(verb) &&
      apiGroups.includes(group) &&
      isAmong(resources, resource) &&
      (resourceNames === undefined || resourceNames.includes(name));
    if (namespace === undefined && clusterRules.some(isAllowing)) {
      return `RBAC: allowed by ClusterRoleBinding "${role?.name ?? ""}" of ClusterRole "${role?.name ?? ""}" to Group "${groups[0] ?? ""}"`;
    }
    const rule = role?.rules.find(isAllowing);
    if (role === undefined || rule === undefined || namespace !== this.#namespace) return undefined;
    const binding = `${role.name}/${this.#namespace}`;
    return `RBAC: allowed by RoleBinding "${binding}" of Role "${role.name}" to Group "${groups[0] ?? ""}"`;
  }

  /** Throws when somebody may not do something. */
  check(account: Account, attempt: Attempt): void {
    if (this.reasonFor(account, attempt) === undefined) throw forbidden(account, attempt);
  }
}

/** Whether a kind or a part of it is among those that are named; a star is all kinds, or all parts of a name. */
function isAmong(resources: readonly string[], resource: string): boolean {
  const [, part] = resource.split("/");
  return resources.includes(resource) || resources.includes(part === undefined ? "*" : `*/${part}`);
}

function forbidden({ username }: Account, attempt: Attempt): StatusError {
  const { verb, group, resource, subresource, name, namespace } = attempt;
  const kind = group === "" ? resource : `${resource}.${group}`;
  const part = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace "${namespace}"`;
  const what = name === undefined ? kind : `${kind} "${name}"`;
  const message = `${what} is forbidden: User "${username}" cannot ${verb} resource "${part}" in API group "${group}" ${where}`;
  const details = {
    ...(name === undefined ? {} : { name }),
    ...(group === "" ? {} : { group }),
    kind: resource,
  };
  return new StatusError(403, message, {
    reason: "Forbidden",
    details,
    headers: { "X-Content-Type-Options": "nosniff" },
  });
}
