import { createHmac, randomUUID } from "node:crypto";
import { request } from "undici";
import { z } from "zod";
import { askingGitea } from "./gitea.asking.ts";
import type { Examined } from "./examined.ts";
import { ok, skipped, warning, wrong, type Told } from "./finding.ts";
import type { FoundProject } from "./project.search.ts";
import { wordOf } from "./trouble.ts";

/** Where people ask: an ingress lets them to this, and not to what is for those who run the gateway. */
const graphqlPath = "/graphql";

/** What a gateway answers there, whatever it runs: something asked for, or an error that has a code. */
const graphqlShape = z.union([
  z.object({ data: z.object({ __typename: z.string() }) }),
  z.object({ errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).min(1) }),
]);

function isOfGateway(text: string): boolean {
  try {
    return graphqlShape.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** Where it takes Gitea's webhooks: server/webhook.handler.ts. */
const hookPath = "/webhooks/gitea";

const hooksShape = z.array(
  z.object({
    active: z.boolean(),
    events: z.array(z.string()),
    config: z.object({ url: z.string().optional() }),
  }),
);

/** By its path alone: within a cluster Gitea may well send to the service and not to where people go. */
const leadsToGateway = (url = "") => URL.canParse(url) && new URL(url).pathname.endsWith(hookPath);

/** Asks the gateway that people reach; the word for what went wrong in place of a status. */
async function askGateway(
  url: string,
  timeoutMs: number,
  options: {
    readonly method?: "POST";
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<{ readonly status: number | string; readonly text?: string }> {
  try {
    const answer = await request(url, { method: "GET", ...options, signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.statusCode, text: await answer.body.text() };
  } catch (error) {
    return { status: error instanceof Error && error.name === "TimeoutError" ? "ETIMEDOUT" : wordOf(error) };
  }
}

/** A hook that says nothing, signed with the secret: who has the same takes it, and does nothing. */
async function checkSecret(url: string, secret: string, timeoutMs: number): Promise<Told> {
  const body = JSON.stringify({ doctor: randomUUID() });
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  const headers = {
    "content-type": "application/json",
    "x-gitea-event": "doctor",
    "x-gitea-signature": signature,
  };
  const check = "GITEA_WEBHOOK_SECRET";
  const { status } = await askGateway(`${url}${hookPath}`, timeoutMs, { method: "POST", headers, body });
  if (status === 204) return ok(check, "the gateway at PUBLIC_URL takes what is signed with it.");
  if (status === 401 || status === 404) {
    return wrong(
      check,
      `the gateway at PUBLIC_URL ${status === 401 ? "has another secret" : "takes no webhooks"} (${status}).`,
      "Start it with the GITEA_WEBHOOK_SECRET that the doctor has, which is also the one in Gitea's hook.",
    );
  }
  return warning(
    check,
    `${url}${hookPath} answers ${status} to what is signed with it.`,
    "See that the ingress lets POST through to the gateway at PUBLIC_URL.",
  );
}

async function checkHook(examined: Examined, url: string, place: FoundProject): Promise<Told> {
  const check = "Gitea's hook";
  const ask = askingGitea(examined);
  const path = ["repos", place.owner, place.repository, "hooks"];
  const answer = await ask({ path, query: { limit: "50" } });
  if (answer.status !== 200) return skipped(check, `GITEA_TOKEN may not list hooks (${answer.status}).`);
  const address = `${url}${hookPath}`;
  const mine = answer.as(hooksShape).filter(({ config }) => leadsToGateway(config.url));
  const works = mine.find(({ active, events }) => active && events.includes("push"));
  if (works)
    return ok(check, `pushes to ${place.owner}/${place.repository} are sent to ${String(works.config.url)}.`);
  const says =
    mine.length > 0
      ? `the one of ${place.owner}/${place.repository} to a gateway is off, or not for pushes.`
      : `${place.owner}/${place.repository} has none of its own to a gateway. One of the whole Gitea would do, and cannot be seen from here.`;
  return warning(
    check,
    says,
    `Add a system webhook in Gitea's site administration: ${address}, JSON, push events, with GITEA_WEBHOOK_SECRET.`,
  );
}

/** Whether pushes that others make are heard of at once. */
export async function checkWebhooks(
  examined: Examined,
  project: Promise<FoundProject | undefined>,
): Promise<readonly Told[]> {
  const { GITEA_WEBHOOK_SECRET: secrets, PUBLIC_URL: url } = examined.config;
  const [secret] = secrets;
  const told: Told[] = [];
  let isThere = false;
  if (url === undefined) {
    told.push(
      warning(
        "PUBLIC_URL",
        "it is not set, so nothing can lead people or hooks here.",
        "Set PUBLIC_URL to the origin at which people reach the gateway.",
      ),
    );
  } else {
    const { status, text = "" } = await askGateway(`${url}${graphqlPath}`, examined.patienceMs, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    // Where only registered documents run it is a refusal, with the status of one.
    isThere = isOfGateway(text);
    told.push(
      isThere
        ? ok("PUBLIC_URL", `a gateway answers at ${url}.`)
        : warning(
            "PUBLIC_URL",
            `${url}${graphqlPath} answers ${status}${status === 200 ? ", and not as a gateway" : ""} from here.`,
            "Start the gateway, or correct PUBLIC_URL; it may also be that it is reached from outside alone.",
          ),
    );
  }
  if (secret === undefined) {
    const says = "it is not set, so no webhooks are taken: pushes are told of by configstore alone.";
    told.push(
      warning(
        "GITEA_WEBHOOK_SECRET",
        says,
        "Set GITEA_WEBHOOK_SECRET, and the same in a webhook of Gitea's.",
      ),
    );
    return told;
  }
  told.push(
    url !== undefined && isThere
      ? await checkSecret(url, secret, examined.patienceMs)
      : skipped("GITEA_WEBHOOK_SECRET", "it is set; no gateway was reached to compare it with."),
  );
  const place = await project;
  if (url === undefined || !place) {
    return [
      ...told,
      skipped("Gitea's hook", "PUBLIC_URL and a producer's repository are needed to look for it."),
    ];
  }
  return [...told, await checkHook(examined, url, place)];
}
