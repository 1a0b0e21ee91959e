import {
  comingAndGoing,
  outages,
  silences,
  takingItsTime,
  type Failing,
} from "../../test/faults/faulty.platform.ts";

/** Every way for a service to fail, in words. */
export const failings: Readonly<Record<string, Failing>> = {
  ...outages,
  ...silences,
  "comes and goes": comingAndGoing,
  "takes 60 ms": takingItsTime,
};

/** What fails together: one service of all producers, or what one producer has for himself. */
export interface Target {
  readonly name: string;
  readonly services: readonly string[];
  readonly producer?: string;
}

const alone = [
  "gitea",
  "git-api",
  "configstore",
  "project-api",
  "workspace-api",
  "running-project",
  "gateway-admin",
  "sls-api",
  "kubernetes",
];

/** All that fails in turn. */
export const targets: readonly Target[] = [
  ...alone.map((name) => ({ name, services: [name] })),
  {
    name: "demo's workspace alone",
    services: ["project-api", "workspace-api", "running-project"],
    producer: "demo",
  },
];

/** What a platform that fails can be told. */
export type FaultyTask =
  | {
      readonly what: "begin" | "end";
      readonly services: readonly string[];
      readonly how: string;
      /** Only what is asked of this producer's. */
      readonly producer?: string;
    }
  /** Closes what nobody uses and counts what is left. */
  | { readonly what: "connections" };
