import { z } from "zod";
import { UpstreamUnavailable } from "../errors.ts";
import type { PushHeard } from "../live/live-events.ts";
import type { ProducerGrant, ProjectGrant } from "../permissions/grant.ts";
import type { PlatformNames } from "../permissions/platform-names.ts";
import { readStreamedPush } from "./configstore-push.reader.ts";
import type { EventSource, StreamListener } from "./http/event.source.ts";
import type { EventSources } from "./http/event.sources.ts";
import type { Upstream } from "./http/upstream.ts";

const producerShape = z.object({ repos: z.array(z.object({ name: z.string() })).nullable() });

/** What configstore knows of a producer. */
export interface ProducerRecord {
  readonly repositories: readonly string[];
}

/** Hears of pushes, and of times in which none could be heard of. */
export interface PushListener extends Omit<StreamListener, "heard"> {
  readonly pushed: (push: PushHeard) => void;
}

/** Where producers are made. It asks nobody who they are, so every call takes a grant. */
export interface ConfigstoreService {
  /** Undefined also while git-api is down: it tells no difference. */
  readonly producer: (grant: ProducerGrant<"admin">) => Promise<ProducerRecord | undefined>;
  /** Makes the account, its repositories and their hooks, whichever are missing; undefined when it could not. */
  readonly create: (grant: ProducerGrant<"admin">) => Promise<ProducerRecord | undefined>;
  /** Whether it makes a repository of this name, and its hook; all others are left to the gateway. */
  readonly makes: (repository: string) => boolean;
  /** Hears of pushes to a producer's repositories until it is closed. Nothing is told twice, or later. */
  readonly pushes: (grant: ProjectGrant, listener: PushListener) => EventSource;
  /** Throws unless the service answers. */
  readonly ping: (requestId: string, timeoutMs: number) => Promise<void>;
}

interface Means {
  readonly upstream: Upstream;
  readonly address: string;
  readonly sources: EventSources;
  readonly names: PlatformNames;
  /** How long a stream may say nothing: it sends a sign of life every 20 seconds. */
  readonly silenceMs: number;
}

export function createConfigstoreService({
  upstream,
  address,
  sources,
  names,
  silenceMs,
}: Means): ConfigstoreService {
  const unexpected = (what: string, status: number) =>
    new UpstreamUnavailable("configstore", `${what} answered ${status}`);

  const record = (answered: z.output<typeof producerShape>): ProducerRecord => ({
    repositories: (answered.repos ?? []).map(({ name }) => name),
  });

  return {
    makes: (repository) => ["dev", "functions"].includes(repository),

    producer: async (grant) => {
      const answer = await upstream.call({
        method: "GET",
        path: ["producers", grant.producer],
        requestId: grant.caller.requestId,
        askedBy: grant.caller.key,
        budget: grant.caller.budget,
      });
      if (answer.status === 404) return undefined;
      if (answer.status !== 200) throw unexpected("GET /producers/…", answer.status);
      return record(answer.as(producerShape));
    },

    create: async (grant) => {
      const answer = await upstream.call({
        method: "POST",
        path: ["producers"],
        body: { id: grant.producer },
        requestId: grant.caller.requestId,
        askedBy: grant.caller.key,
        budget: grant.caller.budget,
        understands: [500],
      });
      if (answer.status === 200) return record(answer.as(producerShape));
      if (answer.status === 500) return undefined;
      throw unexpected("POST /producers", answer.status);
    },

    pushes: ({ producer }, { opened, broke, pushed }) => {
      const call = {
        upstream: upstream.name,
        base: address,
        path: ["change-stream", producer],
        silenceMs,
      };
      const heard = (data: string) => {
        const push = readStreamedPush(data, producer, names);
        if (push) pushed(push);
      };
      return sources.open(call, { opened, broke, heard });
    },

    ping: async (requestId, timeoutMs) => {
      // The one route that answers without asking git-api in turn.
      const path = ["api", "producers", "ready", "accesskey"];
      const answer = await upstream.call({ method: "GET", path, requestId, timeoutMs, isCheck: true });
      if (answer.status !== 200) throw unexpected("the readiness check", answer.status);
    },
  };
}
