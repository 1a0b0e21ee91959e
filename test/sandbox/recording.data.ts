import { readFileSync } from "node:fs";
import type { NamedShapes, Shape } from "./answer.shape.ts";

/** A request as the recordings write it down: `METHOD path`, with {{…}} for what is only known later. */
export interface RequestData {
  /** Which server it goes to, when not the recording's own. */
  to?: string;
  request: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** What to keep of the answer, by name: the path to it. */
  learn?: Record<string, string>;
  /** The answer is a stream: only how it begins is read and compared. */
  opensWith?: string;
}

/** A recorded request with the answer's status and shape. */
export interface Exchange extends RequestData {
  n: number;
  note?: string;
  status: number;
  /** A shape, or "text", "html" or "empty" for what is no JSON. */
  answer: Shape;
  /** The X-Total-Count header, where there was one. */
  total?: string;
  /** The recorded body ends early. */
  cut?: boolean;
  /** Made at the same moment as its neighbours of that name: who wins is open, what the winners and losers get is not. */
  together?: string;
}

/** A request that was made, but not recorded, between two recorded ones. */
export interface Step extends RequestData {
  unrecorded: string;
}

/** Time that went by between two recorded requests, where it matters. */
export interface Wait {
  unrecorded: string;
  laterMs: number;
}

/** Somebody signed in between two recorded requests, with a password, and consented. */
export interface SignIn {
  unrecorded: string;
  signsIn: string;
  password: string;
  /** Where the application sent them. */
  at: string;
  /** What the code is called from then on that the application is given for it. */
  as: string;
}

/** A recorded call of a web hook. */
export interface Delivery {
  n: number;
  note?: string;
  delivery: string;
  headerNames: string[];
  signed: boolean;
  path: string;
  answer: Shape;
}

/** A recording, cut down to what a replay needs. */
export interface Recording {
  about: string;
  shapes: NamedShapes;
  /** Where the sandbox may answer otherwise: in which exchanges, how the difference begins, and why. */
  deviations: { n: number[]; what: string; reason: string }[];
  given: Step[];
  exchanges: (Exchange | Step | Wait | SignIn | Delivery)[];
}

/** Reads the recording of a service. */
export function recordingOf(service: string): Recording {
  const file = new URL(`../recordings/${service}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Recording;
}
