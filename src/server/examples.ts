import type { ExplorerExample } from "./explorer.ts";

const viewer = `query Viewer {
  viewer {
    login
    isAdmin
    projects {
      totalCount
      nodes {
        producer
        env
        viewerPermission
      }
    }
  }
}`;

/** What the explorer opens with on a real platform, where only the reader has a token. */
export const platformExamples: readonly ExplorerExample[] = [
  {
    title: "You and your projects",
    query: viewer,
    headers: { Authorization: "token <a Gitea token>" },
  },
];
