import type { Condition } from "./resource.parts.ts";

type Status = Condition["status"];
type Reasons = Readonly<Record<string, readonly [Status, string]>>;

/** All that is said of resources: what it is about, why it is so, and that in words. */
export const conditionWords = {
  SourceRead: {
    Read: ["True", "What is saved has been read."],
    Unreadable: ["False", "What is saved cannot be understood, so what runs stays as it is."],
    RepositoriesMissing: ["False", "The repositories are not all there yet, so nothing is run yet."],
    Unavailable: ["Unknown", "What is saved cannot be asked for just now, so what runs stays as it is."],
    EnvironmentMissing: [
      "False",
      "The environment's repository is not found any more. If that stays so, all that is its goes.",
    ],
    NotAnEnvironment: ["False", "The environment is none any more, so what runs stays as it is."],
    Missing: ["False", "The producer is not found any more. If that stays so, all that is its goes."],
  },
  Applied: {
    Applied: ["True", "The cluster has been asked for everything that is wanted."],
    Refused: ["False", "The cluster refuses something of what is wanted."],
    Disputed: ["False", "Somebody else sets something that is to be set here."],
    Waiting: ["False", "Something else has to run first."],
    Failed: ["False", "What was tried last has failed."],
  },
  HostsGranted: {
    Granted: ["True", "All hosts lead here."],
    Taken: ["False", "A host that would lead here is in use already, so that one does not."],
  },
  Ready: {
    Running: ["True", "Everything that is wanted runs."],
    Starting: ["False", "It has been started and is not ready yet."],
    Failing: ["False", "It has been started and does not get ready."],
    Stopped: ["False", "It is not to run."],
    NotDeployed: ["False", "It is not deployed."],
    Untold: ["Unknown", "It runs, and the cluster does not tell how far it is."],
  },
  Progressing: {
    RollingOut: ["True", "What runs is being replaced."],
    RolledOut: ["False", "Nothing is being replaced."],
    Deploying: ["True", "It is being deployed."],
    TakingBack: ["True", "It is being taken back."],
    Stuck: ["False", "What is to replace what runs does not get ready, so what ran before stays."],
  },
  Paused: {
    Paused: ["True", "Somebody has paused it, so it stays as it is."],
    NotPaused: ["False", "It is not paused."],
  },
  Disabled: {
    Disabled: ["True", "The project is disabled, so nothing of it runs."],
    Enabled: ["False", "The project is not disabled."],
  },
} as const satisfies Record<string, Reasons>;

export type ConditionType = keyof typeof conditionWords;

/** What is to be said, before it is known since when it is so. */
export type SaidCondition = Pick<Condition, "type" | "status" | "reason" | "message">;

/** A condition in the platform's words, with the particulars of this one after them. */
export function conditionOf<Type extends ConditionType>(
  type: Type,
  reason: keyof (typeof conditionWords)[Type] & string,
  particulars?: string,
): SaidCondition {
  const [status, words] = (conditionWords[type] as Reasons)[reason] ?? ["Unknown", reason];
  const message = particulars === undefined ? words : `${words} ${particulars}`;
  return { type, status, reason, message: message.slice(0, 2000) };
}

/**
 * The conditions of a resource once something else is said of it: what is said of other things stays, and what was so
 * before is so since then.
 */
export function withConditions(
  known: readonly Condition[],
  said: readonly SaidCondition[],
  { generation, at }: { readonly generation: number | undefined; readonly at: string },
): readonly Condition[] {
  const others = known.filter(({ type }) => said.every((each) => each.type !== type));
  const changed = said.map((each): Condition => {
    const before = known.find(({ type }) => type === each.type);
    const lastTransitionTime = before?.status === each.status ? before.lastTransitionTime : at;
    return {
      ...each,
      lastTransitionTime,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
    };
  });
  return [...others, ...changed].sort((one, other) => (one.type < other.type ? -1 : 1));
}
