import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Examined } from "./examined.ts";
import { ok, skipped, wrong, type Told } from "./finding.ts";
import type { FoundProject } from "./project.search.ts";
import { troubleWith, type Asked } from "./trouble.ts";

const usersShape = z.object({ users: z.array(z.unknown()).nullable() });
const producerShape = z.object({ repos: z.array(z.unknown()).nullable() });
/** The one answer of configstore's that does not depend on git-api's. */
const readyShape = z.object({ key: z.unknown(), message: z.string() });

async function looked(asked: Asked, look: () => Promise<Told>): Promise<Told> {
  try {
    return await look();
  } catch (error) {
    return troubleWith(asked, error);
  }
}

/** The two services that the whole platform shares besides Gitea, and whether they get through to it themselves. */
export async function checkServices(
  { upstreams, addresses, names, config }: Examined,
  project: Promise<FoundProject | undefined>,
): Promise<readonly Told[]> {
  const requestId = `doctor-${randomUUID()}`;
  const get = { method: "GET", requestId } as const;
  const gitApi: Asked = {
    ...{ check: "git-api", service: "git-api" },
    ...{ address: addresses.gitApi, variable: "GIT_API_URL" },
  };
  const configstore: Asked = {
    ...{ check: "configstore", service: "configstore" },
    ...{ address: addresses.configstore, variable: "CONFIGSTORE_URL" },
  };

  const ofGitApi = async (): Promise<readonly Told[]> => {
    const answers = await looked(gitApi, async () => {
      const { status, text } = await upstreams.gitApi.call({ ...get, path: ["ping"] });
      if (status !== 200) return troubleWith(gitApi, statusError(status));
      return text.trim() === "pong" ? ok("git-api", "it answers.") : troubleWith(gitApi, otherService());
    });
    const check = "git-api at Gitea";
    if (answers.standing !== "ok") return [answers, skipped(check, "git-api has to answer first.")];
    const query = { q: names.loginOf("") };
    const search = { ...get, path: ["search", "users"], query, understands: [500] };
    const through = await looked({ ...gitApi, check }, async () => {
      const answer = await upstreams.gitApi.call(search);
      if (answer.status === 200 && answer.as(usersShape).users) return ok(check, "it gets through to Gitea.");
      return wrong(
        check,
        "git-api answers, and gets no answer of Gitea's.",
        "See git-api's own configuration: its address of Gitea, and its token, which is another than GITEA_TOKEN.",
      );
    });
    return [answers, through];
  };

  const ofConfigstore = async (): Promise<readonly Told[]> => {
    const answers = await looked(configstore, async () => {
      const path = ["api", "producers", "ready", "accesskey"];
      const answer = await upstreams.configstore.call({ ...get, path });
      if (answer.status !== 200) return troubleWith(configstore, statusError(answer.status));
      answer.as(readyShape);
      return ok("configstore", "it answers.");
    });
    const check = "configstore's producers";
    if (answers.standing !== "ok") return [answers, skipped(check, "configstore has to answer first.")];
    const found = await project;
    if (!found) return [answers, skipped(check, "there is no producer to ask for.")];
    const known = await looked({ ...configstore, check }, async () => {
      const answer = await upstreams.configstore.call({ ...get, path: ["producers", found.producer] });
      if (answer.status === 200) {
        answer.as(producerShape);
        return ok(check, `it knows ${found.producer}.`);
      }
      return wrong(
        check,
        `it does not know ${found.producer} (${answer.status}), or gets no answer of git-api's.`,
        `See configstore's own address of git-api, and that PRODUCER_PREFIX (${config.PRODUCER_PREFIX}) is the platform's.`,
      );
    });
    return [answers, known];
  };

  return (await Promise.all([ofGitApi(), ofConfigstore()])).flat();
}

const statusError = (status: number) => Object.assign(new Error("status"), { code: String(status) });
const otherService = () => Object.assign(new Error("other"), { code: "OTHER_SERVICE" });
