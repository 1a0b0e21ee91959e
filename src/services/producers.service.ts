import { UpstreamUnavailable } from "../errors.ts";
import type { ProducerGrant } from "../permissions/grant.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import type { ConfigstoreService } from "./configstore.service.ts";
import type { GitApiService } from "./git-api.service.ts";
import type { RepositoriesService } from "./gitea/repositories.service.ts";
import type { WriteQueue } from "./write-queue.ts";

/** Makes producers, and finishes those that were left half made. */
export interface ProducersService {
  /** Which of a producer's repositories had to be made: none when all was there already. */
  readonly create: (grant: ProducerGrant<"admin">) => Promise<readonly string[]>;
}

interface Parts {
  readonly configstore: ConfigstoreService;
  readonly gitApi: GitApiService;
  readonly repositories: RepositoriesService;
  readonly names: PlatformNames;
  readonly queue: WriteQueue;
}

export function createProducersService({
  configstore,
  gitApi,
  repositories,
  names,
  queue,
}: Parts): ProducersService {
  const wanted = (producer: string) => names.ownRepositories(producer).map(({ name }) => name);

  /** Asked of Gitea itself: configstore's own list is cut short and empty while something is down. */
  const missing = async ({ caller, producer, login }: ProducerGrant) => {
    const checked = await Promise.all(
      wanted(producer).map(async (name) => ({
        name,
        repository: await repositories.repository(caller, { owner: login, name }),
      })),
    );
    return checked.filter(({ repository }) => !repository).map(({ name }) => name);
  };

  const make = async (grant: ProducerGrant<"admin">, name: string, isMissing: boolean) => {
    if (isMissing) await gitApi.createRepository(grant, name);
    await gitApi.registerHook(grant, name);
  };

  async function create(grant: ProducerGrant<"admin">) {
    const before = await missing(grant);
    const record = (await configstore.create(grant)) ?? (await configstore.producer(grant));
    if (!record) throw new UpstreamUnavailable("configstore", "the producer's account could not be made");
    const left = await missing(grant);
    const ours = wanted(grant.producer).filter((name) => left.includes(name) || !configstore.makes(name));
    const results = await Promise.allSettled(ours.map((name) => make(grant, name, left.includes(name))));
    const unmade = left.length > 0 ? await missing(grant) : [];
    const unhooked = ours.filter(
      (name, index) => results[index]?.status === "rejected" && !unmade.includes(name),
    );
    const undone = [...unmade, ...unhooked.map((name) => `hook of ${name}`)];
    if (undone.length > 0) {
      throw new UpstreamUnavailable("git-api", `not made: ${undone.join(", ")}`, {
        done: ["account", ...wanted(grant.producer).filter((name) => !unmade.includes(name))],
        missing: undone,
      });
    }
    return before;
  }

  return { create: (grant) => queue.run(`producer ${grant.producer}`, () => create(grant)) };
}
