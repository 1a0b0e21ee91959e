import type { AccessReviews } from "./access.review.ts";
import { actualizedRights, excessRights, gatewayRights, type Right } from "./cluster.rights.ts";
import { ok, warning, wrong, type Told } from "./finding.ts";

const nameOf = ({ group, resource }: Right) => (group === "" ? resource : `${resource}.${group}`);

/** The rule of a Role that gives a right. */
function ruleFor({ group, resource, name }: Right, verbs: readonly string[]): string {
  const only = name === undefined ? "" : `, resourceNames: [${name}]`;
  return `{ apiGroups: ["${group}"], resources: [${resource}]${only}, verbs: [${verbs.join(", ")}] }`;
}

/** Whether the gateway may do what it needs, and nothing by which it could be more than it is. */
export async function checkRights(
  reviews: AccessReviews,
  namespace: string,
  isActualized: boolean,
): Promise<readonly Told[]> {
  const needed = [...gatewayRights, ...(isActualized ? actualizedRights : [])];
  const missing = await Promise.all(
    needed.map(async (right): Promise<Told[]> => {
      const has = await reviews.allowed(right);
      const lacks = right.verbs.filter((verb) => !has.includes(verb));
      if (lacks.length === 0) return [];
      return [
        wrong(
          `right to ${nameOf(right)}`,
          `the gateway may not ${lacks.join(", ")} ${nameOf(right)} in ${namespace}, which ${right.for} needs.`,
          `Add to its Role in ${namespace} the rule ${ruleFor(right, lacks)}.`,
        ),
      ];
    }),
  );
  const excess = await Promise.all(
    excessRights.map(async (right): Promise<Told[]> => {
      const has = await reviews.allowed(right);
      if (has.length === 0) return [];
      return [
        warning(
          `right to ${nameOf(right)}`,
          `the gateway may ${has.join(", ")} ${nameOf(right)} in ${namespace}, which it needs for nothing.`,
          "Give it an account of its own, with the Role of deploy/chart alone.",
        ),
      ];
    }),
  );
  const lacking = missing.flat();
  const enough =
    lacking.length === 0 ? [ok("rights", `those that are needed in ${namespace} are there.`)] : [];
  return [...enough, ...lacking, ...excess.flat()];
}
