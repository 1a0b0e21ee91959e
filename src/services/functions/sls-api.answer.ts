import { z } from "zod";
import { BadUserInput, UpstreamRejected, UpstreamUnavailable, type SettError } from "../../errors.ts";
import type { Answer } from "../http/upstream.ts";
import { largestBody, reasonOf } from "../workspace/loopback.answer.ts";

export const upstreamName = "sls-api";

/** Whatever a refusal carries: it is never said in words. */
const failureShape = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  signal: z.string().nullish(),
  killed: z.boolean().nullish(),
  syscall: z.string().nullish(),
  cmd: z.string().nullish(),
  errors: z.array(z.object({ messages: z.array(z.string()) })).optional(),
  reason: z.string().nullish(),
});

/** What the service tells of something that failed. */
export type Failure = z.infer<typeof failureShape>;

export { failureShape };

/** A command that could not be started, since the folder that it is to run in is not there. */
export const isWithoutFolder = ({ code, syscall }: Failure) =>
  code === "ENOENT" && syscall?.startsWith("spawn") === true;

/** Why a command failed, as far as the service tells: not what it printed, and nothing of its own disk. */
export function wordsOf(failure: Failure): string {
  const { code, signal, cmd, syscall, errors, reason } = failure;
  if (isWithoutFolder(failure)) return "there is no such function any more";
  if (errors) return reasonOf(errors.flatMap(({ messages }) => messages).join("; "));
  if (reason) return reasonOf(reason);
  const command = cmd ? `\`${reasonOf(cmd)}\`` : (syscall ?? "it");
  if (signal) return `${command} was ended by ${signal}`;
  return code === undefined || code === null ? `${command} failed` : `${command} ended with ${code}`;
}

/** What a refusal says. */
export function failureIn(answer: Answer): Failure {
  return answer.as(failureShape);
}

/** Refuses, before it is sent, what the service would not read. */
export function checkSize(body: unknown): void {
  if (Buffer.byteLength(JSON.stringify(body)) > largestBody) throw tooLarge();
}

const tooLarge = () =>
  new BadUserInput([
    {
      field: "input",
      message: `a function of more than ${largestBody} bytes, or such a change of one, cannot be saved`,
    },
  ]);

/** The error for an answer that is not what was asked for. */
export function refusalOf(answer: Answer, what: string): SettError {
  if (answer.status === 413) return tooLarge();
  if (answer.status !== 400 && answer.status !== 422) {
    return new UpstreamUnavailable(upstreamName, `${what} answered ${answer.status}`);
  }
  return new UpstreamRejected(upstreamName, `The functions' service refuses: ${wordsOf(failureIn(answer))}.`);
}
