import type { DestinationStream } from "pino";

/** Takes the lines of a log, so that a test can read them. */
export class LogLines implements DestinationStream {
  readonly text: string[] = [];

  write(line: string): void {
    this.text.push(line);
  }

  /** The lines as they were meant. */
  get entries(): readonly Record<string, unknown>[] {
    return this.text.map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}
