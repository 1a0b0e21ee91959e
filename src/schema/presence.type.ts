import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import type { PresenceState, PresentPerson as Present } from "../live/presence.record.ts";
import { Login } from "./scalars.ts";

@ObjectType("PresentPerson", {
  description: "Somebody who is on a project just now.",
  simpleResolvers: true,
})
export class PresentPerson {
  @Field(() => Login, { description: "Who it is: a Gitea account." })
  login!: string;

  @Field(() => String, { description: "What they are called; empty when they have not said." })
  fullName!: string;

  @Field(() => GraphQLDateTime, { description: "Since when they have been there without a break." })
  since!: Date;

  @Field(() => Int, { description: "In how many places at once, such as tabs of a browser." })
  connections!: number;
}

@ObjectType("Presence", { description: "Who is on a project.", simpleResolvers: true })
export class Presence {
  @Field(() => [PresentPerson], {
    description: "One entry a person, those first who have been there longest; at most 200.",
  })
  people!: readonly PresentPerson[];

  @Field(() => Int, { description: "How many more there are." })
  others!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      "Since when people who are there by way of another gateway may have come or gone unheard; null while all is known.",
  })
  staleSince?: Date;
}

/** Somebody who is there, as the graph shows them. */
export function toPresentPerson({ since, ...person }: Present): PresentPerson {
  return Object.assign(new PresentPerson(), person, { since: new Date(since) });
}

/** Who is there, as the graph shows it. */
export function toPresence({ people, others, staleSince }: PresenceState): Presence {
  return Object.assign(new Presence(), {
    people: people.map(toPresentPerson),
    others,
    staleSince: staleSince === undefined ? undefined : new Date(staleSince),
  });
}
