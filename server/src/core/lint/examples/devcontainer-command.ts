import type { Examples } from "../example";
import { debianImage, text } from "./blocks";

export const examples: Examples = [
  {
    says: "The command starts a service as soon as the container runs.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "postCreateCommand": "systemctl start app && ./seed-data"
      #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ early: systemctl start app
      }
    `,
    fixed: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "postCreateCommand": "until systemctl is-system-running | grep -Eq 'running|degraded'; do sleep 1; done; systemctl start app && ./seed-data"
      }
    `,
  },
  {
    says: "The developer's user has no session here.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "containerUser": "root",
        "remoteUser": "vscode",
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "postStartCommand": "systemctl --user restart sync"
      #                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ session: vscode
      }
    `,
  },
  {
    says: "Correct: the first command waits for the boot.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "onCreateCommand": "until systemctl is-system-running | grep -Eq 'running|degraded'; do sleep 1; done",
        "postCreateCommand": "systemctl start app && ./seed-data"
      }
    `,
  },
];
