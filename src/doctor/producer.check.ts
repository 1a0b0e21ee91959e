import { addressFrom } from "../address-template.ts";
import { autoGatewayInstance } from "../services/auto-gateway/auto-gateway.names.ts";
import { createGatewayAdmin } from "../services/gateways/admin.client.ts";
import { isReachable, savedGateway } from "../services/gateways/gateway.address.ts";
import { createSlsApi } from "../services/functions/sls-api.client.ts";
import { listOf, textOf } from "../services/workspace/document/document.reader.ts";
import type { JsonObject } from "../services/workspace/json.ts";
import { createProjectApi } from "../services/workspace/project-api.client.ts";
import { createOpenApiReader } from "../services/workspace/running/open-api.reader.ts";
import { createWorkspaceApi } from "../services/workspace/workspace-api.client.ts";
import type { Examined } from "./examined.ts";
import { ok, skipped, type Told } from "./finding.ts";
import type { FoundProject } from "./project.search.ts";
import { troubleWith, type Asked } from "./trouble.ts";

const services = ["project-api", "workspace-api", "running-project", "sls-api", "gateway-admin"] as const;

type Look<Answer> = () => Promise<{ readonly says: string; readonly answer: Answer }>;

async function looked<Answer>(asked: Asked, look: Look<Answer>) {
  try {
    const { says, answer } = await look();
    return { told: ok(asked.check, `${says} at ${asked.address}.`), answer };
  } catch (error) {
    return { told: troubleWith(asked, error), answer: undefined };
  }
}

/** One producer's services, at the addresses that the templates make, asked as the gateway asks them. */
export async function checkProducer(
  { upstreams, addresses, grants, config }: Examined,
  searched: Promise<FoundProject | undefined>,
  whyNone: string,
): Promise<readonly Told[]> {
  const place = await searched;
  if (!place) return services.map((service) => skipped(service, whyNone));
  const grant = grants.project(place);
  const of = `of ${place.producer}'s ${place.env}`;
  const asked = (
    check: (typeof services)[number],
    service: string,
    template: string,
    variable: string,
  ): Asked => ({
    check,
    service: `${service} ${of}`,
    address: addressFrom(template, place.producer, place.env),
    variable,
  });

  const forProject = looked(
    asked("project-api", "the Project API", addresses.projectApi, "PROJECT_API_URL_TEMPLATE"),
    async () => {
      const { projectApi: upstream, sources } = upstreams;
      const client = createProjectApi({
        ...{ upstream, sources, address: addresses.projectApi },
        lifeMs: config.STREAM_LIFE,
      });
      const answer = await client.document(grant);
      return { answer, says: answer ? `the project ${of} is read` : `there is no saved project ${of} yet` };
    },
  );
  const forOthers = [
    looked(
      asked("workspace-api", "the Workspace API", addresses.workspaceApi, "WORKSPACE_API_URL_TEMPLATE"),
      async () => {
        const answer = await createWorkspaceApi(upstreams.workspaceApi).models(grant);
        return { answer, says: `${answer.length} models ${of} are read` };
      },
    ),
    looked(
      asked("running-project", "the running project", addresses.openApi, "OPENAPI_URL_TEMPLATE"),
      async () => {
        const answer = await createOpenApiReader(upstreams.runningProject)(grant);
        return { answer, says: `the API ${of} is described` };
      },
    ),
    looked(asked("sls-api", "sls-api", addresses.slsApi, "SLS_API_URL_TEMPLATE"), async () => {
      const client = createSlsApi(upstreams.slsApi, { deployTimeoutMs: config.DEPLOY_TIMEOUT });
      const answer = await client.list(grants.functions(place));
      return { answer, says: `${answer.length} functions ${of} are read` };
    }),
  ];

  const forGateway = async (): Promise<Told> => {
    const { answer: document } = await forProject;
    const gateway = document && gatewayIn(document);
    if (!document || !gateway) {
      return skipped("gateway-admin", `no gateway is saved ${of}, or that cannot be read.`);
    }
    const template = addresses.gatewayAdmin.replaceAll("$GATEWAY", () => gateway.prefix);
    const { told } = await looked(
      asked("gateway-admin", `the gateway ${gateway.prefix}`, template, "GATEWAY_ADMIN_URL_TEMPLATE"),
      async () => {
        const saved = savedGateway(grant, { document, revision: "" }, gateway.id);
        const answer = await createGatewayAdmin(upstreams.gatewayAdmin).policies(saved);
        return { answer, says: `the administration of the gateway ${gateway.prefix} ${of} answers` };
      },
    );
    return told;
  };
  const all = await Promise.all([forProject, ...forOthers]);
  return [...all.map(({ told }) => told), await forGateway()];
}

/** A saved gateway that runs somewhere; not the one that the platform makes itself. */
function gatewayIn(document: JsonObject): { readonly id: string; readonly prefix: string } | undefined {
  const item = listOf(document, "gateways").find(
    (each) => isReachable(each) && textOf(each["dnsPrefix"]) !== autoGatewayInstance,
  );
  const [id, prefix] = [textOf(item?.["id"]), textOf(item?.["dnsPrefix"])];
  return id === undefined || prefix === undefined ? undefined : { id, prefix };
}
