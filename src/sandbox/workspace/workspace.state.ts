import { propertyKind } from "./model-part.kinds.ts";
import { serverFacet, type Kind } from "./entity.kind.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import type { Entity } from "./loopback.body.ts";
import { modelKind } from "./model.kind.ts";
import { addDependency, missingConnectors } from "./package.routes.ts";
import { ProjectDisk, type Files } from "./project.disk.ts";
import { blankProject, checkedProject, ProjectStore } from "./project.store.ts";
import { blankFiles } from "./project.template.ts";
import { StatusChannel } from "./status.channel.ts";
import { pass, type WorkspaceTiming } from "./workspace.timing.ts";

/** What a state is made with. */
export interface StateOptions {
  /** The id of the project, which is its package's name, too. */
  id: string;
  timing: WorkspaceTiming;
  damage: boolean;
  /** Told the files after every commit, lunchbadger.json among them. */
  onSaved: (files: Record<string, string>) => void;
}

/** Everything a pod holds, for both its APIs. Seeds and tests change it here, at once and without damage. */
export class WorkspaceState {
  readonly timing: WorkspaceTiming;
  readonly disk: ProjectDisk;
  readonly projects = new ProjectStore();
  readonly status: StatusChannel;
  /** Databases that take connections, as `host:port`. */
  readonly answeringHosts = new Set<string>();
  readonly #id: string;
  readonly #onSaved: StateOptions["onSaved"];

  constructor({ id, timing, damage, onSaved }: StateOptions) {
    this.#id = id;
    this.#onSaved = onSaved;
    this.timing = timing;
    this.status = new StatusChannel(timing.installMs);
    const files: Files = new Map(blankFiles(id));
    this.disk = new ProjectDisk({ files, timing, damage, saved: () => this.#committed() });
    this.projects.put(blankProject(id));
  }

  /** The project's document. */
  project(): Entity {
    return this.projects.find(this.#id) ?? {};
  }

  /** Changes fields of the project's document, as a save would. */
  changeProject(change: Entity): void {
    this.projects.put({ ...this.project(), ...checkedProject(change, { nameNeeded: false }) });
    this.#committed();
  }

  /** The project's own models, as reads tell them. */
  models(): Entity[] {
    return modelKind.list(this.disk.files).filter((each) => each["facetName"] === serverFacet);
  }

  dataSources(): Entity[] {
    return dataSourceKind.list(this.disk.files);
  }

  modelConfigs(): Entity[] {
    return modelConfigKind.list(this.disk.files);
  }

  /** Adds a model with its properties, by name. */
  addModel(model: Entity & { name: string }, properties: Readonly<Record<string, Entity>> = {}): void {
    this.#put(modelKind, { idInjection: true, options: { validateUpsert: true }, ...model });
    for (const [name, property] of Object.entries(properties)) {
      this.#put(propertyKind, { modelId: `${serverFacet}.${model.name}`, name, ...property });
    }
  }

  addDataSource(source: Entity & { name: string; connector: string }): void {
    this.#put(dataSourceKind, source);
  }

  addModelConfig(config: Entity & { name: string }): void {
    this.#put(modelConfigKind, config);
  }

  /** All files by path, lunchbadger.json among them. */
  files(): Record<string, string> {
    return { ...Object.fromEntries(this.disk.files), "lunchbadger.json": this.projects.file() };
  }

  /** Does what a push by somebody else does: another instance, everything installed anew, the document as it was. */
  pushFromOutside(files: Readonly<Record<string, string>> = {}): void {
    for (const [path, content] of Object.entries(files)) {
      if (path !== "lunchbadger.json") this.disk.files.set(path, content);
    }
    this.status.pushedFromOutside();
  }

  /** Saves a document that is made at the end, so that fields saved meanwhile are not lost. */
  async saved(make: () => Entity): Promise<Entity> {
    await pass(this.timing.writeMs);
    const project = make();
    this.projects.put(project);
    this.disk.commit();
    return project;
  }

  #put(kind: Kind, body: Entity): void {
    const { files } = this.disk;
    kind.put(files, kind.taken({ facetName: serverFacet, ...body }, files), files);
    this.#committed();
  }

  #committed(): void {
    const install = (): void => {
      for (const connector of missingConnectors(this.disk.files)) addDependency(this.disk.files, connector);
    };
    if (missingConnectors(this.disk.files).length > 0) {
      if (this.timing.installMs === 0) install();
      else setTimeout(install, this.timing.installMs).unref();
    }
    this.status.committed();
    this.#onSaved(this.files());
  }
}
