import {
  RestartFunctionDocument,
  RestartGatewayDocument,
  RestartPodDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** The id of a pod that could be a producer's. */
const podOf = (producer: string) =>
  Buffer.from(`Pod:${producer}:dev:WORKSPACE:workspace-${producer}-dev-1-abcde`).toString("base64url");

/** Every mutation that has something on the cluster started anew, with input that is fine. */
export const restartMutations: Readonly<Record<string, Mutate>> = {
  restartPod: (person, producer) => person.ask(RestartPodDocument, { input: { pod: podOf(producer) } }),
  restartGateway: (person, producer) =>
    person.ask(RestartGatewayDocument, { input: { project: { producer }, name: "gateway" } }),
  restartFunction: (person, producer) =>
    person.ask(RestartFunctionDocument, { input: { project: { producer }, name: "hello" } }),
};
