import type { Caller } from "./caller.ts";
import type { SavedModel } from "./saved.model.ts";

/** Everything that a canvas shows, in one query. */
const loadQuery = `query Load($producer: ProducerName!) {
  project(producer: $producer) {
    revision
    document
    gateways {
      id name dnsPrefix itemOrder policies http other
      pipelines { id name other policies { id name steps { id condition action } } }
    }
    serviceEndpoints { id name urls itemOrder other }
    apiEndpoints { id name host paths methods scopes itemOrder }
    apis { id name apiEndpoints { name } plans { name icon tiers details } }
    portals { id name rootUrl apis { name } }
    microServices { id name models }
    connections { id fromId toId }
    states { key value }
    models {
      name lunchbadgerId itemOrder plural base description strict public readonly idInjection http options
      wasBundled other configFile
      properties { name type required index isId default description itemOrder other }
      relations { name type model foreignKey through lunchbadgerId other }
      methods { name isStatic description accepts returns http other }
      validations acls config { dataSource public other } revision
    }
    dataSources {
      name connector lunchbadgerId itemOrder host port database username url settings secrets revision
    }
    files { path text size revision }
    workspace { status output instance running commit }
  }
}`;

const saveQuery = `mutation Save($input: SaveModelInput!) {
  saveModel(input: $input) {
    outcome
    model { name revision properties { name type description } }
  }
}`;

const deleteQuery = `mutation Delete($input: DeleteModelInput!) { deleteModel(input: $input) { deletedName } }`;

/** What a save is answered. */
export interface SaveAnswer {
  readonly outcome: string;
  readonly model: Pick<SavedModel, "name" | "properties"> & { readonly revision: string };
}

/** A canvas that asks the gateway. */
export interface GraphCanvas {
  readonly save: (
    model: SavedModel,
    previous?: { readonly name: string; readonly revision: string },
  ) => Promise<SaveAnswer>;
  readonly delete: (name: string) => Promise<void>;
  /** The answer to the letter. */
  readonly load: () => Promise<string>;
}

export function graphCanvas({ call }: Caller, port: number, producer: string): GraphCanvas {
  const ask = (query: string, variables: object) =>
    call("POST", `http://127.0.0.1:${port}/graphql`, { query, variables });
  const asked = async (query: string, input: object): Promise<unknown> => {
    const answer = await ask(query, { input: { project: { producer }, ...input } });
    const { data, errors } = JSON.parse(answer) as { data: unknown; errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    save: async (model, previous) => {
      const change = previous && {
        revision: previous.revision,
        ...(previous.name === model.name ? {} : { renamedFrom: previous.name }),
      };
      const data = (await asked(saveQuery, { ...model, ...change })) as { saveModel: SaveAnswer };
      return data.saveModel;
    },
    delete: async (name) => {
      await asked(deleteQuery, { name });
    },
    load: () => ask(loadQuery, { producer }),
  };
}
