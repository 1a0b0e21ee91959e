import type { Entity } from "./loopback.body.ts";

/** Who may do what with User: the role, the answer and the method; some say that they are about executing. */
const userRules: readonly (readonly [string, string, string?, string?])[] = [
  ["$everyone", "DENY"],
  ["$everyone", "ALLOW", "create"],
  ["$owner", "ALLOW", "deleteById"],
  ["$everyone", "ALLOW", "login"],
  ["$everyone", "ALLOW", "logout"],
  ["$owner", "ALLOW", "findById"],
  ["$owner", "ALLOW", "patchAttributes"],
  ["$owner", "ALLOW", "replaceById"],
  ["$everyone", "ALLOW", "verify", "EXECUTE"],
  ["$everyone", "ALLOW", "confirm"],
  ["$everyone", "ALLOW", "resetPassword", "EXECUTE"],
  ["$authenticated", "ALLOW", "changePassword", "EXECUTE"],
  ["$authenticated", "ALLOW", "setPassword", "EXECUTE"],
];

/** Access rules of the models of LoopBack itself. */
export const commonAccessControls: readonly Entity[] = [
  rule("AccessToken", 0, ["$everyone", "DENY"]),
  ...userRules.map((each, index) => rule("User", index, each)),
];

function rule(model: string, index: number, told: readonly [string, string, string?, string?]): Entity {
  const [principalId, permission, property, accessType] = told;
  return {
    id: `common.${model}.${index}`,
    modelId: `common.${model}`,
    facetName: "common",
    ...(accessType === undefined ? {} : { accessType }),
    principalType: "ROLE",
    principalId,
    permission,
    ...(property === undefined ? {} : { property }),
    index,
  };
}
