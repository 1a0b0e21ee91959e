import { setTimeout as wait } from "node:timers/promises";
import { LRUCache } from "lru-cache";
import { atMost } from "../../at-most.ts";
import { createEventQueue } from "../../live/event.queue.ts";
import type { Hub } from "../../live/hub.ts";
import { projectTopic, type LiveEvents, type PushHeard } from "../../live/live-events.ts";
import type { Log } from "../../log.ts";
import type { ProjectGrant, RepositoryGrant } from "../../permissions/grant.ts";
import type { PlatformNames } from "../../permissions/platform-names.ts";
import type { ConfigstoreService } from "../configstore.service.ts";
import type { HistoryService } from "../gitea/history.service.ts";
import type { ChangeListener } from "./change.listener.ts";
import { roleOf } from "./producer.repository.ts";
import { pushChange } from "./push.change.ts";
import { createPushDetails } from "./push.details.ts";
import { createUnheardTeller } from "./unheard.teller.ts";

/** Changes that come from elsewhere than from the gateway. */
export interface ChangesService {
  /** Listens to pushes for somebody, until they leave; it waits a little until they are heard. */
  readonly follow: (listener: ChangeListener) => Promise<void>;
  readonly leave: (listener: ChangeListener) => void;
  /** Tells all replicas of a push, each of which looks it up for its own people. */
  readonly pushed: (push: PushHeard) => void;
}

interface Means {
  readonly hub: Hub<LiveEvents>;
  readonly configstore: Pick<ConfigstoreService, "pushes">;
  readonly history: Pick<HistoryService, "pushed">;
  readonly names: PlatformNames;
  readonly log: Log;
  /** The addresses that the platform itself commits with. */
  readonly platformCommitters: readonly string[];
  /** Lets whoever makes things run know that something of a producer's was pushed. */
  readonly hint: (producer: string) => void;
}

/** How long somebody is kept waiting for a stream to open: after that, what it misses is told of. */
const openingMs = 1000;

/** Most pushes to one producer that wait to be looked up: who makes them up does not make the gateway ask for ever. */
const waitingLimit = 100;

/** For how long, and how many, pushes are known to have been told: two may tell of the same. */
const memory = { ...atMost(10_000), ttl: 5 * 60_000 };

/** A push as it was heard, and whether from one who is to be believed: on configstore's stream anybody can say anything. */
interface Hint {
  readonly push: PushHeard;
  readonly isVouchedFor: boolean;
}

/** One producer, as long as somebody listens. */
interface Ear {
  readonly listeners: Set<ChangeListener>;
  /** Resolves when pushes are heard, or it is clear that they are not for now. */
  readonly ready: () => Promise<void>;
  readonly close: () => void;
}

export function createChangesService(means: Means): ChangesService {
  const { hub, configstore, names, log, platformCommitters } = means;
  const lookUp = createPushDetails(means.history);
  const told = new LRUCache<string, true>(memory);
  const ears = new Map<string, Ear>();
  const unheard = createUnheardTeller(hub);

  async function tellOf({ push, isVouchedFor }: Hint, listeners: ReadonlySet<ChangeListener>): Promise<void> {
    const { producer, repository, branch, before, after } = push;
    const role = roleOf(names, producer, repository);
    if (!role) return;
    const key = `${producer}/${repository} ${branch} ${after ?? ""}`.toLowerCase();
    if (after !== undefined && told.has(key)) return;
    const grants = function* (): Generator<RepositoryGrant> {
      for (const listener of listeners) {
        const grant = role.audience === "functions" ? listener.functions() : listener.project;
        if (grant && role.environments.includes(listener.project.env)) yield grant;
      }
    };
    const details = after === undefined ? "unknown" : await lookUp(grants(), { before, after });
    // Made up, or of another producer: nothing of the kind came to this repository.
    if (details === "absent") return;
    // It may be another producer's: that something was told is all that can be said.
    if (details === "unknown" && !isVouchedFor) {
      for (const env of role.environments) unheard.tell({ producer, env }, role.audience);
      return;
    }
    told.set(key, true);
    const known = details === "unknown" ? undefined : details;
    for (const env of role.environments) {
      const change = pushChange(env, { push, role, details: known, platformCommitters });
      hub.tell("projectChanged", projectTopic({ producer, env }), change);
    }
  }

  function open(grant: ProjectGrant): Ear {
    const { producer } = grant;
    const listeners = new Set<ChangeListener>();
    const tellUnheard = () => {
      const listening = [...listeners].map(({ project }) => project.env);
      for (const env of new Set([...names.environments, ...listening])) unheard.tell({ producer, env });
    };
    const heard = createEventQueue<Hint>({
      limit: waitingLimit,
      onLost: () => undefined,
      onEnd: () => undefined,
    });
    const hear = (push: PushHeard, isVouchedFor: boolean) => {
      if (push.producer === producer) heard.push({ event: { push, isVouchedFor }, missed: 0 });
    };
    // Signed webhooks and the gateway's own commits, of all replicas.
    const stopListening = hub.listen("pushHeard", producer, (push) => hear(push, true));
    let isOpen = false;
    /** Somebody listens, or has listened, while nothing could be heard. */
    let isGap = false;
    /** Those who listen know that nothing is heard. */
    let isKnown = false;
    let settle: () => void = () => undefined;
    const settled = new Promise<void>((resolve) => {
      settle = resolve;
    });

    const work = async () => {
      for await (const { event, missed } of heard) {
        if (missed > 0) tellUnheard();
        await tellOf(event, listeners).catch((error: unknown) =>
          log.error({ err: error, producer }, "a push could not be told of"),
        );
      }
    };
    void work();

    const source = configstore.pushes(grant, {
      opened: () => {
        isOpen = true;
        if (isGap) tellUnheard();
        isGap = false;
        isKnown = false;
        settle();
      },
      broke: () => {
        // What is open again at once is told of then; what is not may be away for long.
        if (isGap && !isOpen && !isKnown) {
          isKnown = true;
          tellUnheard();
        }
        isOpen = false;
        isGap = true;
        settle();
      },
      pushed: (push) => {
        if (push.producer === producer) means.hint(producer);
        hear(push, false);
      },
    });

    return {
      listeners,
      ready: async () => {
        if (!isOpen) await Promise.race([settled, wait(openingMs, undefined, { ref: false })]);
        if (isOpen) return;
        isGap = true;
        isKnown = true;
        tellUnheard();
      },
      close: () => {
        void source.close();
        stopListening();
        void heard.return();
      },
    };
  }

  return {
    follow: async (listener) => {
      const { producer } = listener.project;
      const ear = ears.get(producer) ?? open(listener.project);
      ears.set(producer, ear);
      ear.listeners.add(listener);
      // Whether others can be heard counts, not how that was found out: nobody is left without a way to leave.
      await Promise.allSettled([ear.ready(), hub.heard("projectChanged", projectTopic(listener.project))]);
      if (!hub.hearsOthers()) unheard.tell(listener.project);
    },
    leave: (listener) => {
      const { producer } = listener.project;
      const ear = ears.get(producer);
      if (!ear?.listeners.delete(listener) || ear.listeners.size > 0) return;
      ears.delete(producer);
      ear.close();
    },
    pushed: (push) => {
      means.hint(push.producer);
      hub.publish("pushHeard", push.producer, push);
    },
  };
}
