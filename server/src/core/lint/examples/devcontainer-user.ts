import type { Examples } from "../example";
import { debian, debianImage, settings, text } from "./blocks";

export const examples: Examples = [
  {
    says: "systemd must run as root.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: debianImage,
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "containerUser": "vscode",
      #                  ^^^^^^^^ found: vscode
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"]
      }
    `,
    fixed: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "containerUser": "root",
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"],
        "remoteUser": "vscode"
      }
    `,
  },
  {
    says: "Without `remoteUser`, all work in the container runs as root.",
    file: "devcontainer.json",
    target: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
    files: {
      Dockerfile: text`
        ${debian}
        ${settings}
        USER vscode
        CMD ["/sbin/init"]
      `,
    },
    source: text`
      {
        "build": { "dockerfile": "Dockerfile" },
        "overrideCommand": false,
        "containerUser": "root",
      #                  ^^^^^^ worker: vscode
        "runArgs": ["-t", "--tmpfs=/run", "--tmpfs=/run/lock"],
        "securityOpt": ["writable-cgroups=true"]
      }
    `,
  },
  {
    says: "Correct: PID 1 runs as root, and the developer works as another user.",
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
        "securityOpt": ["writable-cgroups=true"]
      }
    `,
  },
];
