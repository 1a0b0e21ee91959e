import type { Config, UpstreamAddresses } from "../config.ts";
import { checkClocks, type Clock } from "./clock.check.ts";
import { checkCluster, type ClusterFindings } from "./cluster.check.ts";
import { openExamined, type Examined } from "./examined.ts";
import { examine, type Examination } from "./examination.ts";
import type { Finding } from "./finding.ts";
import { checkGitea, type GiteaFindings } from "./gitea.check.ts";
import { checkProducer } from "./producer.check.ts";
import { masked, secretsOf } from "./masking.ts";
import { findProject, type FoundProject } from "./project.search.ts";
import { checkRedis, type RedisFindings } from "./redis.check.ts";
import { checkServices } from "./services.check.ts";
import { checkNames, checkSettings } from "./settings.check.ts";
import { checkSignIn } from "./sign-in.check.ts";
import { checkWebhooks } from "./webhook.check.ts";

/** What is to be looked at, and how patiently. */
export interface DoctorOptions {
  readonly config: Config;
  readonly addresses: UpstreamAddresses;
  readonly environment: NodeJS.ProcessEnv;
  /** How long one answer is waited for. */
  readonly patienceMs?: number;
  /** Whose services are looked at; anybody's if not said. */
  readonly producer?: string | undefined;
}

export const usualPatienceMs = 5000;
/** How many answers are waited for one after the other, at most. */
const answersInARow = 8;

/** Something that is asked once for all who want to know; what failed is told where it was asked. */
interface Asked {
  readonly gitea: Promise<GiteaFindings & { readonly beforeMs: number; readonly afterMs: number }>;
  readonly cluster: Promise<ClusterFindings & { readonly beforeMs: number; readonly afterMs: number }>;
  readonly redis: Promise<RedisFindings>;
  readonly project: Promise<FoundProject | undefined>;
}

async function timed<Findings extends object>(asked: Promise<Findings>) {
  const beforeMs = Date.now();
  const found = await asked;
  return { ...found, beforeMs, afterMs: Date.now() };
}

function ask(examined: Examined, producer: string | undefined): Asked {
  const gitea = timed(checkGitea(examined));
  // Who is not known for a site admin is shown less, and not told so.
  const project = gitea.then(({ isAdmin }) =>
    isAdmin ? findProject(examined, producer).catch(() => undefined) : undefined,
  );
  return {
    ...{ gitea, project },
    cluster: timed(checkCluster(examined)),
    redis: checkRedis(examined.config.REDIS_URL),
  };
}

async function clocksOf({
  gitea,
  cluster,
  redis,
}: Asked): Promise<Readonly<Record<string, Clock | undefined>>> {
  const [ofGitea, ofCluster, ofRedis] = await Promise.all([gitea, cluster, redis]);
  const clock = (
    theirsMs: number | undefined,
    { beforeMs, afterMs }: { beforeMs: number; afterMs: number },
  ) => (theirsMs === undefined ? undefined : { theirsMs, beforeMs, afterMs });
  return {
    Gitea: clock(ofGitea.date === undefined ? undefined : Date.parse(ofGitea.date), ofGitea),
    Kubernetes: clock(ofCluster.at?.getTime(), ofCluster),
    Redis: ofRedis.clock,
  };
}

/** Looks at a configuration, and at everything that it names, side by side. Nothing is changed by it. */
export async function examinePlatform(options: DoctorOptions): Promise<readonly Finding[]> {
  const { config, addresses, environment, patienceMs = usualPatienceMs, producer } = options;
  const examined = openExamined(config, addresses, patienceMs);
  const asked = ask(examined, producer);
  const { project } = asked;
  const whyNone =
    producer === undefined
      ? "no producer was found to look at: GITEA_TOKEN has to be a site admin's, and somebody to have a project."
      : `${producer} has no project, or GITEA_TOKEN cannot see it.`;
  const examinations: readonly Examination[] = [
    {
      group: "configuration",
      look: async () => [...checkSettings(config, environment), ...checkNames(environment)],
    },
    { group: "Gitea", look: async () => (await asked.gitea).told },
    { group: "platform services", look: () => checkServices(examined, project) },
    { group: "a producer's services", look: () => checkProducer(examined, project, whyNone) },
    { group: "Kubernetes", look: async () => (await asked.cluster).told },
    { group: "Redis", look: async () => (await asked.redis).told },
    { group: "clocks", look: async () => checkClocks(await clocksOf(asked)) },
    { group: "webhooks", look: () => checkWebhooks(examined, project) },
    { group: "sign-in", look: () => checkSignIn(examined) },
  ];
  try {
    return masked(await examine(examinations, patienceMs * answersInARow), secretsOf(config, addresses));
  } finally {
    await examined.close();
  }
}
