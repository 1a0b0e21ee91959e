import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { SignedIn } from "../context.ts";
import { BadUserInput, NotFound, UpstreamRejected } from "../errors.ts";
import { Can, Granted } from "../permissions/can.ts";
import type { FunctionsGrant, ViewerGrant } from "../permissions/grant.ts";
import { Deployment, toDeployment } from "../schema/deployment.type.ts";
import {
  FunctionFile,
  Runtime,
  ServerlessFunction,
  toFunction,
  toFunctionFiles,
} from "../schema/function.type.ts";
import { Project } from "../schema/project.type.ts";
import { FilePath, FunctionName } from "../schema/scalars.ts";
import { runtimes } from "../services/functions/runtimes.ts";

/** How many of a function's last lines the platform gives. */
const mostLines = 100;

@Resolver(() => Project)
export class ProjectFunctionsResolver {
  @FieldResolver(() => [ServerlessFunction], {
    nullable: true,
    description: "The producer's functions, in the order of the canvas.",
  })
  @Can("functions:read", { on: "parent" })
  async functions(
    @Granted() grant: FunctionsGrant,
    @Ctx() { lookups }: SignedIn,
  ): Promise<readonly ServerlessFunction[]> {
    return (await lookups.functions.list(grant)).map((each) => toFunction(grant, each));
  }

  @FieldResolver(() => ServerlessFunction, { nullable: true, description: "A function, by its name." })
  @Can("functions:read", { on: "parent" })
  async function(
    @Granted() grant: FunctionsGrant,
    @Arg("name", () => FunctionName, { description: "Which." }) name: string,
    @Ctx() { lookups }: SignedIn,
  ): Promise<ServerlessFunction> {
    const found = await lookups.functions.read(grant, name);
    if (!found) throw new NotFound("function");
    return toFunction(grant, found);
  }

  @Query(() => [Runtime], { description: "What functions can be written for." })
  @Can("viewer")
  runtimes(@Granted() _grant: ViewerGrant): readonly Runtime[] {
    return runtimes;
  }
}

@Resolver(() => ServerlessFunction)
export class FunctionResolver {
  @FieldResolver(() => [FunctionFile], {
    nullable: true,
    description: "Its files, in the order of their paths; its serverless document is not among them.",
  })
  @Can("functions:read", { on: "parent" })
  files(
    @Granted() _grant: FunctionsGrant,
    @Root() { allFiles }: ServerlessFunction,
    @Arg("path", () => FilePath, {
      nullable: true,
      description: "Of which folder, with all below it; all of them when left out.",
    })
    path: string | undefined | null,
  ): readonly FunctionFile[] {
    return toFunctionFiles(allFiles, path ?? undefined);
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: "The last lines that it has written where it runs, the newest last.",
  })
  @Can("functions:read", { on: "parent" })
  async logs(
    @Granted() grant: FunctionsGrant,
    @Root() { name }: ServerlessFunction,
    @Arg("tail", () => Int, { defaultValue: mostLines, description: `How many lines, ${mostLines} at most.` })
    tail: number,
    @Ctx() { lookups }: SignedIn,
  ): Promise<readonly string[]> {
    if (tail < 1 || tail > mostLines) {
      const message = `must be a whole number from 1 to ${mostLines}`;
      throw new BadUserInput([{ field: "tail", message }]);
    }
    const logs = await lookups.functions.logs(grant, name);
    if (!logs) throw new UpstreamRejected("sls-api", noLogs);
    return logs.slice(-tail);
  }

  @FieldResolver(() => Deployment, {
    nullable: true,
    description: "The last deployment that was asked for here; null when none is remembered.",
  })
  @Can("functions:read", { on: "parent" })
  async deployment(
    @Granted() grant: FunctionsGrant,
    @Root() { name }: ServerlessFunction,
    @Ctx() { lookups }: SignedIn,
  ): Promise<Deployment | undefined> {
    const found = await lookups.functions.lastDeployment(grant, name);
    return found && toDeployment(found);
  }
}

const noLogs = "There are no logs to be had: the function does not run, or the cluster does not tell.";
