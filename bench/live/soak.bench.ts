import type { Options } from "../options.ts";
export async function soak(
  _options: Options,
  _soakMs: number,
  _complain: (problem: string) => void,
): Promise<string[]> {
  return [];
}
