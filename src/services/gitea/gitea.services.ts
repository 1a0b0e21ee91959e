import type { Log } from "../../log.ts";
import type { Upstream } from "../http/upstream.ts";
import type { WriteQueue } from "../write-queue.ts";
import { createCollaboratorsService, type CollaboratorsService } from "./collaborators.service.ts";
import { createFilesService, type FilesService } from "./files.service.ts";
import { createGiteaClient } from "./gitea.client.ts";
import { createHistoryService, type HistoryService } from "./history.service.ts";
import { createKeysService, type KeysService } from "./keys.service.ts";
import { createRepositoriesService, type RepositoriesService } from "./repositories.service.ts";
import { createTreesService } from "./trees.service.ts";
import { createUsersService, type UsersService } from "./users.service.ts";
import { createVouchedCredentials, noteVouched, type VouchedCredentials } from "./vouched.credentials.ts";

/** What can be asked of Gitea. */
export interface GiteaServices {
  readonly users: UsersService;
  readonly vouched: VouchedCredentials;
  readonly repositories: RepositoriesService;
  readonly history: HistoryService;
  readonly files: FilesService;
  readonly collaborators: CollaboratorsService;
  readonly keys: KeysService;
}

interface Means {
  readonly upstream: Upstream;
  readonly token: string;
  readonly queue: WriteQueue;
  readonly log: Log;
}

/** The services of Gitea, and its trees, over one client. */
export function createGiteaServices({ upstream, token, queue, log }: Means) {
  const vouched = createVouchedCredentials();
  const client = noteVouched(createGiteaClient(upstream, token, log), vouched);
  const services: GiteaServices = {
    users: createUsersService(client),
    vouched,
    repositories: createRepositoriesService(client),
    history: createHistoryService(client),
    files: createFilesService(client, queue),
    collaborators: createCollaboratorsService(client),
    keys: createKeysService(client),
  };
  return { services, trees: createTreesService(client, queue) };
}
