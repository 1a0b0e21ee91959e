import { CriticalityLevel, validate as validateAll } from "@graphql-inspector/core";
import { buildSchema, getOperationAST, parse, Source, validate, type GraphQLSchema } from "graphql";
import { permissionDifferences } from "./permission.differences.ts";
import { shapeDifferences } from "./shape.differences.ts";

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
  /** What may surprise clients: a value more, an argument more that has a default, a permission that asks for less. */
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
  /** What clients of the last release ask, by hash. */
  readonly releasedDocuments?: Readonly<Record<string, string>>;
}

/** The coordinates that the changelog's unreleased part names below its heading `Breaking`. */
export function announcedIn(changelog: string): ReadonlySet<string> {
  const unreleased = /^## Unreleased\n(.*?)(?=^## |(?![\s\S]))/ms.exec(changelog)?.[1] ?? "";
  const breaking = /^### Breaking\n(.*?)(?=^#{2,3} |(?![\s\S]))/ms.exec(unreleased)?.[1] ?? "";
  return new Set([...breaking.matchAll(/^- `([^`]+)`/gm)].map(([, coordinate]) => String(coordinate)));
}

function misfitsOf(schema: GraphQLSchema, documents: Readonly<Record<string, string>>): Difference[] {
  const sources = Object.entries(documents).map(([name, text]) => new Source(text, name));
  return validateAll(schema, sources, { strictDeprecated: false }).flatMap(({ source, errors }) =>
    errors.map(({ message }) => ({ at: source.name, message })),
  );
}

/** What the last release's clients ask and would not be answered any more, by what kind of operation it is and its name. */
function brokenDocumentsOf(schema: GraphQLSchema, texts: readonly string[]): Difference[] {
  return texts.flatMap((text) => {
    const document = parse(text);
    const operation = getOperationAST(document);
    const [mistake] = validate(schema, document);
    const at = `${operation?.operation ?? "query"} ${operation?.name?.value ?? ""}`.trim();
    return mistake ? [{ at, message: `of the last release does not run any more: ${mistake.message}` }] : [];
  });
}

/** Compares a schema with that of the last release, and with what the changelog says of it. */
export async function schemaDifferences({
  released,
  current,
  changelog,
  documents = {},
  releasedDocuments = {},
}: Compared): Promise<SchemaDifferences> {
  const [before, now] = [buildSchema(released), buildSchema(current)];
  const shape = await shapeDifferences(before, now);
  const permissions = permissionDifferences(before, now);
  const shapeOf = (level: CriticalityLevel) =>
    shape.filter((difference) => difference.level === level).map(({ at, message }) => ({ at, message }));
  const breaking = [
    ...shapeOf(CriticalityLevel.Breaking),
    ...permissions.filter(({ became }) => became === "stricter"),
    ...brokenDocumentsOf(now, Object.values(releasedDocuments)),
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
