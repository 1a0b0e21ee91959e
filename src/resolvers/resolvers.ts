import "reflect-metadata";
import type { NonEmptyArray } from "type-graphql";
import { CanvasResolver } from "./canvas.resolver.ts";
import { CanvasWriteResolver } from "./canvas-write.resolver.ts";
import { CollaboratorResolver, RepoCollaboratorsResolver } from "./collaborator.resolver.ts";
import { ConnectionResolver } from "./connection.resolver.ts";
import { ModelDataSourceResolver } from "./model-data-source.resolver.ts";
import { ModelWriteResolver } from "./model-write.resolver.ts";
import { ProjectModelsResolver } from "./model.resolver.ts";
import { DataSourceResolver } from "./data-source.resolver.ts";
import { NodeResolver } from "./node.resolver.ts";
import { ProducerResolver } from "./producer.resolver.ts";
import { ProjectResolver } from "./project.resolver.ts";
import { RepoFileResolver } from "./repo-file.resolver.ts";
import { RepoResolver } from "./repo.resolver.ts";
import { SharedProjectsResolver } from "./shared-projects.resolver.ts";
import { SharingResolver } from "./sharing.resolver.ts";
import { SshKeyResolver } from "./ssh-key.resolver.ts";
import { UserResolver } from "./user.resolver.ts";
import { ViewerResolver } from "./viewer.resolver.ts";
import { WorkspaceFileResolver } from "./workspace-file.resolver.ts";
import { WorkspaceChangeResolver, WorkspaceResolver } from "./workspace.resolver.ts";

/** Every room of the graph; a new noun is added here. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for a list of classes
export const resolvers: NonEmptyArray<Function> = [
  ViewerResolver,
  ProducerResolver,
  ProjectResolver,
  CanvasResolver,
  CanvasWriteResolver,
  ConnectionResolver,
  ProjectModelsResolver,
  ModelDataSourceResolver,
  ModelWriteResolver,
  DataSourceResolver,
  WorkspaceFileResolver,
  WorkspaceResolver,
  WorkspaceChangeResolver,
  SharingResolver,
  SshKeyResolver,
  RepoResolver,
  RepoFileResolver,
  RepoCollaboratorsResolver,
  CollaboratorResolver,
  UserResolver,
  NodeResolver,
  SharedProjectsResolver,
];
