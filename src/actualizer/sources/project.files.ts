import { UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { optionsPath } from "../../services/environment.options.ts";
import type { TreeEntry } from "../../services/gitea/snapshot.service.ts";
import { projectFilePath } from "../../services/project-file.ts";
import { bytesOfText, keepContents } from "./kept.contents.ts";
import type { SourceMeans } from "./source.means.ts";

/** What a project's repository says at a commit; a text is undefined where there is no such file. */
export interface ProjectFiles {
  readonly document: string | undefined;
  readonly options: string | undefined;
}

type Places = Readonly<Partial<Record<keyof ProjectFiles, Pick<TreeEntry, "kind" | "sha">>>>;

const paths = { document: projectFilePath, options: optionsPath } as const;
const keptBytes = { places: 8_000_000, texts: 48_000_000 };

function placesIn(entries: readonly TreeEntry[]): Places {
  const at = (path: string) => {
    const entry = entries.find((each) => each.path === path);
    return entry && { kind: entry.kind, sha: entry.sha };
  };
  const [document, options] = [at(paths.document), at(paths.options)];
  return { ...(document ? { document } : {}), ...(options ? { options } : {}) };
}

/** Reads the two files of a project that say what is to run. What was read of a commit or a file is not read again. */
export function createProjectFiles({ snapshots, readFile }: Pick<SourceMeans, "snapshots" | "readFile">) {
  const keptPlaces = keepContents<Places>(keptBytes.places, () => 500);
  const keptTexts = keepContents<string>(keptBytes.texts, bytesOfText);

  return async (grant: RepositoryGrant, commit: string): Promise<ProjectFiles> => {
    const places = await keptPlaces(commit, async () => placesIn(await snapshots.tree(grant, commit, "top")));
    const text = async (which: keyof ProjectFiles): Promise<string | undefined> => {
      const place = places[which];
      if (!place) return undefined;
      // What is there and is no file makes no sense, which is another thing than not being there.
      if (place.kind !== "file") return "";
      const kept = keptTexts(place.sha, async () => {
        const file = await readFile(grant, paths[which], commit);
        if (file?.sha !== place.sha)
          throw new UpstreamUnavailable("gitea", "a file is not what its tree says");
        return file.content.toString("utf8");
      });
      // What Gitea refuses to hand out, for it is too large, makes no sense either, and the other file may.
      return kept.catch((error: unknown) => {
        if (error instanceof UpstreamRejected) return "";
        throw error;
      });
    };
    const [document, options] = await Promise.all([text("document"), text("options")]);
    return { document, options };
  };
}
