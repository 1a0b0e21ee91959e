import type { JSX } from "react";

/** Why there is no schema. */
export interface SchemaProblem {
  readonly message: string;
}

interface Options {
  readonly problem: SchemaProblem;
  readonly onRetry: () => void;
}

/** Says that there is no schema, so that nobody waits for documentation and completion. */
export function SchemaNotice({ problem, onRetry }: Options): JSX.Element {
  return (
    <div role="alert" className="sett-trouble">
      <span>
        The schema could not be loaded, so nothing is completed, checked or documented here; queries run all
        the same. {problem.message}
      </span>{" "}
      <button type="button" onClick={onRetry}>
        Load it again
      </button>
    </div>
  );
}
