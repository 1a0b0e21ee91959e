import type { WorkspaceState } from "../../src/sandbox/workspace/workspace.state.ts";

/** How large al's project is. */
export const largeProject = { models: 50, properties: 8 };

/** Gives a project many models, and a data source that they are attached to. */
export function addManyModels(state: WorkspaceState): void {
  const properties = Array.from({ length: largeProject.properties }, (_, number) => [
    `property${number}`,
    { type: "string", required: number === 0, description: `The ${number}th.`, itemOrder: number },
  ]);
  state.addDataSource({ name: "memory", connector: "memory", itemOrder: 0, lunchbadgerId: "memory" });
  for (let number = 0; number < largeProject.models; number += 1) {
    const name = `Many${number}`;
    const own = { plural: `${name}s`, base: "PersistedModel", public: true, strict: false };
    const place = { itemOrder: number, lunchbadgerId: `many-${number}` };
    state.addModel(
      { name, ...own, ...place },
      Object.fromEntries(properties) as Record<string, Record<string, unknown>>,
    );
    state.addModelConfig({ name, dataSource: "memory", public: true });
  }
}
