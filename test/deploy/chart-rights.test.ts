import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { AccessRule } from "../../src/sandbox/kubernetes/caller.access.ts";
import { rulesIn } from "../../src/sandbox/kubernetes/role.files.ts";
import { podsOf } from "./chart.pods.ts";
import { chartFolder, helm, ofKind, renderUses, uses, type Manifest } from "./chart.rendering.ts";

interface Role extends Manifest {
  readonly rules: readonly AccessRule[];
}

interface Binding extends Manifest {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string }[];
}

describe.skipIf(helm === undefined)("who may do what on the cluster", () => {
  let rendered: ReadonlyMap<string, readonly Manifest[]>;
  const rolesOf = (use: string) => ofKind<Role>(rendered.get(use) ?? [], "Role", "ClusterRole");

  beforeAll(async () => {
    rendered = await renderUses();
  });

  test.each(Object.keys(uses))(
    "no role allows anything by a star, secrets, or a thing in other namespaces than that of the producers, %s",
    (use) => {
      const roles = rolesOf(use);
      expect(roles.length).toBeGreaterThan(0);
      for (const { rules, kind, metadata } of roles) {
        if (kind === "Role") expect(metadata.namespace).toBe("customer");
        for (const { apiGroups, resources, verbs } of rules) {
          expect([...apiGroups, ...resources, ...verbs]).not.toContain("*");
          expect(resources).not.toContain("secrets");
          if (kind === "ClusterRole") expect(resources).toEqual(["customresourcedefinitions"]);
        }
      }
    },
  );

  test.each(Object.keys(uses))(
    "each binding leads from an account that something runs as to a role, %s",
    (use) => {
      const manifests = rendered.get(use) ?? [];
      const bindings = ofKind<Binding>(manifests, "RoleBinding", "ClusterRoleBinding");
      const running = new Set(podsOf(manifests).map(({ pod }) => pod.serviceAccountName ?? ""));
      expect(bindings.length).toBe(rolesOf(use).length);
      for (const { roleRef, subjects, metadata } of bindings) {
        const roles = rolesOf(use).filter(({ metadata: { namespace } }) => namespace === metadata.namespace);
        expect(roles.map((each) => `${each.kind} ${each.metadata.name}`)).toContain(
          `${roleRef.kind} ${roleRef.name}`,
        );
        expect(subjects).toMatchObject([{ kind: "ServiceAccount", namespace: "den" }]);
        expect(running).toContain(subjects[0]?.name);
      }
      // Accounts are made by the chart, but where it is told to leave that to others.
      const made = ofKind(manifests, "ServiceAccount").map(({ metadata }) => metadata.name);
      const others = use.includes("an account of its own") ? ["theirs"] : [];
      expect([...running].filter((name) => name !== "" && !made.includes(name))).toEqual(others);
    },
  );

  test("the roles are the rules of the files that the sandbox's cluster is held to, each where it belongs", () => {
    const given = (use: string, name: string) =>
      rolesOf(use).find(({ metadata }) => metadata.name === name)?.rules;
    const gateway = rulesIn("gateway.yaml");
    expect(given("as it comes", "sett-gateway")).toEqual([...gateway, ...rulesIn("gateway-actualizer.yaml")]);
    const without = "without an actualizer, an account of its own and policies";
    expect(given(without, "sett-gateway")).toEqual(gateway);
    expect(rolesOf(without)).toHaveLength(1);
    expect(given("as it comes", "sett-actualizer")).toEqual(rulesIn("actualizer.yaml"));
    const definitions = rulesIn("actualizer-definitions.yaml");
    expect(given("as it comes", "sett-actualizer-den")).toEqual(definitions);
    expect(given("with everything", "sett-actualizer-den")).toEqual([
      ...definitions,
      ...rulesIn("actualizer-applies-definitions.yaml"),
    ]);
    expect(readdirSync(`${chartFolder}/files/rules`)).toHaveLength(5);
  });
});
