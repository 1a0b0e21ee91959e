import { Field, ObjectType } from "type-graphql";

@ObjectType("SharedProjectPermissions", {
  description: "What somebody may do, in Gitea's words.",
  simpleResolvers: true,
})
export class SharedProjectPermissions {
  @Field(() => Boolean, { description: "Say who else may." })
  admin!: boolean;

  @Field(() => Boolean, { description: "Change it." })
  push!: boolean;

  @Field(() => Boolean, { description: "Read it." })
  pull!: boolean;
}

@ObjectType("SharedProject", { description: "One environment of a producer.", simpleResolvers: true })
export class SharedProject {
  @Field(() => String, { description: "The environment's name." })
  name!: string;

  @Field(() => SharedProjectPermissions, { description: "What may be done with it." })
  permissions!: SharedProjectPermissions;
}

@ObjectType("SharedProducer", {
  description: "A producer whose projects can be worked on.",
  simpleResolvers: true,
})
export class SharedProducer {
  @Field(() => String, { description: "The producer's name." })
  username!: string;

  @Field(() => [SharedProject], { description: "Their projects that can be worked on." })
  projects!: SharedProject[];
}

@ObjectType("SharedProjects", { description: "All that somebody can work on.", simpleResolvers: true })
export class SharedProjects {
  @Field(() => String, { description: "Who." })
  username!: string;

  @Field(() => [SharedProducer], { description: "Their own projects first, then those of others by name." })
  sharedProjects!: SharedProducer[];
}
