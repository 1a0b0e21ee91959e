import { ReconcileDocument, SetPausedDocument } from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Every wish that people write on what is to run, with input that is fine. */
export const deploymentMutations: Readonly<Record<string, Mutate>> = {
  reconcile: (person, producer) => person.ask(ReconcileDocument, { input: { project: { producer } } }),
  setProducerPaused: (person, producer) =>
    person.ask(SetPausedDocument, { input: { producer, paused: true, reason: "an outage" } }),
};
