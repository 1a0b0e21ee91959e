import type { ChainableCommander } from "ioredis";

/** Sends commands together, and throws the first error among their answers. */
export async function answersOf(commands: ChainableCommander): Promise<readonly unknown[]> {
  const answers = (await commands.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}
