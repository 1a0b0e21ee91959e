import { randomUUID } from "node:crypto";
import { UpstreamUnavailable } from "../../../errors.ts";
import type { FunctionsGrant } from "../../../permissions/grant.ts";
import { customKinds, peoplesManager } from "../../actualizer/resource.names.ts";
import { createObjectClient, type ClusterObject } from "../../kubernetes/object.client.ts";
import { ObjectRefusal } from "../../kubernetes/object.refusal.ts";
import { createActualizedRunner, wishName, type ActualizedMeans } from "./actualized.runner.ts";

type Wish = ClusterObject & { readonly spec?: { readonly running?: boolean } };

const away = () => new UpstreamUnavailable("kubernetes", "the actualizer cannot be told");

/** How long whoever deletes a function waits until it is taken back; sls-api would do it, too. */
const waitMs = 15_000;

/**
 * Has the actualizer take back a function that is to be deleted: it would take one that sls-api has just taken back for
 * lost, and deploy it again while it is still kept. Of what it does not know it deploys nothing.
 */
export function createActualizedTakingBack({ connection, namespace, watch }: ActualizedMeans) {
  const client = createObjectClient({ connection, namespace, manager: peoplesManager });
  const run = createActualizedRunner({ connection, namespace, watch, waitMs });

  async function find(grant: FunctionsGrant, name: string): Promise<Wish | undefined> {
    try {
      const found = await client.get(customKinds.FUNCTION, wishName(grant, name));
      return found?.metadata.deletionTimestamp === undefined ? found : undefined;
    } catch (error) {
      // Where there are no such resources nobody deploys anything by them.
      if (error instanceof ObjectRefusal && error.kind === "MISSING") return undefined;
      throw away();
    }
  }

  const isWanted = async (grant: FunctionsGrant, name: string) => {
    const found = await find(grant, name);
    return found !== undefined && found.spec?.running !== false;
  };

  return async (grant: FunctionsGrant<"write">, name: string): Promise<void> => {
    if (!(await find(grant, name))) return;
    const ending = new AbortController().signal;
    const { state } = await run(grant, name, "UNDEPLOY", ending, randomUUID());
    // What could not be taken back is not wanted any more all the same, if only that could be said.
    if (state === "FAILED" && (await isWanted(grant, name))) throw away();
  };
}
