/** A model as a canvas saves it. */
export interface SavedModel {
  readonly name: string;
  readonly plural: string;
  readonly lunchbadgerId: string;
  readonly itemOrder: number;
  readonly properties: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
  }[];
  readonly relations: readonly { readonly name: string; readonly type: string; readonly model: string }[];
  readonly methods: readonly { readonly name: string; readonly description: string }[];
  readonly config: { readonly dataSource: string; readonly public: boolean };
}

/** A model of 20 properties: its own name and method, since the workspace tells methods apart by their names. */
export function modelOfTwenty(name: string): SavedModel {
  return {
    name,
    plural: `${name}s`,
    lunchbadgerId: `canvas-${name}`,
    itemOrder: 3,
    properties: Array.from({ length: 20 }, (_, number) => ({
      name: `property${number}`,
      type: "string",
      description: `The ${number}th.`,
    })),
    relations: [{ name: "cars", type: "hasMany", model: "Car" }],
    methods: [{ name: `find${name}`, description: "Finds one." }],
    config: { dataSource: "memory", public: true },
  };
}

/** The same with another description of one property. */
export function withOneChange(model: SavedModel): SavedModel {
  const [first, ...others] = model.properties;
  return first ? { ...model, properties: [{ ...first, description: "The first." }, ...others] } : model;
}

/** The same under another name. */
export function renamed(model: SavedModel, name: string): SavedModel {
  return { ...model, name, plural: `${name}s` };
}
