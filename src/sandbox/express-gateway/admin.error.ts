/** Thrown by a handler: what the admin API refuses, as plain text. */
export class AdminError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
