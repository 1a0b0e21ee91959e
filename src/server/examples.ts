import type { ExplorerExample } from "./explorer.ts";

/** What the explorer opens with on a real platform, where only the reader has a token. */
export const platformExamples: readonly ExplorerExample[] = [
  {
    title: "You, and the projects you can reach",
    query: "query Viewer {\n  viewer {\n    login\n    projects {\n      totalCount\n    }\n  }\n}",
    headers: { Authorization: "token <a Gitea token>" },
  },
];
