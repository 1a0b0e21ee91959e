import { UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { WorkspaceUpstream } from "../../http/upstream.ts";
import type { JsonObject } from "../json.ts";
import { jsonObject } from "../shapes.ts";

const openApiShape = jsonObject.refine(
  ({ swagger, openapi, paths }) =>
    typeof (swagger ?? openapi) === "string" && jsonObject.safeParse(paths).success,
);

/** How a running project describes its own API. */
export function createOpenApiReader(runningProject: WorkspaceUpstream) {
  return async (grant: ProjectGrant): Promise<JsonObject> => {
    const answer = await runningProject.call(grant, { method: "GET", path: [] });
    if (answer.status === 200) return answer.as(openApiShape);
    throw new UpstreamUnavailable(runningProject.name, `GET / answered ${answer.status}`);
  };
}
