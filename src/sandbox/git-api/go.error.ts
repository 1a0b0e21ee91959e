/** A failure as a Go program prints it: most Go errors have no public field and come out as `{}`. */
export class GoError extends Error {
  readonly json: object;

  constructor(message: string, json: object = {}) {
    super(message);
    this.json = json;
  }
}

/** The failure of a call that got no answer: Go tells a refused connection down to the system call. */
export function noAnswer(method: string, url: string, cause: unknown): GoError {
  const { code, errno, address, port } = (cause ?? {}) as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  const operation = method.charAt(0) + method.slice(1).toLowerCase();
  const refused = {
    Op: "dial",
    Net: "tcp",
    Source: null,
    Addr: { IP: address, Port: port, Zone: "" },
    Err: { Syscall: "connect", Err: -(errno ?? 0) },
  };
  const dialled = code === "ECONNREFUSED";
  const reason = dialled ? `dial tcp ${address}:${port}: connect: connection refused` : "EOF";
  return new GoError(`${operation} "${url}": ${reason}`, {
    Op: operation,
    URL: url,
    Err: dialled ? refused : {},
  });
}

/** The failure of reading text as JSON; Go counts characters from one. */
export function unreadable(error: unknown): GoError {
  const message = error instanceof Error ? error.message : String(error);
  const position = /position (\d+)/.exec(message)?.[1];
  return new GoError(message, position === undefined ? {} : { Offset: Number(position) + 1 });
}
