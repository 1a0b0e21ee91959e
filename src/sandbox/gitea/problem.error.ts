/** A refusal in Gitea's own words; the server turns it into the answer. */
export class Problem extends Error {
  readonly status: number;
  /** Undefined leaves the key out of the body: Gitea writes it only for what it calls "not found". */
  readonly errors: string[] | null | undefined;

  constructor(status: number, message: string, errors?: string[] | null) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** The answer for what is absent, and for what is hidden. */
export function notFound(message = "The target couldn't be found.", errors: string[] | null = null): Problem {
  return new Problem(404, message, errors);
}

/** What Gitea says when something breaks inside: nothing. */
export function brokenInside(): Problem {
  return new Problem(500, "");
}

/** An anonymous caller where somebody has to be signed in. */
export function tokenRequired(): Problem {
  return new Problem(401, "token is required");
}

/** The wording for a user looked up by name; Gitea prints the same zeroes whatever the lookup was by. */
export function noSuchUser(login: string): string {
  return `user does not exist [uid: 0, name: ${login}, keyid: 0]`;
}
