import type { z } from "zod";
import type { UpstreamName } from "../../errors.ts";
import { addressFrom } from "../../address-template.ts";
import type { Log } from "../../log.ts";
import type { Metrics } from "../../metrics.ts";
import type { FunctionsGrant, ProjectGrant } from "../../permissions/grant.ts";
import type { Budget } from "../../budget.ts";
import type { Tracing } from "../../tracing/tracing.ts";
import type { Query } from "./address.ts";
import type { JoinedReads } from "./joined.reads.ts";
import type { KnownAnswers } from "./known.answers.ts";
import type { BreakerLimits } from "./service.breaker.ts";
import { openClient } from "./upstream.client.ts";

/** One call: a path in unescaped segments, and what goes with it. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: readonly string[];
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** Server errors that the caller of this call knows how to read; all others mean an outage. */
  readonly understands?: readonly number[];
  readonly timeoutMs?: number;
  /** A write that the service goes on with when nobody waits any longer: it is not cut off, and so its end is heard of. */
  readonly outlasts?: boolean;
  /** A read that fails with a 500 when somebody writes meanwhile: it is sent again a few times. */
  readonly torn?: boolean;
  /** The service asks somebody in turn whom people choose: that this takes too long says nothing of the service. */
  readonly reachesOut?: boolean;
  /** It finds out whether the service answers: it is asked also where the service is left alone, and ends that. */
  readonly isCheck?: boolean;
  /** Whose it is, if anybody's: who asks for much waits behind himself. */
  readonly askedBy?: string;
  /** How long its operation may still take, and whether anybody waits for it; without an end if not said. */
  readonly budget?: Budget;
}

/** An answer that is not an outage: its status may still say no. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body, checked against a shape; a body of another shape is an outage, not a guess. */
  readonly as: <Shape>(shape: z.ZodType<Shape>) => Shape;
}

/** A service behind the gateway, spoken to over HTTP. */
export interface Upstream {
  readonly name: UpstreamName;
  readonly call: (call: Call) => Promise<Answer>;
  readonly close: () => void;
}

/** A kind of service that every producer's environment has one of, behind one kind of grant. */
export interface ProducerUpstream<Granted extends ProjectGrant | FunctionsGrant> {
  readonly name: UpstreamName;
  /** The grant says whose is called: there is no other way to its address. */
  readonly call: (grant: Granted, call: Omit<Call, "requestId" | "askedBy" | "budget">) => Promise<Answer>;
  readonly close: () => void;
}

/** A service of a producer's workspace. */
export type WorkspaceUpstream = ProducerUpstream<ProjectGrant>;

/** The service of a producer's functions. */
export type FunctionsUpstream = ProducerUpstream<FunctionsGrant>;

/** What all upstreams share. */
export interface UpstreamOptions {
  readonly timeoutMs: number;
  readonly answerLimit: number;
  /** To each service of the kind. */
  readonly connections: number;
  /** Whether each call has a connection of its own: for a service that breaks those it has answered on. */
  readonly isFresh?: boolean;
  /** When a service is left alone; if not said, never. */
  readonly breaker?: BreakerLimits;
  /** What is shared of services that ask nobody who they are: reads under way, and answers that may still hold. */
  readonly joined?: JoinedReads;
  readonly known?: KnownAnswers;
  readonly tracing?: Tracing | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Opens a keep-alive client to one service. */
export function openUpstream(name: UpstreamName, baseAddress: string, options: UpstreamOptions): Upstream {
  const { call, close } = openClient(name, options);
  return { name, call: (wanted) => call(baseAddress, wanted), close };
}

/** Opens a keep-alive client to all services of a kind, whose addresses come from a template. */
export function openProducerUpstream<Granted extends ProjectGrant | FunctionsGrant>(
  name: UpstreamName,
  template: string,
  options: UpstreamOptions,
): ProducerUpstream<Granted> {
  const { call, close } = openClient(name, options);
  return {
    name,
    call: (grant, wanted) => {
      const { requestId, key: askedBy, budget } = grant.caller;
      const address = addressFrom(template, grant.producer, grant.env);
      // A producer's services share files, whatever the environment: a write of one may change what another says.
      return call(address, { ...wanted, requestId, askedBy, budget }, grant.producer);
    },
    close,
  };
}
