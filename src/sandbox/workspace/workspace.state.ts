import { propertyKind } from "./model-part.kinds.ts";
import { serverFacet, type Kind } from "./entity.kind.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import type { Entity } from "./loopback.body.ts";
import { modelKind } from "./model.kind.ts";
import { addDependency, missingConnectors } from "./package.routes.ts";
import { ProjectDisk, type Files } from "./project.disk.ts";
import { blankProject, checkedProject, ProjectStore } from "./project.store.ts";
import { blankFiles, documentPath } from "./project.template.ts";
import { savedProjects } from "./saved.document.ts";
import { StatusChannel } from "./status.channel.ts";
import { pass, type WorkspaceTiming } from "./workspace.timing.ts";

/** What a state is made with. */
export interface StateOptions {
  /** The id of the project, which is its package's name, too. */
  id: string;
  /** What its repository holds, laid over the files of a blank project. */
  files?: Readonly<Record<string, string>>;
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
  #installing: NodeJS.Timeout | undefined;

  constructor({ id, files: { [documentPath]: document, ...held } = {}, ...options }: StateOptions) {
    const { timing, damage, onSaved } = options;
    this.#id = id;
    this.#onSaved = onSaved;
    this.timing = timing;
    this.status = new StatusChannel(timing.installMs);
    const files: Files = new Map([...blankFiles(id), ...Object.entries(held)]);
    this.disk = new ProjectDisk({ files, timing, damage, saved: () => this.#committed() });
    const { [id]: own, ...others } = savedProjects(document);
    for (const project of [{ ...blankProject(id), ...own, id }, ...Object.values(others)]) {
      this.projects.put(project);
    }
    if (document !== undefined) this.projects.leaveFile(document);
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
    const document = this.projects.file();
    return {
      ...Object.fromEntries(this.disk.files),
      ...(document === undefined ? {} : { [documentPath]: document }),
    };
  }

  /**
   * Does what a push by somebody else does to these files, of which null is deleted: another instance, everything
   * installed anew, the document as it was.
   */
  pushFromOutside(files: Readonly<Record<string, string | null>> = {}, commit?: string): void {
    for (const [path, content] of Object.entries(files)) {
      if (path === documentPath) this.projects.leaveFile(content ?? undefined);
      else if (content === null) this.disk.files.delete(path);
      else this.disk.files.set(path, content);
    }
    this.status.pushedFromOutside(commit);
  }

  /** Ends what goes on by itself: the installation, and the streams of who listens. */
  close(): void {
    clearTimeout(this.#installing);
    this.status.close();
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
    if (missingConnectors(this.disk.files).length > 0) {
      if (this.timing.installMs === 0) this.#install();
      else this.#installing ??= setTimeout(() => this.#installLater(), this.timing.installMs).unref();
    }
    this.status.committed();
    this.#onSaved(this.files());
  }

  #installLater(): void {
    this.#installing = undefined;
    this.#install();
    this.#committed();
  }

  #install(): void {
    for (const connector of missingConnectors(this.disk.files)) addDependency(this.disk.files, connector);
  }
}
