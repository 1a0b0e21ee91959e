import { CriticalityLevel, diff, DiffRule, validate, type Change } from "@graphql-inspector/core";
import { buildSchema, Source, type GraphQLSchema } from "graphql";
import { permissionDifferences } from "./permission.differences.ts";

/** Something that is not as it was in the last release. */
export interface Difference {
  /** Where, as a schema coordinate: `Type.field`, `Type.field(argument:)`, `Type`, `@directive`. */
  readonly at: string;
  readonly message: string;
}

/** What has become of the schema since the last release. */
export interface SchemaDifferences {
  /** What breaks clients, and is not in the changelog. */
  readonly unannounced: readonly Difference[];
  /** What breaks clients, and is said to. */
  readonly announced: readonly Difference[];
  /** What may surprise clients: a value more, a default that is another, a permission that asks for less. */
  readonly dangerous: readonly Difference[];
  /** How many changes nobody will notice. */
  readonly harmless: number;
  /** Documents that do not fit the schema, by their names. */
  readonly misfits: readonly Difference[];
}

/** What is compared. */
export interface Compared {
  /** The SDL of the last release, and of now. */
  readonly released: string;
  readonly current: string;
  readonly changelog: string;
  /** What clients ask, by file. */
  readonly documents?: Readonly<Record<string, string>>;
}

/** The coordinates that the changelog's unreleased part names below its heading `Breaking`. */
export function announcedIn(changelog: string): ReadonlySet<string> {
  const unreleased = /^## Unreleased\n(.*?)(?=^## |(?![\s\S]))/ms.exec(changelog)?.[1] ?? "";
  const breaking = /^### Breaking\n(.*?)(?=^#{2,3} |(?![\s\S]))/ms.exec(unreleased)?.[1] ?? "";
  return new Set([...breaking.matchAll(/^- `([^`]+)`/gm)].map(([, coordinate]) => String(coordinate)));
}

/** The inspector's `Type.field.argument` as GraphQL writes it. */
function coordinateOf({ path = "" }: Change): string {
  const [owner = "", member, argument] = path.replace(/\.@deprecated$/, "").split(".");
  if (owner.startsWith("@")) return member === undefined ? owner : `${owner}(${member}:)`;
  if (member === undefined) return owner;
  return argument === undefined ? `${owner}.${member}` : `${owner}.${member}(${argument}:)`;
}

/** Uses of directives are none of the shape: `@can` is compared by what it means, `@deprecated` has changes of its own. */
const isOfTheShape = ({ type }: Change) => !String(type).startsWith("DIRECTIVE_USAGE_");

function misfitsOf(schema: GraphQLSchema, documents: Readonly<Record<string, string>>): Difference[] {
  const sources = Object.entries(documents).map(([name, text]) => new Source(text, name));
  return validate(schema, sources, { strictDeprecated: false }).flatMap(({ source, errors }) =>
    errors.map(({ message }) => ({ at: source.name, message })),
  );
}

/** Compares a schema with that of the last release, and with what the changelog says of it. */
export async function schemaDifferences({
  released,
  current,
  changelog,
  documents = {},
}: Compared): Promise<SchemaDifferences> {
  const [before, now] = [buildSchema(released), buildSchema(current)];
  const changes = (await diff(before, now, [DiffRule.ignoreDescriptionChanges])).filter(isOfTheShape);
  const permissions = permissionDifferences(before, now);
  const shapeOf = (level: CriticalityLevel) =>
    changes
      .filter(({ criticality }) => criticality.level === level)
      .map((change) => ({ at: coordinateOf(change), message: change.message }));
  const breaking = [
    ...shapeOf(CriticalityLevel.Breaking),
    ...permissions.filter(({ became }) => became === "stricter"),
  ];
  const announced = announcedIn(changelog);
  return {
    unannounced: breaking.filter(({ at }) => !announced.has(at)),
    announced: breaking.filter(({ at }) => announced.has(at)),
    dangerous: [
      ...shapeOf(CriticalityLevel.Dangerous),
      ...permissions.filter(({ became }) => became === "laxer"),
    ],
    harmless: shapeOf(CriticalityLevel.NonBreaking).length,
    misfits: misfitsOf(now, documents),
  };
}
