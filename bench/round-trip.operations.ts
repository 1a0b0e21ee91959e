import { deepStrictEqual } from "node:assert/strict";
import type { Sandbox } from "../src/sandbox/sandbox.ts";
import { shareProjects } from "./projects.seed.ts";

/** Asks the gateway as al. */
export type Ask = (query: string, variables?: Record<string, unknown>) => Promise<unknown>;

/** Something a caller does, and the upstream calls it may cost when it is done for the first and the second time. */
export interface Operation {
  readonly name: string;
  readonly prepare?: (sandbox: Sandbox) => void;
  /** Throws when an answer is wrong. */
  readonly run: (ask: Ask) => Promise<void>;
  readonly calls: Readonly<Record<string, number>>;
}

/** al's own two repositories and the two of demo; of these the two called dev are projects. */
const seeded = { repositories: 4, projects: 2 };
const longestPage = 100;

function projectsOf(repositories: number, cold: number): Operation {
  const shared = repositories - seeded.repositories;
  return {
    name: `viewer.projects with their permissions, ${repositories} repositories`,
    prepare: ({ gitea }) => shareProjects(gitea.platform, "customer-al", shared),
    run: async (ask) => {
      const answer = (await ask(
        `{ viewer { projects(first: ${longestPage}) { totalCount nodes { viewerPermission } } } }`,
      )) as { viewer: { projects: { totalCount: number; nodes: { viewerPermission: string }[] } } };
      const { totalCount, nodes } = answer.viewer.projects;
      const projects = shared + seeded.projects;
      const others = Array.from({ length: Math.min(projects, longestPage) - 1 }, () => "WRITE");
      deepStrictEqual(totalCount, projects);
      deepStrictEqual(
        nodes.map(({ viewerPermission }) => viewerPermission),
        ["ADMIN", ...others],
      );
    },
    calls: { cold, warm: 0 },
  };
}

const repo = 'repo(owner: "customer-demo", name: "dev")';
const demoRepo = { name: "dev", viewerPermission: "WRITE" };
const aliases = Array.from({ length: 5 }, (_, number) => `r${number}`);
const manyFields = aliases
  .map((alias) => `${alias}: ${repo} { name viewerPermission viewerCan(permission: "repo:write") }`)
  .join(" ");

const tenGuards: Operation = {
  name: "one repository under five aliases, ten guarded fields",
  run: async (ask) => {
    const right = Object.fromEntries(aliases.map((alias) => [alias, { ...demoRepo, viewerCan: true }]));
    deepStrictEqual(await ask(`{ ${manyFields} }`), right);
  },
  calls: { cold: 1, warm: 0 },
};

const manyAtOnce: Operation = {
  name: "100 identical requests at once",
  // Slow enough that all of them ask before the first is answered.
  prepare: ({ gitea }) => gitea.faults.set({ mode: "slow", ms: 100 }),
  run: async (ask) => {
    const query = `{ ${repo} { name viewerPermission } }`;
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(query)));
    for (const answer of answers) deepStrictEqual(answer, { repo: demoRepo });
  },
  calls: { cold: 1, warm: 0 },
};

const branches: Operation = {
  name: "a repository's branches",
  run: async (ask) => {
    const nodes = [{ name: "master" }];
    deepStrictEqual(await ask(`{ ${repo} { branches { nodes { name } } } }`), {
      repo: { branches: { nodes } },
    });
  },
  calls: { cold: 2, warm: 1 },
};

const canvasLoad: Operation = {
  name: "a canvas load: the document, models, data sources, files, what the workspace does",
  run: async (ask) => {
    const canvas = `{ project(producer: "demo") {
      document gateways { name } models { name dataSource { name } } dataSources { name }
      files { path } workspace { status } } }`;
    const { project } = (await ask(canvas)) as { project: { models: object } };
    deepStrictEqual(project.models, [
      { name: "Car", dataSource: { name: "garage" } },
      { name: "Wheel", dataSource: { name: "garage" } },
      { name: "Driver", dataSource: { name: "memory" } },
    ]);
  },
  calls: { cold: 7, warm: 6 },
};

/** What is counted. */
export const operations: readonly Operation[] = [
  projectsOf(10, 2),
  projectsOf(50, 2),
  projectsOf(120, 4),
  tenGuards,
  branches,
  canvasLoad,
  manyAtOnce,
];
