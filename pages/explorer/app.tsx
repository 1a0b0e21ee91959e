import type { GraphQLSchema } from "graphql";
import { useCallback, useEffect, useState, type ComponentType, type JSX } from "react";
import { createRoot } from "react-dom/client";
import "./strip/strip.css";
import badger from "../badger.svg";
import { retryIdentity } from "../identity/identity.store.ts";
import { loadPages, plainConfiguration, type PagesConfiguration } from "../identity/pages.configuration.ts";
import type { EditorOptions } from "./editor.tsx";
import { loadSchema } from "./schema/schema.load.ts";
import { SchemaNotice, type SchemaProblem } from "./schema/schema.notice.tsx";
import { IdentityStrip } from "./strip/identity.strip.tsx";
import { checkHealth, health } from "./trouble/gateway.health.ts";
import { TroubleBanner } from "./trouble/trouble.banner.tsx";

/** The editor's code, which is megabytes and comes by itself. */
export type LoadedEditor = Promise<{ readonly Editor: ComponentType<EditorOptions> }>;

/** A gateway that does not describe its pages still answers queries. */
async function loadPagesAnyhow(): Promise<PagesConfiguration> {
  try {
    return await loadPages();
  } catch {
    void checkHealth();
    return plainConfiguration;
  }
}

interface Parts {
  readonly Editor: ComponentType<EditorOptions>;
  readonly pages: PagesConfiguration;
}

/** The schema, and how to ask for it once more. */
function useSchema(pages: PagesConfiguration | undefined) {
  const [schema, setSchema] = useState<GraphQLSchema>();
  const [problem, setProblem] = useState<SchemaProblem>();
  const load = useCallback(async () => {
    if (!pages) return;
    setProblem(undefined);
    try {
      setSchema(await loadSchema(pages));
    } catch (error) {
      setProblem({ message: error instanceof Error ? error.message : String(error) });
      void checkHealth();
    }
  }, [pages]);
  useEffect(() => void load(), [load]);
  return { schema, problem, load };
}

function TopBar({ hasBoard }: { hasBoard: boolean }): JSX.Element {
  return (
    <header className="sett-bar">
      <h1>
        <img src={badger} alt="" width="24" height="24" />
        Sett
      </h1>
      <nav aria-label="Pages">
        <a href="./" aria-current="page">
          Explorer
        </a>
        {hasBoard && <a href="./board">Board</a>}
        <a href="./schema.graphql">Schema</a>
      </nav>
      <IdentityStrip />
    </header>
  );
}

/** Asks again for what could not be told while the gateway was away. */
function useReturn(onReturn: () => void): void {
  useEffect(() => {
    let wasReached = health.get().isReached;
    return health.subscribe(() => {
      const { isReached } = health.get();
      if (isReached && !wasReached) onReturn();
      wasReached = isReached;
    });
  }, [onReturn]);
}

interface AppOptions {
  readonly editor: LoadedEditor;
  readonly onFailure: (error: unknown) => void;
}

function App({ editor, onFailure }: AppOptions): JSX.Element {
  const [pages, setPages] = useState<PagesConfiguration>();
  const [parts, setParts] = useState<Parts>();
  const { schema, problem, load } = useSchema(pages);
  const isMissing = problem !== undefined;
  useReturn(
    useCallback(() => {
      retryIdentity();
      if (isMissing) void load();
    }, [isMissing, load]),
  );

  useEffect(() => {
    const described = loadPagesAnyhow();
    void described.then(setPages);
    Promise.all([editor, described])
      .then(([{ Editor }, found]) => setParts({ Editor, pages: found }))
      .catch(onFailure);
    void checkHealth();
  }, [editor, onFailure]);

  return (
    <>
      <TopBar hasBoard={pages?.board ?? false} />
      <TroubleBanner />
      {problem && <SchemaNotice problem={problem} onRetry={() => void load()} />}
      <main>
        {parts ? (
          <parts.Editor pages={parts.pages} schema={schema ?? null} />
        ) : (
          <p className="notice">Loading the editor…</p>
        )}
      </main>
    </>
  );
}

/** Draws the explorer; a drawing that fails is reported to `onFailure`. */
export function mountExplorer(container: HTMLElement, options: AppOptions): void {
  createRoot(container, { onUncaughtError: options.onFailure }).render(<App {...options} />);
}
