import type { UpstreamAddresses } from "../../src/config.ts";
import { producerName } from "./producers.seed.ts";

/** What a loop over all producers costs, once around. */
export interface CycleFigures {
  readonly producers: number;
  readonly calls: number;
  readonly seconds: number;
}

const collections = [
  "/api/v1/namespaces/customer/pods",
  "/api/v1/namespaces/customer/configmaps",
  "/apis/apps/v1/namespaces/customer/deployments",
  "/api/v1/namespaces/customer/services",
  "/apis/networking.k8s.io/v1/namespaces/customer/ingresses",
];

/**
 * A model of how producers used to be looked after: everybody is listed, and for each is asked, one after the other,
 * what is saved, what the workspace and sls-api say, and what there is on the cluster. Nothing has to be changed, and
 * the objects that it would compare are not compared.
 */
export async function measureOldCycle(
  addresses: UpstreamAddresses,
  token: string,
  producers: number,
): Promise<CycleFigures> {
  const { configstore, gitApi, workspaceApi, openApi, slsApi, kubernetes } = addresses;
  if (kubernetes?.from !== "address") throw new Error("There is no cluster.");
  const { url: cluster } = kubernetes;
  let calls = 0;
  const ask = async (url: string, headers: Record<string, string> = {}): Promise<void> => {
    calls += 1;
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    await answer.json();
  };
  const list = (path: string, selector = "") =>
    ask(`${cluster}${path}${selector}`, { authorization: `Bearer ${token}` });

  const startedAt = performance.now();
  await ask(`${configstore}/producers`);
  await list("/api/v1/namespaces/customer/pods");
  for (let number = 0; number < producers; number += 1) {
    const producer = producerName(number);
    const at = (template: string) => template.replace("$PRODUCER", producer).replace("$ENV", "dev");
    await ask(`${gitApi}/users/customer/${producer}/repos/dev/files/lunchbadger.json`);
    await ask(`${at(workspaceApi)}/Facets/server/models`);
    await ask(at(openApi));
    await ask(`${at(slsApi)}/service`);
    const labels = encodeURIComponent(`producer=${producer},environment=dev`);
    for (const path of collections) await list(path, `?labelSelector=${labels}`);
  }
  return { producers, calls, seconds: (performance.now() - startedAt) / 1000 };
}
