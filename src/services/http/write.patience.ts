import { CallFailed } from "./call.failure.ts";

/** The answer of a write that outlasts its asker, or the error that says so while it is under way. */
export async function answeredWithin<Answer>(
  patienceMs: number,
  sent: Promise<Answer>,
  stillUnderway: (over: Promise<void>) => Error,
): Promise<Answer> {
  const over = sent.then(
    () => undefined,
    () => undefined,
  );
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(stillUnderway(over)), patienceMs);
  });
  return Promise.race([sent, patience]).finally(() => clearTimeout(timer));
}

/** The same failure, of which the service is not to blame: somebody had less patience than it may take. */
export function withoutBlame(error: unknown): never {
  throw error instanceof CallFailed && error.code === "ETIMEDOUT" ? new CallFailed(error.code) : error;
}
