import { randomUUID } from "node:crypto";
import type { Log } from "../../log.ts";
import type { ClusterConnection } from "../kubernetes/cluster.connection.ts";
import { ClusterRefusal, ClusterUnreachable } from "../kubernetes/cluster.errors.ts";
import { createObjectClient, type ObjectClient } from "../kubernetes/object.client.ts";
import { ObjectRefusal } from "../kubernetes/object.refusal.ts";
import { createTroubleLog } from "../kubernetes/trouble.log.ts";
import { resourceName } from "./joined.names.ts";
import { customKinds, peoplesManager, resourceAnnotations } from "./resource.names.ts";

/** Lets the actualizer know that what is saved of a producer's is to be read anew. */
export interface ChangeHints {
  /** Says so at once, and once more a little later if it is said again meanwhile. Whoever says it is kept from nothing. */
  readonly hint: (producer: string) => void;
  /** Says so and waits until the cluster has it. */
  readonly tell: (producer: string) => Promise<void>;
  /**
   * Says so of a producer whose environment was removed on purpose, and of the environment; or that it is there once more.
   * Whoever did that is kept from nothing.
   */
  readonly removed: (producer: string, env: string, isRemoved: boolean) => Promise<void>;
  /** Says nothing more. */
  readonly close: () => void;
}

interface Means {
  readonly connection: Pick<ClusterConnection, "ask">;
  readonly namespace: string;
  /** The Gitea user of a producer. */
  readonly loginOf: (producer: string) => string;
  readonly log: Log;
  /** How long after it was said the next is said. */
  readonly spanMs?: number;
}

/** What keeps others from being said while it lasts: whether one of them came. */
interface Span {
  isAskedAgain: boolean;
  timer: NodeJS.Timeout | undefined;
}

const isMissing = (error: unknown) => error instanceof ObjectRefusal && error.kind === "MISSING";

/** Why it could not be said, for the log: errors of the cluster are no mistakes of ours. */
function troubleOf(error: unknown): readonly [reason: string, fields: Readonly<Record<string, unknown>>] {
  if (isMissing(error)) return ["MISSING", {}];
  if (error instanceof ObjectRefusal) return [error.kind, { words: error.words }];
  if (error instanceof ClusterRefusal) return ["REFUSED", { status: error.status }];
  if (error instanceof ClusterUnreachable) return ["UNREACHABLE", { code: error.code }];
  return ["BROKEN", { err: error }];
}

/** Writes a word of its own on the producer's resource, which whoever leads watches; makes the resource where there is none. */
async function mark(client: ObjectClient, producer: string, login: string): Promise<void> {
  const annotations = { [resourceAnnotations.changed]: randomUUID() };
  try {
    // Nothing else of it is said here, so that nothing else of it is ever taken back.
    await client.patch(customKinds.PRODUCER, producer, { metadata: { annotations } });
  } catch (error) {
    if (!isMissing(error)) throw error;
    const wanted = { metadata: { name: producer, annotations }, spec: { login } };
    await client.apply(customKinds.PRODUCER, wanted);
  }
}

/** Hints that go to the cluster: of each producer at most two in a short while, whatever happens to it. */
export function createChangeHints({
  connection,
  namespace,
  loginOf,
  log,
  spanMs = 1000,
}: Means): ChangeHints {
  const client = createObjectClient({ connection, namespace, manager: peoplesManager });
  const trouble = createTroubleLog(log, "telling the actualizer of changes");
  const spans = new Map<string, Span>();
  let isClosed = false;

  const tell = (producer: string) => mark(client, producer, loginOf(producer));

  function begin(producer: string): void {
    const span: Span = { isAskedAgain: false, timer: undefined };
    spans.set(producer, span);
    void tell(producer)
      .then(trouble.isWell, (error: unknown) => {
        if (!isClosed) trouble.broke(...troubleOf(error));
      })
      .finally(() => {
        // From when it was answered, so that a slow cluster is not told ever more at once.
        if (!isClosed) span.timer = setTimeout(() => end(producer, span), spanMs).unref();
      });
  }

  function end(producer: string, { isAskedAgain }: Span): void {
    spans.delete(producer);
    if (isAskedAgain && !isClosed) begin(producer);
  }

  const hint = (producer: string): void => {
    const span = spans.get(producer);
    if (span) span.isAskedAgain = true;
    else if (!isClosed) begin(producer);
  };

  return {
    hint,
    tell,
    removed: async (producer, env, isRemoved) => {
      const annotations = { [resourceAnnotations.removed]: isRemoved ? "true" : null };
      try {
        await client.patch(customKinds.WORKSPACE, resourceName({ producer, env }), {
          metadata: { annotations },
        });
      } catch (error) {
        if (!isMissing(error)) trouble.broke(...troubleOf(error));
      }
      hint(producer);
    },
    close: () => {
      isClosed = true;
      for (const { timer } of spans.values()) clearTimeout(timer);
      spans.clear();
    },
  };
}
