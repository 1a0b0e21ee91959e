import type { Example, ExampleGroup } from "../examples/example.ts";

export type { Example, ExampleGroup };

/** Somebody whom one click makes of whoever looks at the pages: on the sandbox only. */
export interface PagePerson {
  readonly login: string;
  readonly name: string;
  readonly token: string;
  readonly about: string;
}

/** What the built pages ask the gateway at their start, as `/pages.json`. */
export interface PagesConfiguration {
  readonly endpoint: string;
  /** Where the schema is with its permissions, if it may be asked for. */
  readonly schema?: string;
  /** Which pages there are. */
  readonly explorer: boolean;
  readonly board: boolean;
  readonly examples: readonly ExampleGroup[];
  /** Nobody, unless the sandbox runs. */
  readonly people: readonly PagePerson[];
  readonly signIn: { readonly gitea: boolean };
}
