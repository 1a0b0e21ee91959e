/** A line that a container has written; its stamp is later than that of the line before, unless a test sets the clock. */
export interface LogLine {
  readonly stamp: string;
  readonly text: string;
}

/** Hears of each line, and of the end: the container writes no more. */
export interface LogReader {
  line(line: LogLine): void;
  end(): void;
  /** The connection is cut, in the middle of a line where there is a part of one. */
  cut(part: string): void;
}

/** What one container writes. */
class ContainerLog {
  lines: LogLine[] = [];
  /** What the last one wrote that has ended. */
  previous: readonly LogLine[] | undefined;
  /** Whether the container has ended: what it wrote stays its log until another one is begun. */
  hasEnded = false;
  readonly readers = new Set<LogReader>();
}

const nanosecondsInMillisecond = 1_000_000;

/** What containers write, by the pod's uid. */
export class PodLogs {
  /** Whether the node can be asked. */
  isReachable = true;
  /** What the node's clock shows, where a test has stopped it or put it back. */
  clock: string | undefined;
  readonly #logs = new Map<string, ContainerLog>();
  #last = { at: 0, nanoseconds: 0 };

  /** The lines a container has written, or the one that ran before it. */
  lines(uid: string, container: string, previous = false): readonly LogLine[] | undefined {
    const log = this.#of(uid, container);
    return previous ? log.previous : log.lines;
  }

  /** How many follow a log. */
  get following(): number {
    return [...this.#logs.values()].reduce((sum, { readers }) => sum + readers.size, 0);
  }

  append(uid: string, container: string, texts: readonly string[]): void {
    const log = this.#of(uid, container);
    begin(log);
    for (const text of texts) {
      const line = { stamp: this.clock ?? this.#stamp(), text };
      log.lines.push(line);
      for (const reader of [...log.readers]) reader.line(line);
    }
  }

  /** The container has ended: those who follow it are told, and what comes is of another. */
  restart(uid: string, container: string): void {
    const log = this.#of(uid, container);
    begin(log);
    log.previous = log.lines;
    log.hasEnded = true;
    this.#end(log);
  }

  /** Another container is begun where one has ended. */
  begin(uid: string): void {
    for (const [key, log] of this.#logs) if (key.startsWith(`${uid}/`)) begin(log);
  }

  /** The node takes a full log away and begins another; those who follow it are told of both. */
  rotate(uid: string, container: string): void {
    this.#of(uid, container).lines = [];
  }

  /** Ends all that is followed as if all were well, as an API server does that stops. */
  end(): void {
    for (const log of this.#logs.values()) this.#end(log);
  }

  /** Cuts all who follow a log off, in the middle of a line where there is a part of one. */
  drop(part = ""): void {
    for (const { readers } of this.#logs.values()) {
      for (const reader of [...readers]) reader.cut(part);
      readers.clear();
    }
  }

  /** Tells somebody of all lines to come, until he has enough. */
  follow(uid: string, container: string, reader: LogReader): () => void {
    const { readers } = this.#of(uid, container);
    readers.add(reader);
    return () => void readers.delete(reader);
  }

  /** The pod is gone. */
  forget(uid: string): void {
    for (const [key, log] of this.#logs) {
      if (!key.startsWith(`${uid}/`)) continue;
      this.#logs.delete(key);
      this.#end(log);
    }
  }

  #end(log: ContainerLog): void {
    for (const reader of [...log.readers]) reader.end();
    log.readers.clear();
  }

  #of(uid: string, container: string): ContainerLog {
    const key = `${uid}/${container}`;
    const log = this.#logs.get(key) ?? new ContainerLog();
    this.#logs.set(key, log);
    return log;
  }

  /** The time in nanoseconds, never the same twice. */
  #stamp(): string {
    const at = Math.max(Date.now(), this.#last.at);
    const nanoseconds = at === this.#last.at ? this.#last.nanoseconds + 1 : 0;
    this.#last =
      nanoseconds < nanosecondsInMillisecond ? { at, nanoseconds } : { at: at + 1, nanoseconds: 0 };
    const whole = new Date(this.#last.at).toISOString().slice(0, 23);
    return `${whole}${String(this.#last.nanoseconds).padStart(6, "0")}Z`;
  }
}

function begin(log: ContainerLog): void {
  if (!log.hasEnded) return;
  log.hasEnded = false;
  log.lines = [];
}
