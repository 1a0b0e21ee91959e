import { serverFacet, type Kind } from "./entity.kind.ts";
import { dataSourceKind } from "./listed.kind.ts";
import { oneOrMany, type Entity } from "./loopback.body.ts";
import { invalid, LoopbackError, manyFailed } from "./loopback.error.ts";
import type { Files, ProjectDisk } from "./project.disk.ts";

/** Stores and removes things of one kind. */
export class EntityWriter {
  readonly #disk: ProjectDisk;
  readonly #kind: Kind;

  constructor(disk: ProjectDisk, kind: Kind) {
    this.#disk = disk;
    this.#kind = kind;
  }

  /** Replaces what has the id, or creates; of a list, the good ones are stored and the others told of. */
  async post(body: unknown): Promise<unknown> {
    const sent = oneOrMany(body);
    const { files } = this.#disk;
    const checked = [sent].flat().map((each) => {
      const entity = withDefaults(this.#kind, this.#kind.taken(each, files));
      return { entity, issues: this.#kind.issues(entity, files, each["id"]) };
    });
    const status = Array.isArray(sent) ? 500 : 422;
    const failures = checked.map(({ issues }) =>
      issues.length > 0 ? invalid(this.#kind.name, issues, status) : undefined,
    );
    const [failure] = failures;
    if (!Array.isArray(sent) && failure !== undefined) throw failure;
    const good = checked.filter(({ issues }) => issues.length === 0).map(({ entity }) => entity);
    if (good.length > 0) await this.#store(good);
    if (failures.some((each) => each !== undefined)) throw manyFailed(failures);
    return Array.isArray(sent) ? good : good[0];
  }

  /** Merges into what has the id, or creates: with an id in the body, without the defaults. */
  async merge(body: Entity): Promise<Entity> {
    const { files } = this.#disk;
    const entity = this.#kind.taken(body, files);
    const stored = this.#find(files, entity["id"]);
    if (this.#kind === dataSourceKind && stored !== undefined) throw withoutInstance();
    const issues = this.#kind.issues(entity, files, body["id"]);
    if (issues.length > 0) throw invalid(this.#kind.name, issues);
    const isNew = stored === undefined && body["id"] === undefined;
    const change = isNew ? withDefaults(this.#kind, entity) : entity;
    let merged = change;
    await this.#store([change], (present) => (merged = { ...this.#find(present, change["id"]), ...change }));
    return merged;
  }

  async remove(id: string): Promise<Entity> {
    const isModel = this.#kind.name === "ModelDefinition";
    const entity = this.#find(this.#disk.files, id);
    // A model's files go after the commit: the next write is the one that commits their removal.
    const options = {
      own: entity && this.#kind.ownFile?.(entity),
      committed: this.#kind.committed && !isModel,
    };
    const count = await this.#disk.write((files) => this.#kind.remove(files, id), options);
    return isModel ? { result: [null, null] } : { count };
  }

  #find(files: Files, id: unknown): Entity | undefined {
    return this.#kind.list(files).find((each) => each["id"] === id);
  }

  /** Stores what there is to store, or what is made of it at the end. */
  async #store(entities: readonly Entity[], finished?: (files: Files) => Entity): Promise<void> {
    const [first] = entities;
    const own = first === undefined ? undefined : this.#kind.ownFile?.(first);
    const { committed } = this.#kind;
    await this.#disk.write(
      (files, before) => {
        for (const entity of entities) this.#kind.put(files, finished?.(files) ?? entity, before);
      },
      { own, committed },
    );
  }
}

function withDefaults(kind: Kind, entity: Entity): Entity {
  if (kind.name !== "ModelDefinition" || entity["facetName"] !== serverFacet) return entity;
  return { idInjection: true, options: { validateUpsert: true }, ...entity };
}

/** How every update of a data source fails: the real one looks at an instance that is not there. */
export function withoutInstance(): LoopbackError {
  return new LoopbackError(500, "Cannot read property 'connector' of undefined", { name: "TypeError" });
}
